//! A SIP call as the emulator keeps it.

use serde::{Deserialize, Serialize};
use vonage_video_core::{ConnectionId, ProjectId, SessionId, SipCallId, models::SipCallState};

use crate::world::clock::Millis;

/// A SIP call as the emulator keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CallRecord {
    pub(crate) id: SipCallId,
    pub(crate) project: ProjectId,
    pub(crate) session: SessionId,
    pub(crate) connection: ConnectionId,
    pub(crate) created: Millis,
    pub(crate) state: SipCallState,
    /// When the next state comes, while there is one.
    pub(crate) next_state_at: Option<Millis>,
    pub(crate) ends_at: Millis,
    /// Whether the far end can be reached.
    pub(crate) reachable: bool,
    pub(crate) observes_mute: bool,
}
