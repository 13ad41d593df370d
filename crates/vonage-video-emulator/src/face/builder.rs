//! The builder of an emulator.

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::SystemTime,
};

use http::Uri;
use vonage_video_auth::{CredentialsError, Verifier};

#[cfg(feature = "tls")]
use crate::server::{Authority, TlsError};
use crate::{
    api::Links,
    face::emulator::Emulator,
    server::{Security, Server},
    site::{AllowedHosts, Faults, Journal, Site, State, Transport},
    webhook::{BadWebhookTarget, WebhookTarget, Webhooks},
    world::{Clock, Project, Random, TimeSource, Timings, World},
};

/// Configures an emulator; [`Emulator::builder`] creates one.
#[derive(Debug)]
#[must_use = "a builder does nothing until it starts an emulator"]
pub struct EmulatorBuilder {
    listen: SocketAddr,
    allow_remote: bool,
    hosts: AllowedHosts,
    public_url: Option<String>,
    projects: Vec<Project>,
    account: Option<Account>,
    seed: Option<u64>,
    timings: Timings,
    runs: bool,
    source: TimeSource,
    webhooks: Vec<WebhookTarget>,
    respond_as: Option<String>,
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

impl Emulator {
    /// Starts an emulator on a free port of this machine, with a demo project of each environment.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Configures an emulator, which then starts on a socket or in memory.
    pub fn builder() -> EmulatorBuilder {
        EmulatorBuilder::new()
    }
}

impl EmulatorBuilder {
    pub(crate) fn new() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            allow_remote: false,
            hosts: AllowedHosts::default(),
            public_url: None,
            projects: Vec::new(),
            account: None,
            seed: None,
            timings: Timings::default(),
            runs: true,
            source: TimeSource::system(),
            webhooks: Vec::new(),
            respond_as: None,
            #[cfg(feature = "tls")]
            tls: false,
        }
    }

    /// Serves HTTPS, with a certificate for this machine and for the host names of the real
    /// services.
    ///
    /// It is issued by an authority that is created with the emulator; [`ca_pem`](Emulator::ca_pem)
    /// returns the authority's certificate.
    #[cfg(feature = "tls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tls")))]
    pub fn tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// Sets the address to listen on; `127.0.0.1` and a free port unless set. Port 0 means a free
    /// one.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Allows addresses of other machines, to listen on and to post webhooks to.
    ///
    /// The control API needs no credentials: everybody who reaches the port controls the emulator.
    pub fn allow_remote(mut self, allow: bool) -> Self {
        self.allow_remote = allow;
        self
    }

    /// Sets the URL by which clients reach the emulator, such as `http://emulator:8843` between
    /// containers. [`Emulator::url`] and all links have it, and its host is served.
    ///
    /// Without it, a link has the host that the request was for.
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// Serves another host, besides IP addresses, names of this machine (`localhost`,
    /// `*.localhost`), the service's own hosts and that of [`public_url`](Self::public_url).
    /// Requests for others get 421: a web page could have pointed its own name at this machine.
    pub fn allow_host(mut self, host: &str) -> Self {
        self.hosts.allow(host);
        self
    }

    /// Lets web pages of another origin join sessions over the socket, such as
    /// `https://app.example`, besides those of this machine and of the emulator itself. `*` lets
    /// all, and `null` pages without an origin, such as files.
    #[cfg(feature = "browser")]
    #[cfg_attr(docsrs, doc(cfg(feature = "browser")))]
    pub fn allow_origin(mut self, origin: &str) -> Self {
        self.hosts.allow_origin(origin);
        self
    }

    /// Adds a project. Without any, the emulator has a demo project of each environment.
    pub fn project(mut self, project: Project) -> Self {
        self.projects.push(project);
        self
    }

    /// Sets the key and secret of the OpenTok account that may manage projects; a demo account
    /// unless set.
    pub fn account(mut self, key: impl Into<String>, secret: impl Into<String>) -> Self {
        self.account = Some(Account {
            key: key.into(),
            secret: secret.into(),
        });
        self
    }

    /// Adds a target of webhooks.
    pub fn webhook(mut self, target: WebhookTarget) -> Self {
        self.webhooks.push(target);
        self
    }

    /// Responds as to this user agent, such as `OpenTok-Ruby-SDK/4.13.0`, whatever that of a
    /// request is.
    ///
    /// Some SDKs demand contrary things of a response, and get what they demand by their user
    /// agents; the crate's documentation has the table. An empty one gets what unknown ones get.
    pub fn respond_as(mut self, user_agent: impl Into<String>) -> Self {
        self.respond_as = Some(user_agent.into());
        self
    }

    /// Sets the seed of ids and faults, so that they are the same in every run; random unless set.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Sets how long things take, in virtual time.
    pub fn timings(mut self, timings: Timings) -> Self {
        self.timings = timings;
        self
    }

    /// Stops virtual time, which then only moves by [`advance`](Emulator::advance). Otherwise it
    /// runs with real time.
    pub fn stand_still(mut self) -> Self {
        self.runs = false;
        self
    }

    /// Sets the wall clock; the system's unless set.
    ///
    /// Virtual time starts from it and runs with it, tokens are verified by it, and the header
    /// `Date` shows it.
    pub fn wall_clock(mut self, read: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.source = TimeSource::new(read);
        self
    }

    /// Starts the emulator on a socket.
    ///
    /// # Errors
    ///
    /// The address can be reached from other machines and [`allow_remote`](Self::allow_remote) is
    /// not set, the address is not free, or the account's key or secret is invalid.
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
        // A client cannot connect to the address that means every address.
        let ip = match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        let reachable = SocketAddr::new(ip, address.port());
        let (site, projects) = self.build(format!("{scheme}://{reachable}"))?;
        let tls = authority.is_some();
        site.lock().faults.set_transport(Transport::Socket { tls });
        let server = Server::start(listener, site.clone(), security);
        Ok(Emulator::new(
            site,
            projects,
            Some((address, server)),
            authority,
        ))
    }

    /// Creates an emulator without a socket, for [`handle`](Emulator::handle) and
    /// [`service`](Emulator::service).
    ///
    /// # Errors
    ///
    /// The account's key or secret is invalid.
    pub fn in_memory(self) -> Result<Emulator, StartError> {
        let (site, projects) = self.build("http://emulator.localhost".to_owned())?;
        Ok(Emulator::new(site, projects, None, None))
    }

    /// The security of connections, and the PEM of the authority that clients must trust.
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
        let public = self
            .public_url
            .as_ref()
            .map(|url| url.trim_end_matches('/').to_owned());
        if let Some(public) = &public {
            let host = public.parse::<Uri>().ok().and_then(|uri| {
                uri.scheme()?;
                Some(uri.host()?.to_owned())
            });
            let host = host.ok_or_else(|| StartError::PublicUrl(public.clone()))?;
            self.hosts.allow(&host);
        }
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
            world.add_project(project.clone(), false);
        }
        let epoch = Random::new(Random::fresh_seed()).hex(8);
        self.webhooks
            .iter()
            .try_for_each(WebhookTarget::check)
            .map_err(StartError::Webhook)?;
        let mut webhooks = Webhooks::default();
        webhooks.add_targets(self.webhooks);
        let site = Site::new(
            State {
                world,
                journal: Journal::default(),
                faults: Faults::new(seed),
                webhooks,
                links: Links::new(url, public, &mut random),
                account,
                allow_remote: self.allow_remote,
                respond_as: self.respond_as,
                skew: 0,
                epoch: epoch.into(),
                random,
            },
            self.hosts,
        );
        Ok((Arc::new(site), self.projects))
    }
}

/// The reason why an emulator did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address can be reached from other machines, which was not allowed.
    NotLoopback(SocketAddr),
    /// Listening on the address failed.
    Listen {
        /// The address that was set.
        address: SocketAddr,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A target of webhooks cannot receive anything.
    Webhook(BadWebhookTarget),
    /// The public URL is not `http://` or `https://` and a host.
    PublicUrl(String),
    /// A project's or the account's credentials are invalid.
    Credentials(CredentialsError),
    /// Creating the certificates failed.
    #[cfg(feature = "tls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "tls")))]
    Tls(TlsError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoopback(address) => write!(
                f,
                "{address} can be reached from other machines, and everybody who reaches the emulator controls it: listen on 127.0.0.1, or allow remote access"
            ),
            Self::Listen { address, .. } => write!(f, "cannot listen on {address}"),
            Self::Webhook(_) => f.write_str("invalid target of webhooks"),
            Self::PublicUrl(url) => {
                write!(f, "the public URL {url:?} is not like http://emulator:8843")
            }
            Self::Credentials(_) => f.write_str("invalid credentials"),
            #[cfg(feature = "tls")]
            Self::Tls(_) => f.write_str("cannot create certificates"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotLoopback(_) | Self::PublicUrl(_) => None,
            Self::Listen { source, .. } => Some(source),
            Self::Webhook(error) => Some(error),
            Self::Credentials(error) => Some(error),
            #[cfg(feature = "tls")]
            Self::Tls(error) => Some(&**error),
        }
    }
}
