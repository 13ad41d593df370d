// Every operation of calvertyang's Go SDK against the emulator, in its OpenTok mode: the only one it has.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"

	"github.com/calvertyang/opentok-go-sdk/v2/opentok"
)

const nobody = "00000000-0000-4000-8000-000000000000"

// room is what later steps need of earlier ones.
type room struct {
	ID     string `json:"id"`
	Ann    string `json:"ann"`
	Bob    string `json:"bob"`
	camera string
	screen string
}

func main() {
	if name := os.Getenv("PROBE"); name != "" {
		probe(name)
		return
	}
	client := opentok.New(os.Getenv("OPENTOK_API_KEY"), os.Getenv("OPENTOK_API_SECRET"))
	if err := client.SetAPIHost(os.Getenv("EMULATOR_URL")); err != nil {
		panic(err)
	}
	it := &room{}
	sessionsAndTokens(client, it)
	streams(client, it)
	signals(client, it)
	moderation(client, it)
	archives(client, it)
	broadcasts(client, it)
	sip(client, it)
	leaving(client, it)
	done(it)
}

func sessionsAndTokens(client *opentok.OpenTok, it *room) {
	step("create_session", func() error {
		session, err := client.CreateSession(&opentok.SessionOptions{MediaMode: opentok.Routed})
		if err != nil {
			return err
		}
		it.ID = session.SessionID
		return nil
	})
	step("create_session/the id names its project", func() error {
		text, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(it.ID[2:], "="))
		if err != nil {
			return err
		}
		return equal(strings.Split(string(text), "~")[1], os.Getenv("OPENTOK_API_KEY"))
	})
	step("create_session/archived automatically", func() error {
		options := &opentok.SessionOptions{ArchiveMode: opentok.AutoArchived, MediaMode: opentok.Routed, Location: "192.0.2.1"}
		session, err := client.CreateSession(options)
		return first(err, differ(session, it.ID))
	})
	token := func(role opentok.Role) string {
		token, err := client.GenerateToken(it.ID, &opentok.TokenOptions{Role: role, Data: "name=Ann & Bö"})
		step("join/token for "+string(role), func() error { return err })
		return token
	}
	it.Ann, it.camera, it.screen = join(it.ID, token(opentok.Publisher))
	it.Bob, _, _ = join(it.ID, token(opentok.Moderator))
}

func streams(client *opentok.OpenTok, it *room) {
	step("list_streams", func() error {
		list, err := client.ListStreams(it.ID)
		if err != nil {
			return err
		}
		return equal(list.Count, 4)
	})
	step("get_stream", func() error {
		stream, err := client.GetStream(it.ID, it.screen)
		if err != nil {
			return err
		}
		return first(equal(stream.ID, it.screen), equal(string(stream.VideoType), "screen"))
	})
	step("set_stream_class_lists", func() error {
		items := []*opentok.StreamClass{{ID: it.screen, LayoutClassList: []string{"full", "main"}}}
		list, err := client.SetStreamClassLists(it.ID, &opentok.StreamClassOptions{Items: items})
		if err != nil {
			return err
		}
		for _, stream := range list.Items {
			if stream.ID == it.screen {
				return equal(fmt.Sprint(stream.LayoutClassList), "[full main]")
			}
		}
		return fmt.Errorf("the stream is missing in %d", list.Count)
	})
	step("get_stream/refused", func() error {
		_, err := client.GetStream(it.ID, nobody)
		return refused(err)
	})
}

func signals(client *opentok.OpenTok, it *room) {
	step("signal_session", func() error {
		return client.SendSessionSignal(it.ID, &opentok.SignalData{Type: "chat", Data: "to all of you, ✓"})
	})
	step("signal_connection", func() error {
		return client.SendConnectionSignal(it.ID, it.Bob, &opentok.SignalData{Type: "chat", Data: "to Bob"})
	})
	step("signal_connection/refused", func() error {
		return refused(client.SendConnectionSignal(it.ID, nobody, &opentok.SignalData{Type: "chat", Data: "x"}))
	})
}

func moderation(client *opentok.OpenTok, it *room) {
	step("mute_stream", func() error {
		project, err := client.MuteStream(it.ID, it.camera)
		if err != nil {
			return err
		}
		return equal(project.ID, os.Getenv("OPENTOK_API_KEY"))
	})
	bug("mute_all", "it sends `Active` and `ExcludedStreams`, which no API has", func() error {
		_, err := client.MuteSession(it.ID, &opentok.MuteOptions{Active: true})
		return refused(err)
	})
}

func archives(client *opentok.OpenTok, it *room) {
	var weekly *opentok.Archive
	step("start_archive", func() error {
		options := &opentok.ArchiveOptions{Name: "Weekly", HasAudio: true, HasVideo: true, OutputMode: opentok.Composed}
		archive, err := client.StartArchive(it.ID, options)
		if err != nil {
			return err
		}
		weekly = archive
		return first(equal(archive.Name, "Weekly"), equal(archive.Status, "started"))
	})
	step("start_archive/refused", func() error {
		_, err := client.StartArchive(it.ID, &opentok.ArchiveOptions{Name: "twice"})
		return refused(err)
	})
	step("set_archive_layout", func() error {
		_, err := client.SetArchiveLayout(weekly.ID, &opentok.Layout{Type: opentok.PIP})
		return err
	})
	step("get_archive", func() error {
		archive, err := client.GetArchive(weekly.ID)
		if err != nil {
			return err
		}
		return equal(archive.SessionID, it.ID)
	})
	step("stop_archive", func() error {
		_, err := weekly.Stop()
		return err
	})
	step("list_archives", func() error {
		list, err := client.ListArchives(&opentok.ArchiveListOptions{SessionID: it.ID, Count: 10})
		if err != nil {
			return err
		}
		return first(equal(list.Count, 1), equal(list.Items[0].ID, weekly.ID))
	})
	step("get_archive/available", func() error {
		return until(func() (bool, error) {
			archive, err := client.GetArchive(weekly.ID)
			return err == nil && archive.Status == "available", err
		})
	})
	step("delete_archive", func() error { return weekly.Delete() })
	step("start_archive/individual", func() error {
		archive, err := client.StartArchive(it.ID, &opentok.ArchiveOptions{HasAudio: true, HasVideo: true, OutputMode: opentok.Individual})
		if err != nil {
			return err
		}
		_, err = client.StopArchive(archive.ID)
		return err
	})
	step("set_archive_storage", func() error {
		config := &opentok.AmazonS3Config{AccessKey: "k", SecretKey: "s", Bucket: "b"}
		_, err := client.SetArchiveStorage(&opentok.StorageOptions{Type: opentok.S3, Config: config, Fallback: "none"})
		return err
	})
	step("delete_archive_storage", client.DeleteArchiveStorage)
}

func broadcasts(client *opentok.OpenTok, it *room) {
	var live *opentok.Broadcast
	step("start_broadcast", func() error {
		rtmp := []*opentok.RTMPConfig{{ID: "studio", ServerURL: "rtmp://example.com/live", StreamName: "s"}}
		outputs := &opentok.BroadcastOutputOptions{HLS: &opentok.HLSConfig{}, RTMP: rtmp}
		broadcast, err := client.StartBroadcast(it.ID, &opentok.BroadcastOptions{Outputs: outputs, MaxDuration: 3600})
		if err != nil {
			return err
		}
		live = broadcast
		return equal(broadcast.SessionID, it.ID)
	})
	step("set_broadcast_layout", func() error {
		_, err := client.SetBroadcastLayout(live.ID, &opentok.Layout{Type: opentok.VerticalPresentation})
		return err
	})
	step("get_broadcast", func() error {
		broadcast, err := client.GetBroadcast(live.ID)
		if err != nil {
			return err
		}
		return equal(broadcast.ID, live.ID)
	})
	step("list_broadcasts", func() error {
		list, err := client.ListBroadcasts(&opentok.BroadcastListOptions{SessionID: it.ID})
		if err != nil {
			return err
		}
		return equal(list.Count, 1)
	})
	step("stop_broadcast", func() error {
		_, err := client.StopBroadcast(live.ID)
		return err
	})
}

func sip(client *opentok.OpenTok, it *room) {
	step("dial", func() error {
		options := &opentok.DialOptions{TokenData: "name=phone", SIP: &opentok.SIP{URI: "sip:user@example.com;transport=tls", Secure: true}}
		call, err := client.Dial(it.ID, options)
		if err != nil {
			return err
		}
		return differ(call.ConnectionID, "")
	})
	step("play_dtmf_session", func() error { return client.SendDTMF(it.ID, "1713p#") })
	step("play_dtmf_connection", func() error { return client.SendDTMFToClient(it.ID, it.Bob, "1p#") })
}

func leaving(client *opentok.OpenTok, it *room) {
	step("force_disconnect", func() error { return client.ForceDisconnect(it.ID, it.Ann) })
	step("force_disconnect/refused", func() error { return refused(client.ForceDisconnect(it.ID, nobody)) })
}
