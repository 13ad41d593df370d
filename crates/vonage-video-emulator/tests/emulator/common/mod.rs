//! What the tests share: calls of the API in memory, and tokens.

#![allow(unreachable_pub, reason = "shared by several tests")]

pub mod receiver;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode};
use serde_json::Value;
use vonage_video_auth::{Credentials, Role};
use vonage_video_core::{
    ApiError, ArchiveId, Operation, SessionId,
    models::{Archive, MediaMode},
    operations::{CreateSession, GetArchive},
};
use vonage_video_emulator::{Emulator, EmulatorBuilder, Publish, SimulatedClient};

/// When every test begins.
pub const BEGIN: Duration = Duration::from_millis(1_700_000_000_250);

/// An emulator in memory whose clocks stand still, and credentials for one of its projects.
pub struct Api {
    pub emulator: Emulator,
    pub credentials: Credentials,
}

pub fn begin() -> SystemTime {
    UNIX_EPOCH + BEGIN
}

pub fn still() -> EmulatorBuilder {
    Emulator::builder().wall_clock(begin).stand_still().seed(1)
}

impl Api {
    pub fn vonage() -> Self {
        let emulator = still().in_memory().unwrap();
        let credentials = emulator.vonage().unwrap().credentials().unwrap().clone();
        Self {
            emulator,
            credentials,
        }
    }

    pub fn opentok() -> Self {
        let emulator = still().in_memory().unwrap();
        let credentials = emulator.opentok().unwrap().credentials().unwrap().clone();
        Self {
            emulator,
            credentials,
        }
    }

    /// The same in both environments.
    pub fn both() -> [Self; 2] {
        [Self::vonage(), Self::opentok()]
    }

    pub async fn send<O: Operation>(&self, operation: O) -> Result<O::Output, ApiError> {
        let request = self.request(&operation);
        let response = self.emulator.handle(request).await.unwrap();
        let status = response.status();
        let body = response.into_body();
        if status.is_success() {
            assert_eq!(status.as_u16(), O::META.status, "{}", O::META.id);
            Ok(O::decode_output(&body).unwrap())
        } else {
            Err(ApiError::read(status, body))
        }
    }

    pub fn request<O: Operation>(&self, operation: &O) -> Request<Bytes> {
        let mut request = vonage_video_core::encode(operation, self.credentials.project()).unwrap();
        self.sign(&mut request);
        request
    }

    pub fn sign(&self, request: &mut Request<Bytes>) {
        let token = self.credentials.rest_token(begin()).unwrap();
        request.headers_mut().insert(
            token.header_name(),
            HeaderValue::from_str(token.header_value()).unwrap(),
        );
    }

    /// A request as an SDK might write it: `{project}` in the path is filled in.
    pub async fn raw(&self, method: &str, path: &str, body: &str) -> (StatusCode, Value) {
        let path = path.replace("{project}", self.credentials.project());
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("accept", "application/json")
            .body(Bytes::from(body.to_owned()))
            .unwrap();
        self.sign(&mut request);
        let response = self.emulator.handle(request).await.unwrap();
        let body = response.body();
        let value = serde_json::from_slice(body)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()));
        (response.status(), value)
    }

    /// A call of the control API.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let response = self.get(method, &format!("/_emulator/{path}"), body).await;
        let value = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
        (response.status(), value)
    }

    /// A call of the control API that succeeds.
    pub async fn ok(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, response) = self.control(method, path, body).await;
        assert!(status.is_success(), "{method} {path}: {status} {response}");
        response
    }

    /// A call of the control API that is refused; gives why.
    pub async fn refuse(&self, method: &str, path: &str, body: Value, expected: u16) -> String {
        let (status, response) = self.control(method, path, body).await;
        assert_eq!(status.as_u16(), expected, "{method} {path}: {response}");
        response["message"].as_str().unwrap().to_owned()
    }

    pub async fn get(&self, method: &str, uri: &str, body: String) -> Response<Bytes> {
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .body(Bytes::from(body))
            .unwrap();
        self.emulator.handle(request).await.unwrap()
    }

    pub async fn routed(&self) -> SessionId {
        self.send(CreateSession::new()).await.unwrap().id
    }

    pub async fn relayed(&self) -> SessionId {
        let request = CreateSession::new().media_mode(MediaMode::Relayed);
        self.send(request).await.unwrap().id
    }

    pub fn token(&self, session: &SessionId, role: Role) -> String {
        self.credentials
            .token(session)
            .role(role)
            .data("name=Tester")
            .sign_at(begin())
            .unwrap()
    }

    pub fn join(&self, session: &SessionId, role: Role) -> SimulatedClient {
        self.emulator
            .join(session.clone(), &self.token(session, role))
            .unwrap()
    }

    /// A routed session with one client that publishes a camera.
    pub async fn busy(&self) -> (SessionId, SimulatedClient) {
        let session = self.routed().await;
        let client = self.join(&session, Role::Publisher);
        client.publish(Publish::camera("camera")).unwrap();
        (session, client)
    }

    pub async fn archive(&self, id: &ArchiveId) -> Archive {
        self.send(GetArchive::new(id)).await.unwrap()
    }

    pub async fn pass(&self, duration: Duration) {
        self.emulator.advance(duration).await;
    }
}

/// Checks that a call was refused with a status, and gives the refusal.
#[track_caller]
pub fn refused<T: std::fmt::Debug>(result: Result<T, ApiError>, status: u16) -> ApiError {
    let error = result.expect_err("this should be refused");
    assert_eq!(error.status.as_u16(), status, "{error:?}");
    error
}

pub const SECOND: Duration = Duration::from_secs(1);
pub const MINUTE: Duration = Duration::from_secs(60);
pub const HOUR: Duration = Duration::from_secs(3600);
