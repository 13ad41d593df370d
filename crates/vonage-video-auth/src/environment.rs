//! The two environments of the Video API.

use std::fmt;

/// Which of the two services a credential, a token or a project belongs to.
///
/// The pair is closed: the platform has these two environments and is merging the second into the
/// first, so a `match` may name both and no third will break it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a closed pair, see the documentation above"
)]
pub enum Environment {
    /// The unified Vonage environment: application id (a UUID) and RSA private key.
    Vonage,
    /// The classic OpenTok environment: API key (a number) and API secret.
    OpenTok,
}

impl Environment {
    /// `"Vonage"` or `"OpenTok"`, as [`Display`](fmt::Display) prints it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vonage => "Vonage",
            Self::OpenTok => "OpenTok",
        }
    }

    /// The HTTP header that carries a REST token, in lower case as HTTP/2 requires:
    /// `authorization` for Vonage, `x-opentok-auth` for OpenTok.
    pub const fn auth_header(self) -> &'static str {
        match self {
            Self::Vonage => "authorization",
            Self::OpenTok => "x-opentok-auth",
        }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
