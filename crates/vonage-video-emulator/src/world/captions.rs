//! Live captions as the emulator keeps them.

use serde::{Deserialize, Serialize};
use vonage_video_core::{ProjectId, models::CaptionsEvent};

use crate::world::clock::Millis;

/// Live captions as the emulator keeps them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CaptionsRecord {
    pub(crate) project: ProjectId,
    pub(crate) model: CaptionsEvent,
    pub(crate) callback_url: Option<String>,
    pub(crate) started: Millis,
    pub(crate) ends_at: Millis,
}
