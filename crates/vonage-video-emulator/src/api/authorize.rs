//! Who calls: credentials, verified for real.

use http::{
    HeaderMap, StatusCode,
    header::{AUTHORIZATION, HeaderName},
};
use vonage_video_auth::Environment;
use vonage_video_auth::{Peeked, VerifyError, peek};

use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::World,
};

const OPENTOK_AUTH: HeaderName = HeaderName::from_static("x-opentok-auth");

/// A token, and the header that it came in.
enum Credential<'h> {
    Vonage(&'h str),
    OpenTok(&'h str),
}

impl World {
    /// Finds out who calls. `project` is the one in the path.
    pub(crate) fn authorize(&self, headers: &HeaderMap, project: Option<&str>) -> Reply<Caller> {
        let credential = Credential::read(headers).ok_or_else(|| match project {
            Some(id) if self.environment_of(id) == Environment::Vonage => {
                unauthorized("You did not provide credentials.")
            }
            _ => forbidden("No suitable authentication found"),
        })?;
        let caller = match credential {
            Credential::Vonage(token) => self.vonage_caller(token).map_err(|reason| {
                unauthorized(&format!(
                    "You did not provide correct credentials: {reason}."
                ))
            })?,
            Credential::OpenTok(token) => self.opentok_caller(token)?,
        };
        if !caller.account && self.is_suspended(&caller.project) {
            return Err(forbidden("The project is suspended"));
        }
        match project {
            Some(id) if !id.eq_ignore_ascii_case(&caller.project) => Err(forbidden(
                "Id in the token does not match the one in the url",
            )),
            _ => Ok(caller),
        }
    }

    /// Whose project an id is: that of a project that is known, or by its look.
    pub(crate) fn environment_of(&self, project: &str) -> Environment {
        match self.projects.get(project) {
            Some(known) => known.project.environment(),
            None if project.bytes().all(|byte| byte.is_ascii_digit()) => Environment::OpenTok,
            None => Environment::Vonage,
        }
    }

    fn vonage_caller(&self, token: &str) -> Result<Caller, String> {
        let peeked = peek(token).map_err(|error| error.to_string())?;
        let project = self
            .named(&peeked, Environment::Vonage)
            .ok_or("the application is not known")?;
        let verifier = self
            .projects
            .get(&project)
            .map(|known| known.project.verifier())
            .ok_or("the application is not known")?;
        verifier
            .verify_rest_token(token, self.wall())
            .map_err(|error| error.to_string())?;
        Ok(Caller {
            environment: Environment::Vonage,
            project,
            account: false,
        })
    }

    fn opentok_caller(&self, token: &str) -> Reply<Caller> {
        let peeked = peek(token).map_err(|error| forbidden(&format!("Invalid token: {error}")))?;
        if peeked.account {
            return self.account_caller(token, &peeked);
        }
        let unknown = || forbidden("Issuer not found");
        let project = self
            .named(&peeked, Environment::OpenTok)
            .ok_or_else(unknown)?;
        let known = self.projects.get(&project).ok_or_else(unknown)?;
        known
            .project
            .verifier()
            .verify_rest_token(token, self.wall())
            .map_err(|error| refused(&error))?;
        Ok(Caller {
            environment: Environment::OpenTok,
            project,
            account: false,
        })
    }

    fn account_caller(&self, token: &str, peeked: &Peeked) -> Reply<Caller> {
        let verifier = self
            .account
            .as_ref()
            .filter(|account| peeked.project.as_deref() == Some(account.project()))
            .ok_or_else(|| forbidden("Issuer not found"))?;
        verifier
            .verify_rest_token(token, self.wall())
            .map_err(|error| refused(&error))?;
        Ok(Caller {
            environment: Environment::OpenTok,
            project: verifier.project().to_owned(),
            account: true,
        })
    }

    /// The project that a token names, if it is one of that environment.
    fn named(&self, peeked: &Peeked, environment: Environment) -> Option<String> {
        let name = peeked.project.as_deref()?;
        let known = self.projects.get(name)?;
        (known.project.environment() == environment).then(|| known.project.id().to_owned())
    }

    fn is_suspended(&self, project: &str) -> bool {
        self.projects
            .get(project)
            .is_some_and(|project| project.suspended)
    }
}

impl<'h> Credential<'h> {
    fn read(headers: &'h HeaderMap) -> Option<Self> {
        if let Some(value) = headers.get(OPENTOK_AUTH) {
            return Some(Self::OpenTok(value.to_str().ok()?.trim()));
        }
        let (scheme, token) = headers
            .get(AUTHORIZATION)?
            .to_str()
            .ok()?
            .trim()
            .split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| Self::Vonage(token.trim()))
    }
}

fn refused(error: &VerifyError) -> Refusal {
    forbidden(&format!("Invalid token: {error}"))
}

fn forbidden(message: &str) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, message).code(-1)
}

/// The answer of the gateway in front of the Vonage service.
fn unauthorized(detail: &str) -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, detail).by_gateway()
}
