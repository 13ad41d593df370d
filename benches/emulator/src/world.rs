//! An emulator that fills up, and calls of its API.

use std::time::SystemTime;

use bytes::Bytes;
use http::HeaderValue;
use vonage_video_auth::{Credentials, Role};
use vonage_video_core::{
    Operation, SessionId,
    operations::{CreateSession, StartArchive},
};
use vonage_video_emulator::{Emulator, Publish, SimulatedClient};

/// Sessions in an emulator that is as good as empty.
pub const FEW: usize = 10;
/// Clients in each session, with one stream each.
pub const CLIENTS: usize = 10;

pub struct World {
    pub emulator: Emulator,
    credentials: Credentials,
    pub sessions: Vec<SessionId>,
}

impl World {
    pub fn new() -> Self {
        Self::of(Emulator::builder().in_memory().expect("an emulator"))
    }

    pub fn of(emulator: Emulator) -> Self {
        let project = emulator.opentok().expect("a demo");
        let credentials = project.credentials().expect("a secret").clone();
        Self {
            emulator,
            credentials,
            sessions: Vec::new(),
        }
    }

    /// Adds sessions, each with its clients and streams, and with an archive that records them.
    pub async fn fill(&mut self, sessions: usize) {
        for _ in 0..sessions {
            let session = self.send(CreateSession::new()).await.id;
            for _ in 0..CLIENTS {
                let client = self.join(&session);
                client.publish(Publish::camera("camera")).expect("a stream");
            }
            self.send(StartArchive::new(&session)).await;
            self.sessions.push(session);
        }
    }

    /// Lets a client join with a token of its own, which is verified.
    pub fn join(&self, session: &SessionId) -> SimulatedClient {
        let token = self.token(session);
        self.emulator.join(session.clone(), &token).expect("in")
    }

    pub fn token(&self, session: &SessionId) -> String {
        self.credentials
            .token(session)
            .role(Role::Publisher)
            .data("name=Johnny")
            .sign_at(self.emulator.now())
            .expect("a token")
    }

    /// Makes a call in memory: everything but the socket.
    pub async fn send<O: Operation>(&self, operation: O) -> O::Output {
        let mut request =
            vonage_video_core::encode(&operation, self.credentials.project()).expect("a request");
        let token = self
            .credentials
            .rest_token(now())
            .expect("a token for the call");
        let value = HeaderValue::from_str(token.header_value()).expect("ASCII");
        request.headers_mut().insert(token.header_name(), value);
        let response = self.emulator.handle(request).await.expect("an answer");
        assert!(response.status().is_success(), "{response:?}");
        O::decode_output(response.body()).expect("the answer's model")
    }

    /// Asks the control API.
    pub async fn control(&self, path: &str) -> Bytes {
        self.get(&format!("/_emulator/{path}")).await
    }

    pub async fn get(&self, url: &str) -> Bytes {
        let request = http::Request::get(url)
            .body(Bytes::new())
            .expect("a request");
        let response = self.emulator.handle(request).await.expect("an answer");
        assert!(response.status().is_success(), "{response:?}");
        response.into_body()
    }
}

pub fn now() -> SystemTime {
    SystemTime::now()
}
