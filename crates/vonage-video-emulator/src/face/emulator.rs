//! The emulator as Rust sees it.

use std::{
    fmt,
    net::SocketAddr,
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use vonage_video_auth::Environment;
use vonage_video_core::{SessionId, models::Archive};

use crate::{
    face::{
        builder::{EmulatorBuilder, StartError},
        service::EmulatorService,
        simulated_client::SimulatedClient,
    },
    server::Server,
    site::{
        Shared,
        body::Broken,
        fault::{BadFault, Fault},
        journal::RequestRecord,
    },
    webhook::{Delivery, Pump, WebhookTarget},
    world::{
        admission::JoinError,
        clock::{to_time, whole_millis},
        identity::Project,
    },
};

/// A local Video API. It is gone when it is dropped.
pub struct Emulator {
    shared: Arc<Shared>,
    projects: Vec<Project>,
    url: String,
    server: Option<(SocketAddr, Server)>,
    authority: Option<String>,
    _pump: Option<Pump>,
}

impl Emulator {
    /// Starts one on a free port of this machine, with a demo project of each environment.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Sets one up.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }

    pub(crate) fn new(
        shared: Arc<Shared>,
        projects: Vec<Project>,
        server: Option<(SocketAddr, Server)>,
        authority: Option<String>,
    ) -> Self {
        let url = shared.world().url.clone();
        let pump = server.as_ref().map(|_| Pump::start(&shared));
        Self {
            shared,
            projects,
            url,
            server,
            authority,
            _pump: pump,
        }
    }

    /// Where it is reached, such as `http://127.0.0.1:40123`: the base URL for an SDK.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address that it listens on; `None` in memory.
    pub fn address(&self) -> Option<SocketAddr> {
        self.server.as_ref().map(|(address, _)| *address)
    }

    /// The certificate authority that a client is to trust, as PEM; `None` when it speaks plain HTTP.
    pub fn ca_pem(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// The projects that it was started with.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The first of its Vonage applications.
    pub fn vonage(&self) -> Option<&Project> {
        self.of(Environment::Vonage)
    }

    /// The first of its OpenTok projects.
    pub fn opentok(&self) -> Option<&Project> {
        self.of(Environment::OpenTok)
    }

    fn of(&self, environment: Environment) -> Option<&Project> {
        self.projects
            .iter()
            .find(|project| project.environment() == environment)
    }

    /// Environment variables that point the SDK and the program here, each as `NAME=value`. A private key has its line breaks written as `\n`.
    pub fn env_lines(&self) -> Vec<String> {
        let mut lines = vec![format!("VONAGE_VIDEO_BASE_URL={}", self.url)];
        if let Some(project) = self.vonage() {
            lines.push(format!("VONAGE_APPLICATION_ID={}", project.id()));
            if let Some(key) = project.private_key() {
                let key = key.trim().replace('\n', "\\n");
                lines.push(format!("VONAGE_PRIVATE_KEY=\"{key}\""));
            }
        }
        if let Some((project, secret)) = self
            .opentok()
            .and_then(|project| Some((project, project.secret()?)))
        {
            lines.push(format!("OPENTOK_API_KEY={}", project.id()));
            lines.push(format!("OPENTOK_API_SECRET={secret}"));
        }
        lines
    }

    /// Lets a client join a session with a client token.
    ///
    /// # Errors
    ///
    /// The session is unknown here, or the token does not let a client in.
    pub fn join(
        &self,
        session: impl Into<SessionId>,
        token: &str,
    ) -> Result<SimulatedClient, JoinError> {
        let session = session.into();
        let id = self.shared.world().join(session.as_str(), token)?;
        Ok(SimulatedClient::new(self.shared.clone(), session, id))
    }

    /// Every archive that there is, oldest first, deleted ones too.
    pub fn archives(&self) -> Vec<Archive> {
        let world = self.shared.world();
        world
            .archives
            .iter()
            .map(|archive| world.archive_model(archive))
            .collect()
    }

    /// The requests that came and what was answered, oldest first: at most the last 10,000, and 64 MiB of bodies.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.shared.world().journal.after(0).cloned().collect()
    }

    /// Tells one more URL about events.
    pub fn add_webhook(&self, target: WebhookTarget) {
        self.shared.world().webhooks.targets.push(target);
    }

    /// Tells nobody any more, but for the callbacks that projects registered.
    pub fn clear_webhooks(&self) {
        self.shared.world().webhooks.targets.clear();
    }

    /// Sends the webhooks that are due and waits until their receivers answered.
    pub async fn settle(&self) {
        self.shared.deliver().await;
    }

    /// The webhooks that were sent or are to be, oldest first: at most the last 10,000.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.world().webhooks.after(0).cloned().collect()
    }

    /// Makes trouble. Several faults can be at work at a time.
    ///
    /// # Errors
    ///
    /// A number is out of its bounds.
    pub fn fault(&self, fault: Fault) -> Result<(), BadFault> {
        self.shared.world().faults.add(fault)
    }

    /// Ends all trouble.
    pub fn clear_faults(&self) {
        self.shared.world().faults.clear();
    }

    /// Makes the wall clock go wrong by so many seconds: the header `Date` says so, and tokens are verified by it.
    pub fn skew_clock(&self, seconds: i64) {
        self.shared.world().skew = seconds.saturating_mul(1000);
    }

    /// Virtual time.
    pub fn now(&self) -> SystemTime {
        to_time(self.shared.world().now)
    }

    /// Lets virtual time pass: everything that is due within it happens, in order.
    pub async fn advance(&self, duration: Duration) {
        self.shared.advance(whole_millis(duration)).await;
    }

    /// Answers a request without a socket.
    ///
    /// # Errors
    ///
    /// A fault broke the connection.
    pub async fn handle(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Broken> {
        let (parts, body) = self.shared.serve(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(Response::from_parts(parts, body))
    }

    /// The same as a service, for a client's transport.
    pub fn service(&self) -> EmulatorService {
        EmulatorService::new(self.shared.clone())
    }

    /// Stops listening, and waits until the requests at hand are answered. Dropping it stops it at once.
    pub async fn stop(self) {
        if let Some((_, server)) = self.server {
            server.stop().await;
        }
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("url", &self.url)
            .field("projects", &self.projects)
            .finish_non_exhaustive()
    }
}
