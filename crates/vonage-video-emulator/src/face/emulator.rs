//! The emulator.

use std::{
    fmt,
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use vonage_video_auth::Environment;
use vonage_video_core::{SessionId, models::Archive};

use crate::{
    control::{Snippet, snippets},
    face::{service::EmulatorService, simulated_client::SimulatedClient},
    server::{Server, serve},
    site::{BadFault, BadState, Broken, Fault, Pump, RequestRecord, Site},
    webhook::{BadWebhookTarget, Delivery, WebhookTarget},
    world::{JoinError, Project, to_time, whole_millis},
};

/// A local Video API, which ends when it is dropped.
#[doc(alias("fake", "mock", "TestServer"))]
pub struct Emulator {
    site: Arc<Site>,
    projects: Vec<Project>,
    url: String,
    server: Option<(SocketAddr, Server)>,
    authority: Option<String>,
    _pump: Option<Pump>,
}

impl Emulator {
    pub(crate) fn new(
        site: Arc<Site>,
        projects: Vec<Project>,
        server: Option<(SocketAddr, Server)>,
        authority: Option<String>,
    ) -> Self {
        let url = site.lock().links.base().to_owned();
        let pump = server.as_ref().map(|_| Pump::start(&site));
        Self {
            site,
            projects,
            url,
            server,
            authority,
            _pump: pump,
        }
    }

    /// The base URL for an SDK, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address that it listens on; `None` in memory.
    pub fn address(&self) -> Option<SocketAddr> {
        self.server.as_ref().map(|(address, _)| *address)
    }

    /// The certificate authority that clients must trust, as PEM; `None` without TLS.
    pub fn ca_pem(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    /// The projects that the emulator was started with.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// The first Vonage application.
    pub fn vonage(&self) -> Option<&Project> {
        self.of(Environment::Vonage)
    }

    /// The first OpenTok project.
    pub fn opentok(&self) -> Option<&Project> {
        self.of(Environment::OpenTok)
    }

    fn of(&self, environment: Environment) -> Option<&Project> {
        self.projects
            .iter()
            .find(|project| project.environment() == environment)
    }

    /// The variables that point the SDK and the program at the emulator, by name. Line breaks of a
    /// private key are written as `\n`.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let mut variables = vec![("VONAGE_VIDEO_BASE_URL", self.url.clone())];
        let projects = [self.vonage(), self.opentok()].into_iter().flatten();
        variables.extend(projects.flat_map(Project::variables));
        variables
    }

    /// Returns the code for the official SDKs of both generations whose environment has a project,
    /// and with the feature `browser` that for web apps.
    /// `authority` is the file that holds [`ca_pem`](Self::ca_pem).
    pub fn snippets(&self, authority: Option<&Path>) -> Vec<Snippet> {
        let projects = [self.opentok(), self.vonage()].into_iter().flatten();
        let all = projects.flat_map(|project| snippets(project, &self.url, authority));
        #[cfg(feature = "browser")]
        let all = all.chain(crate::control::web_snippets(&self.url));
        all.collect()
    }

    /// The script by which web pages join sessions, for a bundler or a test that serves it itself.
    ///
    /// Pages can also load it from the emulator, at `/v2/js/opentok.min.js` and the other paths at
    /// which they look for the client SDK.
    #[cfg(feature = "browser")]
    #[cfg_attr(docsrs, doc(cfg(feature = "browser")))]
    pub fn script(&self, form: crate::browser::Script) -> String {
        form.text(&self.url)
    }

    /// A look-up of the [variables](Self::variables), for `Client::from_vars`.
    pub fn env(&self) -> impl Fn(&str) -> Option<String> + Send + 'static {
        let variables = self.variables();
        move |name| {
            let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
            Some(value.clone())
        }
    }

    /// Joins a session with a client token.
    ///
    /// # Errors
    ///
    /// The session does not exist here, or the token is not accepted.
    pub fn join(
        &self,
        session: impl Into<SessionId>,
        token: &str,
    ) -> Result<SimulatedClient, JoinError> {
        let session = session.into();
        let mut state = self.site.lock();
        let wall = state.wall();
        let id = state.world.join(&session, token, wall)?;
        drop(state);
        Ok(SimulatedClient::new(self.site.clone(), session, id))
    }

    /// Announces by a webhook that a session is about to move to another server.
    ///
    /// # Errors
    ///
    /// [`JoinError::NoSuchSession`]: the session does not exist here.
    pub fn announce_rotation(&self, session: impl Into<SessionId>) -> Result<(), JoinError> {
        let session = session.into();
        let mut state = self.site.lock();
        if !state.world.sessions().contains(&session) {
            return Err(JoinError::NoSuchSession);
        }
        state.world.announce_rotation(&session);
        Ok(())
    }

    /// Moves a session to another server, as the service does after eight hours at the earliest.
    ///
    /// Its archives, broadcasts and captions fail. Everybody is disconnected, except clients with
    /// [session migration](SimulatedClient::set_session_migration).
    ///
    /// # Errors
    ///
    /// [`JoinError::NoSuchSession`]: the session does not exist here.
    pub fn rotate(&self, session: impl Into<SessionId>) -> Result<(), JoinError> {
        let session = session.into();
        let mut state = self.site.lock();
        if !state.world.sessions().contains(&session) {
            return Err(JoinError::NoSuchSession);
        }
        state.world.rotate(&session);
        Ok(())
    }

    /// All archives, oldest first, including deleted ones.
    pub fn archives(&self) -> Vec<Archive> {
        let state = self.site.lock();
        let archives = state.world.archives().iter();
        archives
            .map(|archive| {
                let mut model = archive.model();
                state.links.add_to(&mut model, state.world.now());
                model
            })
            .collect()
    }

    /// The requests and their responses, oldest first: at most the last 10,000, with 64 MiB of
    /// bodies.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.site.lock().journal.after(0).cloned().collect()
    }

    /// Adds a target of webhooks; past 1,000 it is ignored.
    ///
    /// # Errors
    ///
    /// The URL is invalid, or there is no event of a name.
    pub fn add_webhook(&self, target: WebhookTarget) -> Result<(), BadWebhookTarget> {
        target.check()?;
        self.site.lock().webhooks.add_targets(vec![target]);
        Ok(())
    }

    /// Removes all targets of webhooks. The callbacks that projects registered stay.
    pub fn clear_webhooks(&self) {
        self.site.lock().webhooks.clear_targets();
    }

    /// Sends the webhooks that are due and waits until their receivers have responded.
    pub async fn settle(&self) {
        self.site.deliver().await;
    }

    /// The deliveries that were sent or will be, oldest first: at most the last 10,000.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.site.lock().webhooks.after(0).cloned().collect()
    }

    /// Adds a fault. Several faults can be active at a time.
    ///
    /// # Errors
    ///
    /// A number is out of bounds, or the fault cannot happen to this emulator: in memory there are
    /// no connections to refuse, and only with TLS a certificate.
    pub fn fault(&self, fault: Fault) -> Result<(), BadFault> {
        self.site.lock().faults.add(fault)
    }

    /// Removes all faults, so that calls succeed again.
    pub fn clear_faults(&self) {
        self.site.lock().faults.clear();
    }

    /// Sets the wall clock off by a number of seconds, at most a year: the header `Date` shows it,
    /// and tokens are verified by it. More than a year counts as a year.
    pub fn skew_clock(&self, seconds: i64) {
        const YEAR: i64 = 366 * 24 * 3600;
        let _ = self.site.lock().set_skew(seconds.clamp(-YEAR, YEAR));
    }

    /// The virtual time, which [`advance`](Self::advance) moves forward.
    pub fn now(&self) -> SystemTime {
        to_time(self.site.lock().world.now())
    }

    /// Moves virtual time forward: everything that is due within the duration happens, in order.
    pub async fn advance(&self, duration: Duration) {
        self.site.advance(whole_millis(duration)).await;
    }

    /// Returns the state as JSON, to be [imported](Self::import) later or elsewhere: projects,
    /// sessions with their clients and streams, archives, broadcasts, renders, captions and calls,
    /// and virtual time. It is for sharing a room that a test or a person has set up.
    ///
    /// It does not hold the keys of projects that the emulator was started with, the storage that
    /// archives are uploaded to, targets of webhooks, faults, or requests. It does hold what
    /// responses hold, such as the stream names of RTMP targets.
    pub fn export(&self) -> String {
        self.site.export()
    }

    /// Continues from an [exported](Self::export) state in place of the present one. Virtual time
    /// continues from where it was. Subscriptions end, and webhooks that were not delivered yet are
    /// dropped.
    ///
    /// ```
    /// use vonage_video_emulator::Emulator;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let seeded = Emulator::builder().in_memory()?;
    /// let state = seeded.export();
    ///
    /// let emulator = Emulator::builder().in_memory()?;
    /// emulator.import(&state)?;
    /// assert!(emulator.import("{}").is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not an exported state, it has another version, or this emulator does not have a
    /// project whose key is not in it. Then nothing changes.
    pub fn import(&self, state: &str) -> Result<(), BadState> {
        self.site.import(state.as_bytes())
    }

    /// Serves a request without a socket.
    ///
    /// # Errors
    ///
    /// A fault broke the connection.
    pub async fn handle(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Broken> {
        let (parts, body) = serve(&self.site, request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(Response::from_parts(parts, body))
    }

    /// Returns a service, for a client's transport.
    pub fn service(&self) -> EmulatorService {
        EmulatorService::new(self.site.clone())
    }

    /// Stops listening, and waits up to five seconds for the requests in progress. Dropping the
    /// emulator stops it at once.
    pub async fn stop(self) {
        self.site.lock().world.close_feed();
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
