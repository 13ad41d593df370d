//! What the retry loop needs to know about a request besides its bytes.

use vonage_video_core::{Meta, Replay};

/// What a request is called and how it may be treated.
#[derive(Clone, Copy)]
pub(crate) struct Description {
    /// The operation's name in errors, traces and metrics.
    pub(crate) operation: &'static str,
    /// Its path with the parameters still in braces.
    pub(crate) template: &'static str,
    pub(crate) replay: Replay,
    /// The contract's description; `None` for a request built by hand.
    pub(crate) meta: Option<&'static Meta>,
}

impl Description {
    pub(crate) const fn of(meta: &'static Meta) -> Self {
        Self {
            operation: meta.id,
            template: meta.path,
            replay: meta.replay,
            meta: Some(meta),
        }
    }
}
