// One probe of the SDK, by its name: what it does where users were hurt. Reads one JSON object, writes one.
package main

import (
	"encoding/json"
	"os"

	"github.com/calvertyang/opentok-go-sdk/v2/opentok"
)

func probe(name string) {
	var given struct {
		URL       string `json:"url"`
		APIKey    string `json:"apiKey"`
		APISecret string `json:"apiSecret"`
		Session   string `json:"session"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		panic(err)
	}
	client := opentok.New(given.APIKey, given.APISecret)
	if err := client.SetAPIHost(given.URL); err != nil {
		panic(err)
	}
	switch name {
	case "muteAll":
		_, err := client.MuteSession(given.Session, &opentok.MuteOptions{Active: true})
		report(outcome(err, ""))
	case "layoutClasses":
		options := &opentok.TokenOptions{InitialLayoutClassList: []string{"focus", "wide"}}
		token, err := client.GenerateToken(given.Session, options)
		report(outcome(err, token))
	default:
		panic("no probe " + name)
	}
}

func outcome(err error, value string) map[string]any {
	if err != nil {
		return map[string]any{"error": err.Error()}
	}
	return map[string]any{"error": nil, "value": value}
}
