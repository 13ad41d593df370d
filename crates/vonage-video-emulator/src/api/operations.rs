//! The operations of the API, performed for one caller. The handlers of each resource are in
//! `handlers/`.

use std::time::SystemTime;

use vonage_video_auth::{SessionInfo, Verifier};
use vonage_video_core::{Matched, Operation, SessionId};

use crate::{
    api::{
        caller::Caller,
        links::Links,
        refusal::{ApiResult, Refusal},
        sdk::Demands,
    },
    world::{Admission, ListOf, Session, World},
};

/// What the API needs to know besides the world.
#[derive(Debug)]
pub(crate) struct Context<'s> {
    pub(crate) links: &'s Links,
    /// Verifies the account-level tokens of OpenTok.
    pub(crate) account: &'s Verifier,
    /// The wall clock's time, by which credentials are checked.
    pub(crate) wall: SystemTime,
    /// The user agent that responses are for; that of each request when unset.
    pub(crate) respond_as: Option<&'s str>,
    /// The request's id.
    pub(crate) trace: String,
}

/// The world as one caller reads and changes it. Each operation is a method of its own name.
pub(crate) struct Operations<'w> {
    pub(crate) world: &'w mut World,
    pub(crate) caller: &'w Caller,
    pub(crate) context: &'w Context<'w>,
    pub(crate) demands: Demands,
}

impl Operations<'_> {
    /// A session of the caller.
    pub(crate) fn session(&self, id: &SessionId) -> ApiResult<&Session> {
        if SessionInfo::decode(id.as_str()).is_err() {
            return Err(Refusal::bad_request("Invalid session ID"));
        }
        self.world
            .sessions()
            .get(id)
            .filter(|session| session.project == self.caller.project)
            .ok_or_else(no_session)
    }

    /// What the client token in a request allows in a session.
    pub(crate) fn admission_for_token(
        &self,
        session: &SessionId,
        token: &str,
    ) -> ApiResult<Admission> {
        self.world
            .admission_for_token(session, token, self.context.wall)
            .map_err(|error| Refusal::forbidden(format!("Invalid token: {error}")))
    }

    /// The list of a session, if it belongs to the caller; without one, the list of the caller's
    /// project.
    pub(crate) fn list<'i>(&'i self, session: Option<&'i SessionId>) -> ApiResult<ListOf<'i>> {
        match session {
            Some(id) => self.session(id).map(|_| ListOf::Session(id)),
            None => Ok(ListOf::Project(&self.caller.project)),
        }
    }
}

/// Reads an operation from a request, checks it, and performs it.
pub(crate) fn perform<O: Operation>(
    matched: &Matched,
    handler: impl FnOnce(O) -> ApiResult<O::Output>,
) -> ApiResult<O::Output> {
    let operation = matched.decode::<O>()?;
    operation.validate()?;
    handler(operation)
}

pub(crate) fn no_session() -> Refusal {
    Refusal::no_session()
}

/// The session has no clients, in the words of the live service.
pub(crate) fn no_clients() -> Refusal {
    Refusal::not_found("Not found. No clients are actively connected to the OpenTok session.")
}

/// A value that the service does not know. The client's types are open, the service is not.
pub(crate) fn unknown_value(field: &str, value: impl std::fmt::Display) -> Refusal {
    Refusal::bad_request(format!("Invalid {field}: {value}"))
}
