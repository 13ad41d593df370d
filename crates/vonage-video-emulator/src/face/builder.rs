//! How an emulator is set up.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::SystemTime,
};

use vonage_video_auth::{CredentialsError, Verifier};

#[cfg(feature = "tls")]
use crate::server::{Authority, TlsError};
use crate::{
    api::Links,
    face::emulator::Emulator,
    server::{Security, Server},
    site::{Faults, Journal, Site, State},
    webhook::{WebhookTarget, Webhooks},
    world::{Clock, Project, Random, TimeSource, Timings, World},
};

/// What an emulator is to be like; [`Emulator::builder`] begins one.
#[derive(Debug)]
#[must_use = "a builder does nothing until it starts an emulator"]
pub struct EmulatorBuilder {
    listen: SocketAddr,
    allow_remote: bool,
    projects: Vec<Project>,
    account: Option<Account>,
    seed: Option<u64>,
    timings: Timings,
    runs: bool,
    source: TimeSource,
    webhooks: Vec<WebhookTarget>,
    #[cfg(feature = "tls")]
    tls: bool,
}

struct Account {
    key: String,
    secret: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({})", self.key)
    }
}

/// Keeps the ids of requests apart from the ids of what the API creates.
const OF_REQUESTS: u64 = 0x5EED_1D50;

const DEMO_ACCOUNT_KEY: &str = "10000000";
const DEMO_ACCOUNT_SECRET: &str = "fedcba9876543210fedcba9876543210fedcba98";

impl EmulatorBuilder {
    pub(crate) fn new() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allow_remote: false,
            projects: Vec::new(),
            account: None,
            seed: None,
            timings: Timings::default(),
            runs: true,
            source: TimeSource::system(),
            webhooks: Vec::new(),
            #[cfg(feature = "tls")]
            tls: false,
        }
    }

    /// Speaks HTTPS, with a certificate for this machine and for the names of the real services, given by an authority that is made now and that
    /// [`ca_pem`](Emulator::ca_pem) shows.
    #[cfg(feature = "tls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tls")))]
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Where to listen; `127.0.0.1` and a free port unless set. Port 0 takes a free one.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Lets it listen beyond this machine, and post webhooks there. Its control API has no credentials: whoever reaches the port rules the emulator.
    pub fn allow_remote(mut self, allow: bool) -> Self {
        self.allow_remote = allow;
        self
    }

    /// Serves a project. Without any, there is a demo project of each environment.
    pub fn project(mut self, project: Project) -> Self {
        self.projects.push(project);
        self
    }

    /// The key and secret of the OpenTok account that may manage projects; a demo account unless set.
    pub fn account(mut self, key: impl Into<String>, secret: impl Into<String>) -> Self {
        self.account = Some(Account {
            key: key.into(),
            secret: secret.into(),
        });
        self
    }

    /// Tells a URL about events; more than one may be told.
    pub fn webhook(mut self, target: WebhookTarget) -> Self {
        self.webhooks.push(target);
        self
    }

    /// Makes ids and faults the same in every run; a seed of its own for each emulator unless set.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// How long things take, in virtual time.
    pub fn timings(mut self, timings: Timings) -> Self {
        self.timings = timings;
        self
    }

    /// Lets virtual time stand still, until [`advance`](Emulator::advance). Unless this is set it runs along with real time.
    pub fn stand_still(mut self) -> Self {
        self.runs = false;
        self
    }

    /// The wall clock: what virtual time starts from and runs along with, what tokens are verified by, and what the header `Date` says. The
    /// system's unless set.
    pub fn wall_clock(mut self, read: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.source = TimeSource::new(read);
        self
    }

    /// Starts listening.
    ///
    /// # Errors
    ///
    /// The address is beyond this machine without [`allow_remote`](Self::allow_remote), or is not free.
    pub async fn start(self) -> Result<Emulator, StartError> {
        if !self.listen.ip().is_loopback() && !self.allow_remote {
            return Err(StartError::NotLoopback(self.listen));
        }
        let failed = |source| StartError::Listen {
            address: self.listen,
            source,
        };
        let listener = tokio::net::TcpListener::bind(self.listen)
            .await
            .map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        #[cfg(feature = "tls")]
        let (security, authority) = self.secure()?;
        #[cfg(not(feature = "tls"))]
        let (security, authority) = (Security::default(), None);
        let scheme = if authority.is_some() { "https" } else { "http" };
        let (site, projects) = self.build(format!("{scheme}://{address}"))?;
        let server = Server::start(listener, site.clone(), security);
        Ok(Emulator::new(
            site,
            projects,
            Some((address, server)),
            authority,
        ))
    }

    /// An emulator without a socket: it answers [`handle`](Emulator::handle) and is a [`tower_service::Service`].
    ///
    /// # Errors
    ///
    /// The account's key or secret is none.
    pub fn in_memory(self) -> Result<Emulator, StartError> {
        let (site, projects) = self.build("http://emulator.localhost".to_owned())?;
        Ok(Emulator::new(site, projects, None, None))
    }

    /// What secures connections, and the PEM of the authority that a client is to trust.
    #[cfg(feature = "tls")]
    fn secure(&self) -> Result<(Security, Option<String>), StartError> {
        if !self.tls {
            return Ok((Security::default(), None));
        }
        let authority = Authority::new(self.source.now()).map_err(StartError::Tls)?;
        let tls = Some(authority.acceptors().map_err(StartError::Tls)?);
        Ok((Security { tls }, Some(authority.pem().to_owned())))
    }

    fn build(mut self, url: String) -> Result<(Arc<Site>, Vec<Project>), StartError> {
        let credentials = StartError::Credentials;
        if self.projects.is_empty() {
            self.projects
                .push(Project::demo_vonage().map_err(credentials)?);
            self.projects
                .push(Project::demo_opentok().map_err(credentials)?);
        }
        let account = self.account.unwrap_or_else(|| Account {
            key: DEMO_ACCOUNT_KEY.to_owned(),
            secret: DEMO_ACCOUNT_SECRET.to_owned(),
        });
        let account = Verifier::opentok(&account.key, &account.secret).map_err(credentials)?;
        let seed = self.seed.unwrap_or_else(Random::fresh_seed);
        let mut random = Random::new(seed ^ OF_REQUESTS);
        let mut world = World::new(Clock::new(self.source, self.runs), seed, self.timings);
        for project in &self.projects {
            world.add_project(project.clone());
        }
        let mut webhooks = Webhooks::default();
        webhooks.add_targets(self.webhooks);
        let site = Site::new(State {
            world,
            journal: Journal::default(),
            faults: Faults::new(seed),
            webhooks,
            links: Links::new(url, &mut random),
            account,
            allow_remote: self.allow_remote,
            skew: 0,
            random,
        });
        Ok((Arc::new(site), self.projects))
    }
}

/// Why an emulator did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address can be reached from other machines, and that was not allowed.
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// An identity is none.
    Credentials(CredentialsError),
    /// No certificate could be made.
    #[cfg(feature = "tls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tls")))]
    Tls(TlsError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoopback(address) => write!(
                f,
                "{address} can be reached from other machines, and whoever reaches the emulator rules it: listen on 127.0.0.1, or allow remote access explicitly"
            ),
            Self::Listen { address, source } => write!(f, "cannot listen on {address}: {source}"),
            Self::Credentials(error) => error.fmt(f),
            #[cfg(feature = "tls")]
            Self::Tls(error) => write!(f, "no certificate could be made: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotLoopback(_) => None,
            Self::Listen { source, .. } => Some(source),
            Self::Credentials(error) => Some(error),
            #[cfg(feature = "tls")]
            Self::Tls(error) => Some(&**error),
        }
    }
}
