//! What each operation does: one file a resource.

mod archive_storage;
mod archives;
mod audio_connector;
mod broadcasts;
mod callbacks;
mod captions;
mod connections;
mod moderation;
mod projects;
mod renders;
mod sessions;
mod signals;
mod sip;
mod streams;

use vonage_video_core::{SessionId, StreamId};

use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{self as state, World, admission::Pass, records::ListOf},
};

pub(crate) use signals::refused;

/// A value that the API does not know, where the client's types are open but the service is not.
fn unknown_value(field: &str, value: impl std::fmt::Display) -> Refusal {
    Refusal::bad_request(format!("Invalid {field}: {value}"))
}

/// Streams are chosen among those of the session.
fn unknown_streams(session: &state::Session, streams: Option<&[StreamId]>) -> Reply<()> {
    let missing = streams
        .unwrap_or_default()
        .iter()
        .find(|id| !session.streams.contains(id.as_str()));
    match missing {
        Some(id) => Err(Refusal::bad_request(format!("Stream {id} not found"))),
        None => Ok(()),
    }
}

impl World {
    /// What a client token in a request lets its bearer do in a session.
    fn bearer(&self, session: &SessionId, token: &str) -> Reply<Pass> {
        self.pass(session.as_str(), token)
            .map_err(|error| Refusal::forbidden(format!("Invalid token: {error}")))
    }

    /// The list of a session, if it is the caller's; or else that of the caller's project.
    fn list<'i>(
        &mut self,
        caller: &'i Caller,
        session: Option<&'i SessionId>,
    ) -> Reply<ListOf<'i>> {
        match session {
            Some(id) => self
                .session(caller, id)
                .map(|_| ListOf::Session(id.as_str())),
            None => Ok(ListOf::Project(&caller.project)),
        }
    }
}
