//! The sender of a request, once its credentials have been verified.

use vonage_video_auth::Environment;
use vonage_video_core::ProjectId;

use crate::world::Owner;

/// The sender of a request, once its credentials have been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The service that it calls.
    pub(crate) environment: Environment,
    /// The application id or API key of its credentials; for account-level credentials, the
    /// account's key.
    pub(crate) project: ProjectId,
    /// Whether these are account-level credentials of OpenTok.
    pub(crate) account: bool,
}

impl Caller {
    /// How models name it.
    pub(crate) fn owner(&self) -> Owner {
        Owner::new(self.environment, &self.project)
    }
}
