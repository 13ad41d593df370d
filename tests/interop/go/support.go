// What the driver is written with: steps that are reported one JSON object a line, and the emulator's control API.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
)

var failed = false

// step runs one step and reports it. The name begins with the operation's id.
func step(name string, run func() error) {
	detail := ""
	func() {
		defer func() {
			if panicked := recover(); panicked != nil {
				detail = fmt.Sprint("panicked: ", panicked)
			}
		}()
		if err := run(); err != nil {
			detail = err.Error()
		}
	}()
	failed = failed || detail != ""
	report(map[string]any{"step": name, "ok": detail == "", "detail": detail})
}

// bug is a step that shows a bug of the SDK. It fails when the bug is gone, so that the list of bugs stays true.
func bug(name, reason string, run func() error) {
	step(name+"/known bug: "+reason, run)
}

func report(line map[string]any) {
	text, err := json.Marshal(line)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(text))
}

// refused expects an error response.
func refused(err error) error {
	if err == nil {
		return errors.New("it was accepted")
	}
	return nil
}

func equal[T comparable](seen, expected T) error {
	if seen != expected {
		return fmt.Errorf("%v, not %v", seen, expected)
	}
	return nil
}

func differ(seen any, other string) error {
	if fmt.Sprint(seen) == other {
		return fmt.Errorf("it is %v too", seen)
	}
	return nil
}

func first(problems ...error) error {
	for _, problem := range problems {
		if problem != nil {
			return problem
		}
	}
	return nil
}

// control calls the emulator's control API.
func control(path string, body any, into any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	response, err := http.Post(os.Getenv("EMULATOR_URL")+"/_emulator"+path, "application/json", bytes.NewReader(text))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("%s: %s", path, response.Status)
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(response.Body).Decode(into)
}

// join joins a simulated client with a token; it publishes a camera and a screen.
func join(session, token string) (connection, camera, screen string) {
	var client struct {
		ConnectionID string `json:"connectionId"`
		Streams      []struct {
			ID string `json:"id"`
		} `json:"streams"`
	}
	step("join/a client", func() error {
		publish := []map[string]string{{"name": "camera", "videoType": "camera"}, {"name": "screen", "videoType": "screen"}}
		body := map[string]any{"token": token, "publish": publish}
		return control("/sessions/"+session+"/clients", body, &client)
	})
	if len(client.Streams) != 2 {
		panic("nobody in the room: the rest makes no sense")
	}
	return client.ConnectionID, client.Streams[0].ID, client.Streams[1].ID
}

// until asks until the answer fits. The emulator's clock goes on between two questions.
func until(ask func() (bool, error)) error {
	for round := 0; round < 20; round++ {
		fits, err := ask()
		if fits || err != nil {
			return err
		}
		if err := control("/clock/advance", map[string]int{"seconds": 5}, nil); err != nil {
			return err
		}
	}
	return errors.New("it never came to be")
}

// done reports what the test looks at.
func done(it *room) {
	report(map[string]any{"room": it})
	if failed {
		os.Exit(1)
	}
}
