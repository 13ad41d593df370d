//! A signed client token, with its times.

use std::{fmt, time::SystemTime};

use super::draft::Times;
use crate::time::{from_unix_seconds, refresh_after};

/// A signed client token, with its expiry and the time at which to fetch the next one. Made by
/// [`ClientTokenBuilder::issue`](crate::ClientTokenBuilder::issue).
///
/// A client needs a valid token whenever it joins again, also hours later. Hand it the token with
/// [`refresh_after`](Self::refresh_after), and let it ask for another one from then on.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vonage_video_auth::Credentials;
/// # let session_id = concat!(
/// #     "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERU",
/// #     "IDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg",
/// # );
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// let credentials = Credentials::opentok("123456", "1234567890abcdef1234567890abcdef1234567890")?;
/// let token = credentials.token(session_id).ttl(Duration::from_secs(3_600)).issue_at(now)?;
/// assert_eq!(token.expires_at(), now + Duration::from_secs(3_600));
/// assert_eq!(token.refresh_after(), now + Duration::from_secs(2_880));
/// # Ok::<(), vonage_video_auth::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ClientToken {
    text: String,
    times: [i64; 2],
}

impl ClientToken {
    pub(super) fn new(text: String, times: Times) -> Self {
        Self {
            text,
            times: [times.issued, times.expires],
        }
    }

    /// The token itself, for the client.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The token itself, without its times.
    pub fn into_string(self) -> String {
        self.text
    }

    /// The time of issue.
    pub fn issued_at(&self) -> SystemTime {
        let [issued, _] = self.times;
        from_unix_seconds(issued).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// When the token expires.
    pub fn expires_at(&self) -> SystemTime {
        let [_, expires] = self.times;
        from_unix_seconds(expires).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// From when on the client should fetch another token: after four fifths of the ttl.
    pub fn refresh_after(&self) -> SystemTime {
        let [issued, expires] = self.times;
        from_unix_seconds(refresh_after(issued, expires)).unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

/// Does not show the token, which lets its holder join.
impl fmt::Debug for ClientToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientToken")
            .field("issued_at", &self.issued_at())
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}

impl From<ClientToken> for String {
    fn from(token: ClientToken) -> Self {
        token.into_string()
    }
}
