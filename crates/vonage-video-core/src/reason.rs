//! The condition behind a refusal.

use http::StatusCode;

use crate::api_error::ApiError;

/// Why the server refused, as far as its status, code and words tell. The raw answer stays beside it, in [`ApiError`].
///
/// The service tells conditions of one status apart by codes and words only; they were collected from recorded answers, so an answer in other words
/// reads as [`Other`](Self::Other), unless its status has but one documented cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// No client is connected to the session: start again when one is.
    NoClientsConnected,
    /// The session is being recorded or broadcast already; another needs a tag of its own.
    AlreadyStarted,
    /// The session is relayed; this needs a routed one.
    SessionIsRelayed,
    /// Captions are on already for this session.
    CaptionsAlreadyOn,
    /// Streams can be added and removed only in manual stream mode.
    NotInManualStreamMode,
    /// The archive or broadcast is not in a state in which it can be stopped or deleted.
    WrongState,
    /// The credentials, or this machine's clock, are not accepted.
    Unauthorized,
    /// Something named in the request does not exist.
    NotFound,
    /// A field is too large.
    TooLarge,
    /// Too many requests.
    RateLimited,
    /// Anything else.
    Other,
}

/// Codes of the platform; from recorded answers.
mod code {
    pub(super) const ARCHIVE_NOT_STOPPABLE: i64 = 15002;
    pub(super) const ARCHIVE_NOT_DELETABLE: i64 = 15004;
    pub(super) const ARCHIVE_NEEDS_ROUTED: i64 = 15008;
    pub(super) const CAPTIONS_ON: i64 = 60003;
}

impl Reason {
    pub(crate) fn of(operation: &str, error: &ApiError) -> Self {
        match error.code {
            Some(code::ARCHIVE_NOT_STOPPABLE | code::ARCHIVE_NOT_DELETABLE) => {
                return Self::WrongState;
            }
            Some(code::ARCHIVE_NEEDS_ROUTED) => return Self::SessionIsRelayed,
            Some(code::CAPTIONS_ON) => return Self::CaptionsAlreadyOn,
            _ => {}
        }
        let words = [
            error.message.as_str(),
            error.description.as_deref().unwrap_or_default(),
        ]
        .join(" ")
        .to_lowercase();
        let says = |parts: &[&str]| parts.iter().any(|part| words.contains(part));

        match error.status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Self::Unauthorized,
            StatusCode::METHOD_NOT_ALLOWED if changes_streams(operation) => {
                Self::NotInManualStreamMode
            }
            // So says the OpenAPI document, of what the SDKs know as 405.
            StatusCode::BAD_REQUEST if changes_streams(operation) && says(&["manual"]) => {
                Self::NotInManualStreamMode
            }
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Self::RateLimited,
            StatusCode::BAD_REQUEST | StatusCode::NOT_FOUND
                if says(&["no clients", "not connected"]) =>
            {
                Self::NoClientsConnected
            }
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::CONFLICT
                if says(&["routed", "relayed", "p2p", "peer to peer", "peer-to-peer"]) =>
            {
                Self::SessionIsRelayed
            }
            // The one documented cause, whatever the words.
            StatusCode::CONFLICT if operation == "start_captions" => Self::CaptionsAlreadyOn,
            StatusCode::CONFLICT if matches!(operation, "dial" | "connect_websocket") => {
                Self::SessionIsRelayed
            }
            StatusCode::CONFLICT if operation.starts_with("start_") && says(&["already"]) => {
                Self::AlreadyStarted
            }
            StatusCode::CONFLICT
                if operation.starts_with("stop_") || operation.starts_with("delete_") =>
            {
                Self::WrongState
            }
            _ => Self::Other,
        }
    }
}

/// Whether an operation adds or removes a stream of an archive or a broadcast.
fn changes_streams(operation: &str) -> bool {
    operation.ends_with("_stream")
        && (operation.starts_with("add_") || operation.starts_with("remove_"))
}
