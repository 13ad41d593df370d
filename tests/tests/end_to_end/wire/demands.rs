//! What each SDK demands of a response: its status, its format, members that must and must not be
//! there, and their types. The emulator meets all of them, though some SDKs want contrary things.

use std::{
    collections::BTreeMap,
    fs,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{Method, Request, Response, header::ACCEPT};
use serde::Deserialize;
use serde_json::Value;
use vonage_video::{
    Client, Credentials, Role, Session,
    models::{BroadcastOutputs, Hls},
    operations::{CreateSession, StartArchive, StartBroadcast, StartRender},
};
use vonage_video_emulator::{Emulator, Publish, SimulatedClient};

use super::difference::fixtures;

/// One row of the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Demand {
    sdk: String,
    agent: String,
    environment: String,
    /// The id of an operation, or `error`.
    operation: String,
    #[serde(default)]
    accept: Option<String>,
    status: Vec<u16>,
    format: Format,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    forbidden: Vec<String>,
    /// The type of each member that is there.
    #[serde(default)]
    types: BTreeMap<String, String>,
    /// Why the emulator does not meet it.
    #[serde(default)]
    pending: Option<String>,
    /// How it is known.
    source: String,
}

#[derive(Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Format {
    Json,
    Xml,
    Empty,
    Any,
}

#[tokio::test]
async fn responses_are_what_each_sdk_demands() {
    let text = fs::read_to_string(fixtures().join("demands.json")).expect("demands.json");
    let demands: Vec<Demand> = serde_json::from_str(&text).expect("demands.json");
    assert!(demands.len() >= 33, "{} demands", demands.len());
    let mut wrong = Vec::new();
    for demand in &demands {
        assert!(!demand.source.is_empty(), "{}", demand.sdk);
        let scene = Scene::set(demand.environment == "vonage").await;
        let response = scene.ask(demand).await;
        let row = format!("{}: {}", demand.sdk, demand.operation);
        match (demand.unmet(&response), &demand.pending) {
            (None, None) | (Some(_), Some(_)) => {}
            (Some(why), None) => wrong.push(format!("{row}: {why}: {response:?}")),
            (None, Some(_)) => wrong.push(format!("{row}: is met now, and no longer pending")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

impl Demand {
    /// What the response lacks.
    fn unmet(&self, response: &Response<Bytes>) -> Option<String> {
        let status = response.status().as_u16();
        if !self.status.contains(&status) {
            return Some(format!("status {status}, not one of {:?}", self.status));
        }
        let body = String::from_utf8_lossy(response.body());
        let json: Option<Value> = serde_json::from_str(&body).ok();
        let format = match (&json, body.trim_start().starts_with('<')) {
            (_, true) => Format::Xml,
            (Some(_), _) => Format::Json,
            (None, _) => Format::Empty,
        };
        if self.format != Format::Any && format != self.format {
            return Some(format!("{format:?}, not {:?}", self.format));
        }
        // A created session is in a list.
        let json = json.map(|json| json.get(0).cloned().unwrap_or(json));
        let member = |name: &str| json.as_ref().and_then(|json| json.get(name));
        let has = |name: &str| member(name).is_some() || body.contains(&format!("<{name}>"));
        if let Some(name) = self.required.iter().find(|name| !has(name)) {
            return Some(format!("no member `{name}`"));
        }
        if let Some(name) = self.forbidden.iter().find(|name| has(name)) {
            return Some(format!("a member `{name}`"));
        }
        self.types.iter().find_map(|(name, kind)| {
            let fits = member(name).is_none_or(|value| match kind.as_str() {
                "integer" => value.is_i64(),
                "string" => value.is_string(),
                other => panic!("no such type: {other}"),
            });
            (!fits).then(|| format!("`{name}` is not of type {kind}"))
        })
    }
}

/// A session in which everything is going on.
struct Scene {
    emulator: Emulator,
    /// When it began: credentials are checked by the clock that does not advance.
    began: SystemTime,
    credentials: Credentials,
    video: Client,
    session: Session,
    guest: SimulatedClient,
    stream: String,
}

impl Scene {
    async fn set(vonage: bool) -> Self {
        let emulator = Emulator::start().await.expect("an emulator");
        let project = if vonage {
            emulator.vonage()
        } else {
            emulator.opentok()
        };
        let credentials = project
            .expect("a demo")
            .credentials()
            .expect("its own")
            .clone();
        let video = Client::builder(credentials.clone())
            .base_url(emulator.url())
            .build()
            .expect("a client");
        let session = video.send(CreateSession::new()).await.expect("a session");
        let token = video.token(&session.id).role(Role::Moderator).sign();
        let guest = emulator
            .join(session.id.clone(), &token.expect("a token"))
            .expect("a client");
        let stream = guest.publish(Publish::camera("camera")).expect("a stream");
        Self {
            began: emulator.now(),
            emulator,
            credentials,
            video,
            session,
            guest,
            stream: stream.to_string(),
        }
    }

    /// Sends what the row is about, as the SDK would.
    async fn ask(&self, demand: &Demand) -> Response<Bytes> {
        let (method, path, body) = self.request(&demand.operation).await;
        let token = self.credentials.rest_token(self.began).expect("a token");
        let path = if path.starts_with('/') {
            path
        } else {
            format!("/v2/project/{}/{path}", self.credentials.project())
        };
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(token.header_name(), token.header_value())
            .header("user-agent", &demand.agent);
        if let Some(accept) = &demand.accept {
            request = request.header(ACCEPT, accept);
        }
        if body.starts_with('{') {
            request = request.header("content-type", "application/json");
        }
        let request = request.body(Bytes::from(body)).expect("a request");
        self.emulator.handle(request).await.expect("a response")
    }

    /// Method, path and body; first what must be there for it.
    async fn request(&self, operation: &str) -> (Method, String, String) {
        let session = &self.session.id;
        let none = String::new;
        match operation {
            "create_session" => (
                Method::POST,
                "/session/create".to_owned(),
                "p2p.preference=disabled".to_owned(),
            ),
            "list_streams" => (Method::GET, format!("session/{session}/stream"), none()),
            "list_connections" => (Method::GET, format!("session/{session}/connection"), none()),
            "signal_session" => (
                Method::POST,
                format!("session/{session}/signal"),
                r#"{"type":"chat","data":"x"}"#.to_owned(),
            ),
            "force_disconnect" => (
                Method::DELETE,
                format!("session/{session}/connection/{}", self.guest.id()),
                none(),
            ),
            "mute_stream" => (
                Method::POST,
                format!("session/{session}/stream/{}/mute", self.stream),
                none(),
            ),
            "start_archive" => (
                Method::POST,
                "archive".to_owned(),
                format!(r#"{{"sessionId":"{session}"}}"#),
            ),
            "list_archives" => (Method::GET, "archive".to_owned(), none()),
            "get_archive" => (
                Method::GET,
                format!("archive/{}", self.archive().await),
                none(),
            ),
            "stop_archive" => (
                Method::POST,
                format!("archive/{}/stop", self.archive().await),
                none(),
            ),
            "delete_archive" => {
                let archive = self.archive().await;
                let stop = vonage_video::operations::StopArchive::new(archive.as_str());
                self.video.send(stop).await.expect("stopped");
                self.emulator.advance(Duration::from_secs(60)).await;
                (Method::DELETE, format!("archive/{archive}"), none())
            }
            "start_broadcast" => (
                Method::POST,
                "broadcast".to_owned(),
                format!(r#"{{"sessionId":"{session}","outputs":{{"hls":{{}}}}}}"#),
            ),
            "stop_broadcast" => {
                let outputs = BroadcastOutputs::new().hls(Hls::new());
                let start = StartBroadcast::new(session, outputs);
                let broadcast = self.video.send(start).await.expect("a broadcast");
                (
                    Method::POST,
                    format!("broadcast/{}/stop", broadcast.id),
                    none(),
                )
            }
            "stop_render" => {
                let token = self.video.token(session).sign().expect("a token");
                let start = StartRender::new(session, token, "https://example.com/page");
                let render = self.video.send(start).await.expect("a render");
                (Method::DELETE, format!("render/{}", render.id), none())
            }
            "error" => (
                Method::GET,
                "archive/00000000-0000-4000-8000-000000000000".to_owned(),
                none(),
            ),
            other => panic!("no request for `{other}`"),
        }
    }

    async fn archive(&self) -> String {
        let start = StartArchive::new(&self.session.id);
        self.video
            .send(start)
            .await
            .expect("an archive")
            .id
            .to_string()
    }
}
