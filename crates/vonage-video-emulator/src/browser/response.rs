//! The responses to the requests of a page.

use serde_json::{Value, json};

use crate::world::{ClientError, JoinError};

/// The reason why a request was refused. The script knows by `what` which error of the client SDK
/// it is.
pub(super) struct Refusal {
    pub(super) what: &'static str,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(what: &'static str, message: impl std::fmt::Display) -> Self {
        Self {
            what,
            message: message.to_string(),
        }
    }
}

impl From<ClientError> for Refusal {
    fn from(error: ClientError) -> Self {
        let what = match error {
            ClientError::NotConnected => "notConnected",
            ClientError::NotAllowed { .. } => "notAllowed",
            ClientError::NoSuchStream => "noSuchStream",
            ClientError::NoSuchClient => "noSuchClient",
        };
        Self::new(what, error)
    }
}

impl From<JoinError> for Refusal {
    fn from(error: JoinError) -> Self {
        let what = match error {
            JoinError::NoSuchSession => "noSuchSession",
            _ => "badToken",
        };
        Self::new(what, error)
    }
}

/// Encodes the response to a request.
pub(super) fn encode(id: u64, result: Result<Value, Refusal>) -> String {
    let response = match result {
        Ok(value) => json!({ "re": id, "ok": value }),
        Err(Refusal { what, message }) => {
            json!({ "re": id, "error": { "what": what, "message": message } })
        }
    };
    response.to_string()
}
