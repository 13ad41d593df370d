//! What the service itself brings into a session: composed pages, telephone calls, audio connectors, captions.

use vonage_video_core::models::{CaptionsEvent, Render, SipCallState};

use crate::world::{clock::Millis, records::Listed};

/// An Experience Composer as the emulator keeps it.
#[derive(Clone, Debug)]
pub(crate) struct RenderRecord {
    pub(crate) project: String,
    pub(crate) model: Render,
    /// Its place in the session, once started.
    pub(crate) connection: Option<String>,
    /// What its token lets it in with.
    pub(crate) pass: crate::world::admission::Pass,
    pub(crate) starts_at: Millis,
    pub(crate) ends_at: Millis,
}

impl Listed for RenderRecord {
    fn project(&self) -> &str {
        &self.project
    }

    fn session(&self) -> &str {
        self.model.session_id.as_str()
    }
}

/// Live captions as the emulator keeps them.
#[derive(Clone, Debug)]
pub(crate) struct CaptionsRecord {
    pub(crate) project: String,
    pub(crate) model: CaptionsEvent,
    pub(crate) callback_url: Option<String>,
    pub(crate) started: Millis,
    pub(crate) ends_at: Millis,
}

/// A SIP call as the emulator keeps it.
#[derive(Clone, Debug)]
pub(crate) struct CallRecord {
    pub(crate) id: String,
    pub(crate) project: String,
    pub(crate) session: String,
    pub(crate) connection: String,
    pub(crate) created: Millis,
    pub(crate) state: SipCallState,
    /// When the next state comes, while there is one.
    pub(crate) next_state_at: Option<Millis>,
    pub(crate) ends_at: Millis,
    /// Whether the far end can be reached.
    pub(crate) reachable: bool,
    pub(crate) observes_mute: bool,
}
