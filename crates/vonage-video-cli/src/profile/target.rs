//! Which credentials a command uses, and where the API is: the first place that says so.
//! Credentials and their address are never put together from two places.

use std::{env, fmt, path::PathBuf};

use vonage_video::{Client, Credentials, auth::env as env_names};

use crate::{
    failure::Failure,
    input,
    options::Whose,
    output::note,
    profile::{
        file::{self, Profile},
        secret,
    },
    running::{self, Running},
};

/// The project that a command works on.
pub(crate) struct Target {
    pub(crate) credentials: Credentials,
    /// Where the API is; `None` is the service itself.
    pub(crate) base_url: Option<String>,
    pub(crate) origin: Origin,
    /// Whether to ask before something is destroyed.
    pub(crate) confirm: bool,
    allow_plain_http: bool,
}

/// Where a target was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Origin {
    Flags,
    Emulator(String),
    Profile(String, Selected),
    Environment,
}

/// How a profile was chosen.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Selected {
    Flag,
    Variable,
    ProjectFile(PathBuf),
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flags => f.write_str("flags"),
            Self::Emulator(url) => write!(f, "the emulator at {url}"),
            Self::Environment => f.write_str("environment variables"),
            Self::Profile(name, selected) => {
                write!(f, "profile {name}, from ")?;
                match selected {
                    Selected::Flag => f.write_str("--profile"),
                    Selected::Variable => f.write_str(VARIABLE),
                    Selected::ProjectFile(path) => write!(f, "{}", path.display()),
                    Selected::Default => f.write_str("the default"),
                }
            }
        }
    }
}

/// Names a profile.
const VARIABLE: &str = "VONAGE_VIDEO_PROFILE";
/// What a profile is called that means the running emulator.
const EMULATOR: &str = "emulator";

impl Whose {
    /// Finds the target. `opentok` prefers the OpenTok project of an emulator, which has both.
    pub(crate) fn target(&self, opentok: bool) -> Result<Target, Failure> {
        let mut target = self.found(opentok)?;
        // A flag is said for this command alone, and so is right beside anything.
        if let Some(url) = &self.base_url {
            target.base_url = Some(url.clone());
        }
        target.allow_plain_http = self.allow_plain_http;
        Ok(target)
    }

    /// A client of the target.
    pub(crate) fn client(&self, opentok: bool) -> Result<Client, Failure> {
        self.target(opentok)?.client()
    }

    fn found(&self, opentok: bool) -> Result<Target, Failure> {
        if let Some(credentials) = self.credentials_of_flags()? {
            return Ok(target(credentials, None, Origin::Flags));
        }
        if let Some(url) = &self.picked.emulator {
            return of_emulator(Some(url.as_str()).filter(|url| !url.is_empty()), opentok);
        }
        if let Some(name) = &self.picked.profile {
            return of_profile(name, Selected::Flag, opentok);
        }
        let variable = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
        if let Some(name) = variable(VARIABLE) {
            return of_profile(&name, Selected::Variable, opentok);
        }
        let known = [
            env_names::VONAGE_APPLICATION_ID,
            env_names::VONAGE_PRIVATE_KEY,
            env_names::VONAGE_PRIVATE_KEY_PATH,
            env_names::OPENTOK_API_KEY,
            env_names::OPENTOK_API_SECRET,
        ];
        if !known.iter().any(|name| variable(name).is_some()) {
            if let Some((name, path)) = file::of_project()? {
                return of_profile(&name, Selected::ProjectFile(path), opentok);
            }
            if let Some(name) = file::read()?.default {
                return of_profile(&name, Selected::Default, opentok);
            }
        }
        self.target_of_environment()
    }

    fn credentials_of_flags(&self) -> Result<Option<Credentials>, Failure> {
        if let (Some(id), Some(file)) = (&self.application_id, &self.private_key_file) {
            return Ok(Some(made(Credentials::vonage(
                id,
                &secret::from_file(file)?,
            ))?));
        }
        let Some(key) = &self.api_key else {
            return Ok(None);
        };
        let secret = match (&self.api_secret, &self.api_secret_file) {
            (Some(secret), _) => secret.clone(),
            (None, Some(file)) if file == "-" => input::standard_input()?,
            (None, Some(file)) => secret::from_file(file.as_ref())?,
            (None, None) => return Ok(None),
        };
        self.opentok(key, secret.trim()).map(Some)
    }

    fn opentok(&self, key: &str, secret: &str) -> Result<Credentials, Failure> {
        made(if self.account {
            Credentials::opentok_account(key, secret)
        } else {
            Credentials::opentok(key, secret)
        })
    }

    fn target_of_environment(&self) -> Result<Target, Failure> {
        let variable = |name: &str| env::var(name).ok();
        let credentials = if self.account {
            let part = |name| variable(name).unwrap_or_default();
            self.opentok(
                &part(env_names::OPENTOK_API_KEY),
                &part(env_names::OPENTOK_API_SECRET),
            )?
        } else {
            made(Credentials::from_vars(variable))?
        };
        let url = variable(env_names::VONAGE_VIDEO_BASE_URL).filter(|url| !url.trim().is_empty());
        Ok(target(credentials, url, Origin::Environment))
    }
}

fn target(credentials: Credentials, base_url: Option<String>, origin: Origin) -> Target {
    Target {
        credentials,
        base_url,
        origin,
        confirm: false,
        allow_plain_http: false,
    }
}

fn made<E: fmt::Display>(credentials: Result<Credentials, E>) -> Result<Credentials, Failure> {
    credentials.map_err(|error| Failure::Auth(error.to_string()))
}

fn of_emulator(url: Option<&str>, opentok: bool) -> Result<Target, Failure> {
    let running = running::find(url)?;
    let credentials = made(Credentials::from_vars(|name| {
        let hidden = if opentok { "VONAGE_" } else { "OPENTOK_" };
        running
            .variable(name)
            .filter(|_| !name.starts_with(hidden))
            .map(str::to_owned)
    }))?;
    let origin = Origin::Emulator(running.url.clone());
    Ok(target(credentials, Some(running.url), origin))
}

fn of_profile(name: &str, selected: Selected, opentok: bool) -> Result<Target, Failure> {
    let mut file = file::read()?;
    let Some(profile) = file.profiles.remove(name) else {
        if name == EMULATOR {
            return of_emulator(None, opentok);
        }
        let known: Vec<String> = file.profiles.into_keys().collect();
        return Err(Failure::usage(format!(
            "there is no profile `{name}`; there are: {}",
            if known.is_empty() {
                "none".to_owned()
            } else {
                known.join(", ")
            }
        )));
    };
    let credentials = credentials_of(name, &profile)?;
    let origin = Origin::Profile(name.to_owned(), selected);
    let mut target = target(credentials, profile.base_url, origin);
    target.confirm = profile.confirm;
    Ok(target)
}

/// The credentials that a profile names.
pub(super) fn credentials_of(name: &str, profile: &Profile) -> Result<Credentials, Failure> {
    let secret = secret::read(name, profile)?;
    match (&profile.application_id, &profile.api_key) {
        (Some(id), None) => made(Credentials::vonage(id, &secret)),
        (None, Some(key)) => made(Credentials::opentok(key, secret.trim())),
        _ => Err(Failure::usage(format!(
            "profile {name} needs either application_id or api_key"
        ))),
    }
}

fn is_local(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|local| host.starts_with(local))
}

impl Target {
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        let mut builder = Client::builder(self.credentials.clone());
        // Credentials that do not come from the environment are not sent to an address from there.
        builder = match &self.base_url {
            Some(url) => builder.base_url(url),
            None => builder.variables(|name| {
                env::var(name)
                    .ok()
                    .filter(|_| name != env_names::VONAGE_VIDEO_BASE_URL)
            }),
        };
        if self.allow_plain_http {
            builder = builder.allow_plain_http();
        }
        Ok(builder.build()?)
    }

    /// The emulator that it is of; `None` for the service, and for an address that is not known to
    /// be an emulator's.
    pub(crate) fn emulator(&self) -> Option<Running> {
        let url = match &self.origin {
            Origin::Emulator(url) => Some(url),
            // As the variables of an emulator have it.
            _ => self.base_url.as_ref().filter(|url| is_local(url)),
        };
        running::find(Some(url?)).ok()
    }

    /// Says what is used, to who wants to know.
    pub(crate) fn tell(&self) {
        let url = self.base_url.as_deref().unwrap_or("the service");
        note(format_args!(
            "project {} at {url}, from {}",
            self.credentials.project(),
            self.origin
        ));
    }
}
