//! What SDKs demand where they disagree: it goes by the user agent.

use http::{HeaderMap, header::USER_AGENT};

/// What the sender of a request demands where SDKs want contrary things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Demands {
    /// Whether a stopped render is answered with 204 instead of 200.
    pub(crate) no_content: bool,
    /// How the owner of connections is named on Vonage.
    pub(crate) owner: OwnerName,
}

/// The members that name the owner of a list of connections on Vonage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OwnerName {
    #[default]
    Both,
    ProjectId,
    ApplicationId,
}

impl Demands {
    /// The demands of the user agent that the emulator was set to, or else of the request's.
    pub(crate) fn of(set: Option<&str>, headers: &HeaderMap) -> Self {
        let agent = set.unwrap_or_else(|| {
            headers
                .get(USER_AGENT)
                .and_then(|agent| agent.to_str().ok())
                .unwrap_or_default()
        });
        let agent = agent.to_ascii_lowercase();
        let is = |names: &[&str]| names.iter().any(|name| agent.contains(name));
        let owner = if is(&["opentok-java", "vonage-java", "opentok-php"]) {
            OwnerName::ProjectId
        } else if is(&["opentok-dotnet", "vonage-dotnet"]) {
            OwnerName::ApplicationId
        } else {
            OwnerName::Both
        };
        Self {
            no_content: is(&["opentok-ruby"]),
            owner,
        }
    }
}
