//! Projects: Vonage applications and OpenTok projects.

use std::{fmt, sync::OnceLock, time::Duration};

use vonage_video_auth::{Credentials, CredentialsError, Environment, PublicKey, Verifier};
use vonage_video_core::{
    CallbackId, ProjectId,
    models::{ArchiveStorage, Callback},
};

use crate::world::{clock::Millis, table::Table};

/// A Vonage application or an OpenTok project whose calls the emulator accepts.
#[derive(Clone)]
pub struct Project {
    id: String,
    name: String,
    verifier: Verifier,
    secret: Option<String>,
    private_key: Option<&'static str>,
    credentials: Option<Credentials>,
}

/// The private key of [`Project::demo_vonage`]. It is public and protects nothing.
const DEMO_PRIVATE_KEY: &str = include_str!("demo/private-key-known-to-all.pem");
const DEMO_PUBLIC_KEY: &str = include_str!("demo/public-key.pem");
const DEMO_APPLICATION: &str = "dee00000-0000-4000-8000-000000000001";
const DEMO_API_KEY: &str = "10000001";
const DEMO_API_SECRET: &str = "0123456789abcdef0123456789abcdef01234567";

/// The official Node SDKs round the time of issue to the nearest second, which may be in the
/// future.
const ROUNDING: Duration = Duration::from_secs(1);

impl Project {
    /// Creates a Vonage application from its id and the PEM of its public key.
    ///
    /// # Errors
    ///
    /// The id is not a UUID, or the text is not an RSA public key.
    pub fn vonage(
        application_id: impl AsRef<str>,
        public_key_pem: &str,
    ) -> Result<Self, CredentialsError> {
        let key = PublicKey::from_pem(public_key_pem).map_err(CredentialsError::Key)?;
        let verifier = Verifier::vonage(application_id.as_ref(), key)?.leeway(ROUNDING);
        Ok(Self {
            id: verifier.project().to_owned(),
            name: "Emulated application".to_owned(),
            verifier,
            secret: None,
            private_key: None,
            credentials: None,
        })
    }

    /// Creates an OpenTok project from its API key and secret.
    ///
    /// # Errors
    ///
    /// The key is not a number, or the secret does not have the form of a secret.
    pub fn opentok(
        api_key: impl AsRef<str>,
        api_secret: impl AsRef<str>,
    ) -> Result<Self, CredentialsError> {
        let secret = api_secret.as_ref();
        let credentials = Credentials::opentok(api_key.as_ref(), secret)?;
        let verifier = Verifier::opentok(api_key.as_ref(), secret)?.leeway(ROUNDING);
        Ok(Self {
            id: verifier.project().to_owned(),
            name: "Emulated project".to_owned(),
            verifier,
            secret: Some(secret.trim().to_owned()),
            private_key: None,
            credentials: Some(credentials),
        })
    }

    /// Creates the project of these credentials; `None` when they hold no key to verify signatures
    /// with.
    pub fn of(credentials: &Credentials) -> Option<Self> {
        let verifier = credentials.verifier()?.leeway(ROUNDING);
        Some(Self {
            id: credentials.project().to_owned(),
            name: "Emulated project".to_owned(),
            verifier,
            secret: None,
            private_key: None,
            credentials: Some(credentials.clone()),
        })
    }

    /// Creates a Vonage application whose private key is public: [`private_key`](Self::private_key)
    /// returns it.
    ///
    /// # Errors
    ///
    /// None: the key is part of this crate.
    pub fn demo_vonage() -> Result<Self, CredentialsError> {
        // Reading the keys is half of what an emulator needs to start, and tests start many.
        static READ: OnceLock<Project> = OnceLock::new();
        if let Some(project) = READ.get() {
            return Ok(project.clone());
        }
        let project = Self {
            private_key: Some(DEMO_PRIVATE_KEY),
            credentials: Some(Credentials::vonage(DEMO_APPLICATION, DEMO_PRIVATE_KEY)?),
            ..Self::vonage(DEMO_APPLICATION, DEMO_PUBLIC_KEY)?
        };
        Ok(READ.get_or_init(|| project).clone())
    }

    /// Creates an OpenTok project whose secret is public.
    ///
    /// # Errors
    ///
    /// None: the secret is part of this crate.
    pub fn demo_opentok() -> Result<Self, CredentialsError> {
        Self::opentok(DEMO_API_KEY, DEMO_API_SECRET)
    }

    /// Sets the name that responses about the project show.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The application id or API key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name that responses about the project show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The environment that it belongs to.
    pub fn environment(&self) -> Environment {
        self.verifier.environment()
    }

    /// Credentials to call as this project; `None` for an application with only a public key.
    pub fn credentials(&self) -> Option<&Credentials> {
        self.credentials.as_ref()
    }

    /// The API secret of an OpenTok project; `None` when the project was created [from
    /// credentials](Self::of), which do not reveal it.
    pub fn secret(&self) -> Option<&str> {
        self.secret.as_deref()
    }

    /// The PEM of the demo application's private key; `None` for others.
    pub fn private_key(&self) -> Option<&str> {
        self.private_key
    }

    /// Whether everybody knows its secret.
    pub(crate) fn is_demo(&self) -> bool {
        self.private_key.is_some()
            || self.id == DEMO_API_KEY && self.secret() == Some(DEMO_API_SECRET)
    }

    /// The variables that hold its credentials, by name. Line breaks of a private key are written
    /// as `\n`. An OpenTok project without a known secret has none.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        match self.environment() {
            Environment::Vonage => {
                let key = self.private_key.map(|key| key.trim().replace('\n', "\\n"));
                let id = ("VONAGE_APPLICATION_ID", self.id.clone());
                let key = key.map(|key| ("VONAGE_PRIVATE_KEY", key));
                std::iter::once(id).chain(key).collect()
            }
            Environment::OpenTok => self.secret.as_ref().map_or_else(Vec::new, |secret| {
                vec![
                    ("OPENTOK_API_KEY", self.id.clone()),
                    ("OPENTOK_API_SECRET", secret.clone()),
                ]
            }),
        }
    }

    /// What verifies its tokens.
    pub(crate) fn verifier(&self) -> &Verifier {
        &self.verifier
    }
}

impl fmt::Debug for Project {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Project")
            .field("id", &self.id)
            .field("environment", &self.environment())
            .finish_non_exhaustive()
    }
}

/// A project as the emulator keeps it.
#[derive(Debug)]
pub(crate) struct ProjectState {
    pub(crate) project: Project,
    pub(crate) created: Millis,
    pub(crate) suspended: bool,
    /// Whether its secret was drawn here, and is nobody's outside.
    pub(crate) is_made_here: bool,
    /// Where its archives go, if not to the emulator.
    pub(crate) storage: Option<ArchiveStorage>,
    pub(crate) callbacks: Table<CallbackId, Callback>,
}

impl ProjectState {
    pub(crate) fn owner(&self) -> Owner {
        Owner::new(
            self.project.environment(),
            &ProjectId::from(self.project.id()),
        )
    }
}

/// How a model names its owner: Vonage by `application_id`, OpenTok by `project_id`.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    pub(crate) application_id: Option<ProjectId>,
    pub(crate) project_id: Option<ProjectId>,
}

impl Owner {
    pub(crate) fn new(environment: Environment, project: &ProjectId) -> Self {
        let vonage = environment == Environment::Vonage;
        Self {
            application_id: vonage.then(|| project.clone()),
            project_id: (!vonage).then(|| project.clone()),
        }
    }
}
