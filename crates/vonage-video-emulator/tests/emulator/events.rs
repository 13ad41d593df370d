//! Push over HTTP: server-sent events, which are resumed.

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
use vonage_video_core::SessionId;
use vonage_video_emulator::{Body, Emulator, Publish};

use crate::common::Api;

/// A reader of server-sent events.
pub(crate) struct Reader {
    body: Body,
    text: String,
}

impl Reader {
    pub(crate) async fn open(emulator: &Emulator, query: &str, last: Option<&str>) -> Self {
        let response = Self::response(emulator, query, last).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut reader = Self {
            body: response.into_body(),
            text: String::new(),
        };
        let begin = reader.next().await;
        assert_eq!(begin["retry"], "1000");
        assert!(
            begin["id"].is_string(),
            "it can be resumed from here: {begin}"
        );
        reader
    }

    async fn response(emulator: &Emulator, query: &str, last: Option<&str>) -> Response<Body> {
        let mut request = Request::builder().uri(format!("/_emulator/events{query}"));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let request = request.body(Bytes::new()).unwrap();
        emulator
            .service()
            .call(request.map(http_body_util::Full::new))
            .await
            .unwrap()
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

    /// Reads events until one of that name, and returns its data.
    pub(crate) async fn named(&mut self, name: &str) -> Value {
        loop {
            let mut event = self.next().await;
            if event["event"] == name {
                return event["data"].take();
            }
        }
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
    assert_eq!(notice["data"]["videoType"], Value::Null);
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
        .write_all(b"GET /_emulator/events HTTP/1.1\r\nhost: localhost\r\n\r\n")
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
