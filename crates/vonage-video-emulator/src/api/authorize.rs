//! Authorization: credentials are verified for real.

use http::{
    HeaderMap, StatusCode,
    header::{AUTHORIZATION, HeaderName},
};
use vonage_video_auth::{Environment, Peeked, VerifyError, peek};
use vonage_video_core::ProjectId;

use crate::{
    api::{
        caller::Caller,
        operations::Context,
        refusal::{ApiResult, NO_ISSUER, Refusal},
    },
    world::{ProjectState, World},
};

const OPENTOK_AUTH: HeaderName = HeaderName::from_static("x-opentok-auth");

/// A token, by its header.
enum Credential<'h> {
    Vonage(&'h str),
    OpenTok(&'h str),
}

/// Finds out who sends a request. `project` is the one in the path.
pub(crate) fn authorize(
    world: &World,
    context: &Context<'_>,
    headers: &HeaderMap,
    project: Option<&ProjectId>,
) -> ApiResult<Caller> {
    let credential = Credential::read(headers).ok_or_else(|| match project {
        Some(id) if world.environment_of(id) == Environment::Vonage => {
            unauthorized("You did not provide credentials.")
        }
        _ => forbidden("No suitable authentication found"),
    })?;
    let caller = match credential {
        Credential::Vonage(token) => vonage_caller(world, context, token).map_err(|reason| {
            unauthorized(&format!(
                "You did not provide correct credentials: {reason}."
            ))
        })?,
        Credential::OpenTok(token) => opentok_caller(world, context, token)?,
    };
    let suspended = || {
        world
            .projects()
            .get(&caller.project)
            .is_some_and(|project| project.suspended)
    };
    if !caller.account && suspended() {
        return Err(forbidden("The project is suspended"));
    }
    match project {
        Some(id) if !id.as_str().eq_ignore_ascii_case(caller.project.as_str()) => Err(forbidden(
            "Id in the token does not match the one in the url",
        )),
        _ => Ok(caller),
    }
}

fn vonage_caller(world: &World, context: &Context<'_>, token: &str) -> Result<Caller, String> {
    let peeked = peek(token).map_err(|error| error.to_string())?;
    let known = named(world, &peeked, Environment::Vonage).ok_or("the application is not known")?;
    known
        .project
        .verifier()
        .verify_rest_token(token, context.wall)
        .map_err(|error| error.to_string())?;
    Ok(caller_of(known))
}

fn opentok_caller(world: &World, context: &Context<'_>, token: &str) -> ApiResult<Caller> {
    let peeked = peek(token).map_err(|error| refused(&error))?;
    if peeked.account {
        return account_caller(context, token, &peeked);
    }
    let is_key = |issuer: &str| issuer.bytes().all(|byte| byte.is_ascii_digit());
    if !peeked.project.as_deref().is_none_or(is_key) {
        return Err(forbidden("Invalid issuer format"));
    }
    let known = named(world, &peeked, Environment::OpenTok).ok_or_else(|| forbidden(NO_ISSUER))?;
    known
        .project
        .verifier()
        .verify_rest_token(token, context.wall)
        .map_err(|error| refused(&error))?;
    Ok(caller_of(known))
}

fn account_caller(context: &Context<'_>, token: &str, peeked: &Peeked) -> ApiResult<Caller> {
    let verifier = context.account;
    if peeked.project.as_deref() != Some(verifier.project()) {
        return Err(forbidden(NO_ISSUER));
    }
    verifier
        .verify_rest_token(token, context.wall)
        .map_err(|error| refused(&error))?;
    Ok(Caller {
        environment: Environment::OpenTok,
        project: verifier.project().into(),
        account: true,
    })
}

/// The project that a token names, if it belongs to the environment.
fn named<'w>(
    world: &'w World,
    peeked: &Peeked,
    environment: Environment,
) -> Option<&'w ProjectState> {
    let id = ProjectId::from(peeked.project.as_deref()?);
    world
        .projects()
        .get(&id)
        .filter(|known| known.project.environment() == environment)
}

fn caller_of(known: &ProjectState) -> Caller {
    Caller {
        environment: known.project.environment(),
        project: known.project.id().into(),
        account: false,
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

/// The service's words where they are known.
fn refused(error: &VerifyError) -> Refusal {
    match error {
        VerifyError::Malformed { .. } => forbidden("Invalid token format"),
        VerifyError::BadSignature | VerifyError::BadClaim { name: "ist" } => {
            forbidden("Invalid signature")
        }
        VerifyError::NotYetValid { .. } => {
            forbidden("issued time cannot be greater than current time")
        }
        _ => forbidden(&format!("Invalid token: {error}")),
    }
}

fn forbidden(message: &str) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, message)
        .code(-1)
        .repeated()
}

/// An error response of the gateway in front of the Vonage service.
fn unauthorized(detail: &str) -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, detail).by_gateway()
}
