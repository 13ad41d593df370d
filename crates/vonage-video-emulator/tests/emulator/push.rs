//! Push: what clients are told when it happens, in Rust and as server-sent events.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tower_service::Service;
use vonage_video_auth::Role;
use vonage_video_core::{
    SessionId,
    models::{ConnectionReason, StreamReason, VideoType},
    operations::{
        ForceDisconnect, MuteStream, SignalSession, StartArchive, StartCaptions, StopArchive,
        StopCaptions,
    },
};
use vonage_video_emulator::{
    Body, Emulator, JoinError, Moderation, Notice, Notices, Publish, SimulatedClient, StreamChange,
};

use crate::common::{Api, still};

/// The notices that are there already.
async fn told(notices: &mut Notices, count: usize) -> Vec<Notice> {
    let mut told = Vec::new();
    while told.len() < count {
        told.push(notices.next().await.expect("another notice"));
    }
    told
}

/// The names of notices, as in JSON.
fn names(notices: &[Notice]) -> Vec<String> {
    notices
        .iter()
        .map(|notice| json!(notice)["notice"].as_str().unwrap().to_owned())
        .collect()
}

fn created(client: &SimulatedClient) -> Value {
    json!({ "notice": "connectionCreated", "connectionId": client.id(), "data": "name=Tester",
            "createdAt": 1_700_000_000_250_u64 })
}

#[tokio::test]
async fn who_joins_finds_out_who_and_what_is_there() {
    for api in Api::both() {
        let session = api.routed().await;
        let first = api.join(&session, Role::Publisher);
        let stream = first.publish(Publish::screen("slides")).unwrap();
        let archive = StartArchive::new(&session).name("weekly");
        let archive = api.send(archive).await.unwrap();
        let second = api.join(&session, Role::Subscriber);
        let told = told(&mut second.notices(), 4).await;
        assert_eq!(json!(told[0]), created(&second), "its own comes first");
        assert_eq!(json!(told[1]), created(&first));
        assert_eq!(
            json!(told[2]),
            json!({ "notice": "streamCreated", "streamId": stream, "connectionId": first.id(),
                    "name": "slides", "videoType": "screen", "hasAudio": true, "hasVideo": true,
                    "createdAt": 1_700_000_000_250_u64 })
        );
        assert_eq!(
            told[3],
            Notice::ArchiveStarted {
                archive_id: archive.id,
                name: "weekly".to_owned()
            }
        );
    }
}

#[tokio::test]
async fn everything_that_happens_is_told_in_order() {
    let api = Api::vonage();
    let session = api.routed().await;
    let one = api.join(&session, Role::Moderator);
    let mut notices = one.notices();
    assert_eq!(json!(told(&mut notices, 1).await), json!([created(&one)]));

    let two = api.join(&session, Role::Publisher);
    let stream_id = two.publish(Publish::camera("two")).unwrap();
    assert_eq!(
        names(&told(&mut notices, 2).await),
        ["connectionCreated", "streamCreated"]
    );

    api.send(MuteStream::new(&session, &stream_id))
        .await
        .unwrap();
    let mut change = Publish::default();
    change.has_audio = Some(true);
    change.has_video = Some(false);
    two.change(&stream_id, change).unwrap();
    let changed = |change| Notice::StreamPropertyChanged {
        stream_id: stream_id.clone(),
        change,
    };
    assert_eq!(
        told(&mut notices, 4).await,
        [
            changed(StreamChange::HasAudio(false)),
            changed(StreamChange::HasAudio(true)),
            changed(StreamChange::HasVideo(false)),
            changed(StreamChange::VideoType(None)),
        ]
    );

    let archive = api.send(StartArchive::new(&session)).await.unwrap();
    api.send(StopArchive::new(&archive.id)).await.unwrap();
    api.send(SignalSession::new(&session, "hello"))
        .await
        .unwrap();
    assert_eq!(
        names(&told(&mut notices, 3).await),
        ["archiveStarted", "archiveStopped", "signal"]
    );

    one.moderate(&Moderation::Unpublish(stream_id.clone()))
        .unwrap();
    two.drop_off().unwrap();
    assert_eq!(
        told(&mut notices, 2).await,
        [
            Notice::StreamDestroyed {
                stream_id,
                reason: StreamReason::ForceUnpublished
            },
            Notice::ConnectionDestroyed {
                connection_id: two.id().clone(),
                reason: ConnectionReason::NetworkDisconnected
            }
        ]
    );
}

#[tokio::test]
async fn a_client_that_is_disconnected_is_told_so_last() {
    let api = Api::opentok();
    let (session, client) = api.busy().await;
    let mut notices = client.notices();
    let waiting = tokio::spawn(async move {
        let mut all = Vec::new();
        while let Some(notice) = notices.next().await {
            all.push(notice);
        }
        all
    });
    tokio::task::yield_now().await;
    api.send(ForceDisconnect::new(&session, client.id()))
        .await
        .unwrap();
    // What others do afterwards is not told.
    api.join(&session, Role::Publisher);
    let all = waiting.await.unwrap();
    assert_eq!(
        names(&all),
        [
            "connectionCreated",
            "streamCreated",
            "streamDestroyed",
            "disconnected"
        ]
    );
    assert_eq!(
        client.inbox(),
        [Notice::Disconnected {
            reason: "forceDisconnected".to_owned()
        }]
    );
    let late = client.notices().next().await;
    assert_eq!(late, Some(all[0].clone()), "it can be read again");
}

#[tokio::test]
async fn messages_to_one_client_are_not_told_to_another() {
    let api = Api::vonage();
    let session = api.routed().await;
    let [one, two, three] = [(); 3].map(|()| api.join(&session, Role::Publisher));
    one.signal(Some(two.id()), Some("chat"), "for two").unwrap();
    one.signal(None, None, "for all").unwrap();
    let data = |notice: &Notice| json!(notice)["data"].clone();
    let mut of_two = two.notices();
    let told_two = told(&mut of_two, 5).await;
    assert_eq!(data(&told_two[3]), "for two");
    assert_eq!(data(&told_two[4]), "for all");
    let mut of_three = three.notices();
    let told_three = told(&mut of_three, 4).await;
    assert_eq!(data(&told_three[3]), "for all");
}

#[tokio::test]
async fn an_emulator_that_is_dropped_ends_the_notices() {
    let emulator = still().in_memory().unwrap();
    let api = Api {
        credentials: emulator.opentok().unwrap().credentials().unwrap().clone(),
        emulator,
    };
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    let mut notices = client.notices();
    drop((client, api));
    assert!(notices.next().await.is_some(), "what happened before");
    assert!(notices.next().await.is_none());
}

#[tokio::test]
async fn captions_are_told_while_they_are_on() {
    let api = Api::opentok();
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    let stream = client.publish(Publish::camera("speaker")).unwrap();
    let path = format!("sessions/{session}/captions");
    let caption = json!({ "streamId": stream, "caption": "Good morning.", "isFinal": true });
    api.refuse("POST", &path, caption.clone(), 409).await;

    let token = api.token(&session, Role::Moderator);
    let captions = api.send(StartCaptions::new(&session, token)).await.unwrap();
    api.ok("POST", &path, caption.clone()).await;
    let mut notices = client.notices();
    let all = told(&mut notices, 3).await;
    assert_eq!(
        json!(all[2]),
        json!({ "notice": "captionReceived", "streamId": stream, "caption": "Good morning.",
                "isFinal": true })
    );
    let unknown = json!({ "streamId": "nobody", "caption": "Hm." });
    api.refuse("POST", &path, unknown, 409).await;
    api.send(StopCaptions::new(&captions.id)).await.unwrap();
    api.refuse("POST", &path, caption, 409).await;
}

#[tokio::test]
async fn a_rotation_disconnects_who_does_not_migrate() {
    for api in Api::both() {
        let session = api.routed().await;
        let stays = api.join(&session, Role::Publisher);
        stays.set_session_migration(true).unwrap();
        let goes = api.join(&session, Role::Publisher);
        let stream = stays.publish(Publish::camera("camera")).unwrap();
        let archive = api.send(StartArchive::new(&session)).await.unwrap();
        let mut notices = goes.notices();
        api.emulator.announce_rotation(&session).unwrap();
        api.emulator.rotate(&session).unwrap();

        assert!(stays.is_connected() && !goes.is_connected());
        assert_eq!(stays.streams()[0].id, stream, "it still publishes");
        assert_eq!(api.archive(&archive.id).await.status.as_str(), "failed");
        let all = told(&mut stays.notices(), 8).await;
        assert_eq!(
            names(&all[3..]),
            [
                "archiveStarted",
                "archiveStopped",
                "sessionReconnecting",
                "connectionDestroyed",
                "sessionReconnected"
            ]
        );
        let mut last = None;
        while let Some(notice) = notices.next().await {
            last = Some(notice);
        }
        let reason = "forceDisconnected".to_owned();
        assert_eq!(last, Some(Notice::Disconnected { reason }));
    }
    let api = Api::opentok();
    let unknown = api.emulator.rotate("1_MX4x").unwrap_err();
    assert_eq!(unknown, JoinError::NoSuchSession);
    let unknown = api.emulator.announce_rotation("1_MX4x").unwrap_err();
    assert_eq!(unknown, JoinError::NoSuchSession);
}

#[tokio::test]
async fn captions_fail_when_their_session_rotates() {
    let api = Api::vonage();
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    let token = api.token(&session, Role::Moderator);
    let captions = api.send(StartCaptions::new(&session, token)).await.unwrap();
    api.emulator.rotate(&session).unwrap();
    assert!(!client.is_connected());
    let state = api.ok("GET", "state", Value::Null).await;
    let shown = &state["captions"]["items"][0];
    assert_eq!(shown["captionId"], json!(captions.id));
    assert_eq!(shown["status"], "failed");
}

/// A reader of server-sent events.
struct Reader {
    body: Body,
    text: String,
}

impl Reader {
    async fn open(emulator: &Emulator, query: &str, last: Option<&str>) -> Self {
        let response = Self::response(emulator, query, last).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut reader = Self {
            body: response.into_body(),
            text: String::new(),
        };
        assert_eq!(reader.next().await, json!({ "retry": "1000" }));
        reader
    }

    async fn response(emulator: &Emulator, query: &str, last: Option<&str>) -> Response<Body> {
        let mut request = Request::builder().uri(format!("/_emulator/events{query}"));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let request = request.body(Bytes::new()).unwrap();
        emulator.service().call(request).await.unwrap()
    }

    /// The fields of the next event.
    async fn next(&mut self) -> Value {
        while !self.text.contains("\n\n") {
            let frame = self.body.frame().await.unwrap().unwrap();
            let bytes = frame.into_data().unwrap();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
        let (event, rest) = self.text.split_once("\n\n").unwrap();
        let mut fields = json!({});
        for (name, value) in event.lines().filter_map(|line| line.split_once(": ")) {
            fields[name] = match name {
                "data" => serde_json::from_str(value).unwrap(),
                _ => value.into(),
            };
        }
        self.text = rest.to_owned();
        fields
    }

    /// Reads events until a notice or an event of that name.
    async fn until(&mut self, name: &str) -> Value {
        loop {
            let event = self.next().await;
            let data = &event["data"];
            if data["notice"] == name || data["event"] == name {
                return event;
            }
        }
    }
}

#[tokio::test]
async fn events_are_pushed_as_they_happen() {
    let api = Api::vonage();
    let session = api.routed().await;
    let mut reader = Reader::open(&api.emulator, "", None).await;
    let client = api.join(&session, Role::Publisher);
    let first = reader.next().await;
    assert_eq!(first["event"], "event");
    assert_eq!(first["data"]["event"], "sessionCreated");
    assert_eq!(first["data"]["project"], api.credentials.project());
    let notice = reader.until("connectionCreated").await;
    assert_eq!(notice["event"], "event", "the webhook's event comes first");
    let notice = reader.until("connectionCreated").await;
    assert_eq!(
        notice["data"],
        json!({ "notice": "connectionCreated", "connectionId": client.id(),
                "data": "name=Tester", "createdAt": 1_700_000_000_250_u64,
                "at": 1_700_000_000_250_u64, "sessionId": session })
    );
    client.leave().unwrap();
    let notice = reader.until("disconnected").await;
    assert_eq!(notice["data"]["only"], json!(client.id()));
}

#[tokio::test]
async fn a_reader_resumes_where_it_was() {
    let api = Api::opentok();
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    let mut reader = Reader::open(&api.emulator, "", None).await;
    client.signal(None, None, "one").unwrap();
    let last = reader.until("signal").await["id"].clone();
    drop(reader);
    client.signal(None, None, "two").unwrap();
    client.signal(None, None, "three").unwrap();
    for (query, header) in [
        (String::new(), last.as_str()),
        (format!("?after={}", last.as_str().unwrap()), None),
    ] {
        let mut reader = Reader::open(&api.emulator, &query, header).await;
        for data in ["two", "three"] {
            assert_eq!(reader.next().await["data"]["data"], data);
        }
    }
}

#[tokio::test]
async fn a_reader_that_cannot_resume_is_told_so() {
    let api = Api::opentok();
    let session = api.routed().await;
    let client = api.join(&session, Role::Publisher);
    for id in [
        "another-1",
        "nonsense",
        "",
        "another-99999999999999999999999",
    ] {
        let mut reader = Reader::open(&api.emulator, "", Some(id)).await;
        let missed = reader.next().await;
        assert_eq!(missed["event"], "missed", "{id:?}");
        client.signal(None, None, "now").unwrap();
        assert_eq!(reader.next().await["data"]["data"], "now", "{id:?}");
        let resumed = missed["id"].as_str();
        let mut reader = Reader::open(&api.emulator, "", resumed).await;
        assert_eq!(reader.next().await["data"]["data"], "now", "{id:?}");
    }
}

#[tokio::test]
async fn a_reader_may_want_one_session_or_one_client() {
    let api = Api::vonage();
    let (session, other) = (api.routed().await, api.routed().await);
    let client = api.join(&session, Role::Publisher);
    let beside = api.join(&session, Role::Publisher);
    let stranger = api.join(&other, Role::Publisher);
    let of = |session: &SessionId, more: &str| format!("?session={session}{more}");
    let mut of_session = Reader::open(&api.emulator, &of(&session, ""), None).await;
    let only = format!("&client={}", client.id());
    let mut of_client = Reader::open(&api.emulator, &of(&session, &only), None).await;
    stranger.signal(None, None, "elsewhere").unwrap();
    beside.signal(Some(beside.id()), None, "beside").unwrap();
    beside.signal(Some(client.id()), None, "here").unwrap();
    beside.publish(Publish::audio("microphone")).unwrap();
    assert_eq!(of_session.next().await["data"]["data"], "beside");
    assert_eq!(of_session.next().await["data"]["data"], "here");
    assert_eq!(of_session.next().await["data"]["event"], "streamCreated");
    assert_eq!(of_session.next().await["data"]["notice"], "streamCreated");
    assert_eq!(of_client.next().await["data"]["data"], "here");
    let notice = of_client.next().await;
    assert_eq!(notice["data"]["notice"], "streamCreated");
    assert_eq!(notice["data"]["videoType"], json!(None::<VideoType>));
    let alone = Reader::response(&api.emulator, "?client=1", None).await;
    assert_eq!(alone.status(), 400);
}

#[tokio::test]
async fn a_stop_ends_the_readers_at_once() {
    let emulator = Emulator::start().await.unwrap();
    let mut reader = Reader::open(&emulator, "", None).await;
    let stopped = tokio::spawn(emulator.stop());
    let end = reader.body.frame().await;
    assert!(end.is_none(), "{end:?}");
    stopped.await.unwrap();
}

#[tokio::test]
async fn events_come_over_a_socket_and_end_with_the_emulator() {
    let emulator = Emulator::start().await.unwrap();
    let mut stream = TcpStream::connect(emulator.address().unwrap())
        .await
        .unwrap();
    stream
        .write_all(b"GET /_emulator/events HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    let mut text = String::new();
    read_until(&mut stream, &mut text, "retry: 1000").await;
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    assert!(text.contains("content-type: text/event-stream"), "{text}");

    let project = json!({ "project": emulator.opentok().unwrap().id() }).to_string();
    let request = Request::post("/_emulator/sessions").body(Bytes::from(project));
    let created = emulator.handle(request.unwrap()).await.unwrap();
    let created: Value = serde_json::from_slice(created.body()).unwrap();
    let session = created["sessionId"].as_str().unwrap();
    let token = emulator.opentok().unwrap().credentials().unwrap();
    let token = token.token(session).sign_at(emulator.now()).unwrap();
    emulator.join(session, &token).unwrap();
    read_until(&mut stream, &mut text, "\"notice\":\"connectionCreated\"").await;
    emulator.stop().await;
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert!(rest.ends_with(b"0\r\n\r\n"), "it ends in order");
}

async fn read_until(stream: &mut TcpStream, text: &mut String, end: &str) {
    while !text.contains(end) {
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "the connection ended: {text}");
        text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
}
