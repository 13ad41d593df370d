//! Signals to clients.

use http::StatusCode;
use vonage_video_core::{
    Matched,
    operations::{SignalConnection, SignalSession},
};

use super::connections::not_connected;
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{World, nobody, notice::Notice},
};

const LONGEST_TYPE: usize = 128;
const LONGEST_DATA: usize = 8192;

/// What is refused of a signal before it is read, with a status and a code of its own.
pub(crate) fn refused(matched: &Matched) -> Option<Refusal> {
    if !matches!(matched.meta.id, "signal_session" | "signal_connection") {
        return None;
    }
    let too_large = |what: &str| Some(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, what));
    match (matched.text("type"), matched.text("data")) {
        (_, None) => Some(Refusal::bad_request("Invalid signal: data must be set").code(15202)),
        (_, Some(data)) if data.len() > LONGEST_DATA => {
            too_large("Signal data is longer than 8 kB")
        }
        (Some(kind), _) if kind.len() > LONGEST_TYPE => {
            too_large("Signal type is longer than 128 bytes")
        }
        _ => None,
    }
}

impl World {
    pub(in crate::api) fn signal_session(
        &mut self,
        caller: &Caller,
        request: SignalSession,
    ) -> Reply<()> {
        let session = self.session(caller, &request.session_id)?;
        if session.connections.is_empty() {
            return Err(nobody());
        }
        session.tell_all(&signal(request.kind, request.data));
        Ok(())
    }

    pub(in crate::api) fn signal_connection(
        &mut self,
        caller: &Caller,
        request: SignalConnection,
    ) -> Reply<()> {
        let session = self.session(caller, &request.session_id)?;
        let id = request.connection_id.as_str();
        if !session.connections.contains(id) {
            return Err(not_connected());
        }
        session.tell(id, signal(request.kind, request.data));
        Ok(())
    }
}

fn signal(kind: Option<String>, data: String) -> Notice {
    Notice::Signal {
        from: None,
        kind,
        data,
    }
}
