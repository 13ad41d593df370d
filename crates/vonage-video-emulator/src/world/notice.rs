//! What clients are told.

use serde::Serialize;
use vonage_video_core::{ConnectionId, StreamId};

/// Something that a client is told. As JSON it has the member `notice`, one of `signal`, `muted`,
/// `forceMute`, `dtmf`, `unpublished` and `disconnected`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(
    tag = "notice",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Notice {
    /// A signal.
    Signal {
        /// The client that sent it; `None` when a server did.
        from: Option<ConnectionId>,
        /// Its type, if it has one.
        #[serde(rename = "type")]
        kind: Option<String>,
        /// Its data.
        data: String,
    },
    /// One of the client's streams had its audio muted. The client may switch it on again.
    Muted {
        /// The stream.
        stream_id: StreamId,
    },
    /// New streams begin muted from now on, or no longer.
    ForceMute {
        /// Whether new streams begin muted.
        active: bool,
    },
    /// Telephone tones were played.
    Dtmf {
        /// The tones.
        digits: String,
    },
    /// One of the client's streams was ended by a moderator.
    Unpublished {
        /// The stream.
        stream_id: StreamId,
    },
    /// The client was disconnected from the session.
    Disconnected {
        /// `forceDisconnected`, `clientDisconnected` or `networkDisconnected`.
        reason: String,
    },
}
