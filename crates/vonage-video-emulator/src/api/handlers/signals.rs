//! Signals to clients.

use http::StatusCode;
use vonage_video_core::{
    Matched,
    operations::{SignalConnection, SignalSession},
};

use super::connections::not_connected;
use crate::{
    api::{
        operations::{Operations, no_clients},
        refusal::{ApiResult, Refusal},
    },
    world::{Audience, Notice},
};

const LONGEST_TYPE: usize = 128;
const LONGEST_DATA: usize = 8192;

/// Checks a signal before it is read: its errors have a status or a code of their own.
pub(crate) fn check(matched: &Matched) -> ApiResult<()> {
    if !matches!(matched.meta.id, "signal_session" | "signal_connection") {
        return Ok(());
    }
    let too_large = |what: &str| Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, what));
    match (matched.text("type"), matched.text("data")) {
        (_, None) => Err(Refusal::bad_request("Signal payload 'data' must be set").code(15202)),
        (_, Some(data)) if data.len() > LONGEST_DATA => {
            too_large("Signal data is longer than 8 kB")
        }
        (Some(kind), _) if kind.len() > LONGEST_TYPE => {
            too_large("Signal type is longer than 128 bytes")
        }
        _ => Ok(()),
    }
}

impl Operations<'_> {
    pub(crate) fn signal_session(&mut self, request: SignalSession) -> ApiResult<()> {
        if self.session(&request.session_id)?.connections.is_empty() {
            return Err(no_clients());
        }
        let signal = signal(request.kind, request.data);
        self.world.tell(&request.session_id, Audience::All, signal);
        Ok(())
    }

    pub(crate) fn signal_connection(&mut self, request: SignalConnection) -> ApiResult<()> {
        let session = self.session(&request.session_id)?;
        if !session.connections.contains(&request.connection_id) {
            return Err(not_connected());
        }
        let to = Audience::Only(request.connection_id);
        let signal = signal(request.kind, request.data);
        self.world.tell(&request.session_id, to, signal);
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
