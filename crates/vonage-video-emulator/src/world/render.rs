//! An Experience Composer as the emulator keeps it.

use serde::{Deserialize, Serialize};
use vonage_video_core::{ConnectionId, ProjectId, SessionId, models::Render};

use crate::world::{admission::Admission, clock::Millis, records::Listed};

/// An Experience Composer as the emulator keeps it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RenderRecord {
    pub(crate) project: ProjectId,
    pub(crate) model: Render,
    /// Its place in the session, once started.
    pub(crate) connection: Option<ConnectionId>,
    /// What its token allows.
    pub(crate) admission: Admission,
    pub(crate) starts_at: Millis,
    pub(crate) ends_at: Millis,
}

impl Listed for RenderRecord {
    fn project(&self) -> &ProjectId {
        &self.project
    }

    fn session(&self) -> &SessionId {
        &self.model.session_id
    }

    fn id(&self) -> &str {
        self.model.id.as_str()
    }
}
