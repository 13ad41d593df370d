//! What the world reports when it changes, for webhooks.

use vonage_video_core::{ProjectId, WebhookEvent};

/// An event of a project.
///
/// An archive's event has no download links yet: the room that serves the files adds them.
#[derive(Clone, Debug)]
pub(crate) struct Happening {
    pub(crate) project: ProjectId,
    /// The URL that the request named for these events; it replaces the project's webhooks.
    pub(crate) url: Option<String>,
    pub(crate) event: WebhookEvent,
}
