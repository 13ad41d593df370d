use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use crate::client_token::{Draft, Ttl};
use crate::time::{in_words, seconds_up};
use crate::{Role, Seed, TokenError};

/// Limits that the author of a server sets on client tokens, and that nothing in a request can
/// widen.
///
/// A server that takes a role, a ttl or a session from its client hands them to the token's
/// builder as they are, and the policy with them. The policy is applied when the token is signed,
/// so the order of the calls does not matter; several policies all hold.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vonage_video_auth::{Credentials, Role, TokenError, TokenPolicy};
/// # let session_id = "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERUIDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg";
/// # let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// const TTL: Duration = Duration::from_secs(60 * 60);
///
/// let policy = TokenPolicy::new().highest_role(Role::Publisher).longest_ttl(TTL).require_data();
/// let credentials = Credentials::opentok("123456", "1234567890abcdef1234567890abcdef1234567890")?;
///
/// let from_the_client = "moderator";
/// let refused = credentials.token(session_id).role(from_the_client).data("user=7").policy(&policy).sign_at(now);
/// assert!(matches!(refused, Err(TokenError::Policy(_))));
/// # Ok::<(), vonage_video_auth::CredentialsError>(())
/// ```
#[derive(Clone, Default)]
pub struct TokenPolicy {
    highest_role: Option<Role>,
    longest_ttl: Option<Duration>,
    sessions: Option<Vec<String>>,
    data: RequiredData,
    over_limit: OverLimit,
}

/// What a [`TokenPolicy`] does with a token that asks for more than it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OverLimit {
    /// Refuse to sign. The default: the request is wrong or hostile, and somebody should know.
    #[default]
    Refuse,
    /// Sign with the highest role, the longest ttl and the required data instead. What has no
    /// smaller form is still refused: another session, missing data, and a role with rights that
    /// the highest role lacks while it lacks others.
    Clamp,
}

#[derive(Clone, Default)]
enum RequiredData {
    #[default]
    None,
    Some,
    Exactly(String),
}

impl TokenPolicy {
    /// Allows everything, until told otherwise.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The most that a token may allow. A role that this crate does not know is over every limit
    /// but itself.
    #[must_use]
    pub fn highest_role(mut self, role: impl Into<Role>) -> Self {
        self.highest_role = Some(role.into());
        self
    }

    /// The longest that a token may live. A token for which no ttl is asked lives for this long
    /// where the default of 24 hours is longer.
    #[must_use]
    pub fn longest_ttl(mut self, ttl: Duration) -> Self {
        self.longest_ttl = Some(ttl);
        self
    }

    /// The only sessions that tokens may be for. An empty list allows none.
    #[must_use]
    pub fn sessions<S: Into<String>>(mut self, sessions: impl IntoIterator<Item = S>) -> Self {
        self.sessions = Some(sessions.into_iter().map(Into::into).collect());
        self
    }

    /// Every token must have connection data, whatever it says.
    #[must_use]
    pub fn require_data(mut self) -> Self {
        self.data = RequiredData::Some;
        self
    }

    /// Every token carries exactly this connection data. It is filled in where none is given.
    #[must_use]
    pub fn data(mut self, data: impl Into<String>) -> Self {
        self.data = RequiredData::Exactly(data.into());
        self
    }

    /// What happens to a token that asks for more.
    #[must_use]
    pub fn over_limit(mut self, over_limit: OverLimit) -> Self {
        self.over_limit = over_limit;
        self
    }

    pub(crate) fn apply(&self, draft: &mut Draft<'_>, seed: &Seed) -> Result<(), TokenError> {
        self.hold_session(draft.session_id)?;
        self.hold_role(&mut draft.role)?;
        self.hold_data(&mut draft.data)?;
        self.hold_ttl(draft, seed)
    }

    fn hold_session(&self, session_id: &str) -> Result<(), PolicyError> {
        match &self.sessions {
            Some(allowed) if !allowed.iter().any(|allowed| allowed == session_id) => {
                Err(PolicyError::Session)
            }
            _ => Ok(()),
        }
    }

    fn hold_role(&self, role: &mut Role) -> Result<(), PolicyError> {
        let Some(highest) = &self.highest_role else {
            return Ok(());
        };
        if role.is_within(highest) {
            return Ok(());
        }
        // Only a role that has all the rights of the highest one is made smaller by becoming it.
        if self.over_limit == OverLimit::Clamp && highest.is_within(role) {
            *role = highest.clone();
            return Ok(());
        }
        Err(PolicyError::Role {
            asked: role.clone(),
            highest: highest.clone(),
        })
    }

    fn hold_data(&self, data: &mut Option<Cow<'_, str>>) -> Result<(), PolicyError> {
        match &self.data {
            RequiredData::None => Ok(()),
            RequiredData::Some if data.as_deref().is_none_or(|data| data.trim().is_empty()) => {
                Err(PolicyError::DataMissing)
            }
            RequiredData::Some => Ok(()),
            RequiredData::Exactly(required) => {
                match data.as_deref() {
                    Some(given) if given == required => return Ok(()),
                    Some(_) if self.over_limit == OverLimit::Refuse => {
                        return Err(PolicyError::DataDiffers);
                    }
                    _ => *data = Some(Cow::Owned(required.clone())),
                }
                Ok(())
            }
        }
    }

    fn hold_ttl(&self, draft: &mut Draft<'_>, seed: &Seed) -> Result<(), TokenError> {
        let Some(longest) = self.longest_ttl else {
            return Ok(());
        };
        // A ttl that is out of bounds for any token is an error before it is one for this policy,
        // clamped or not: it is a slip of the unit.
        let asked = draft.ttl_in_seconds(seed)?;
        if asked <= seconds_up(longest) {
            return Ok(());
        }
        if draft.ttl == Ttl::Default || self.over_limit == OverLimit::Clamp {
            draft.ttl = Ttl::For(longest);
            return Ok(());
        }
        Err(TokenError::Policy(PolicyError::Ttl {
            asked: Duration::from_secs(asked.unsigned_abs()),
            longest,
        }))
    }
}

impl fmt::Debug for TokenPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenPolicy")
            .field("highest_role", &self.highest_role)
            .field("longest_ttl", &self.longest_ttl)
            .field("sessions", &self.sessions.as_ref().map(Vec::len))
            .field("over_limit", &self.over_limit)
            .finish_non_exhaustive()
    }
}

/// What a [`TokenPolicy`] had against a token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// A role with more rights than allowed.
    Role {
        /// The role that was asked for.
        asked: Role,
        /// The highest one allowed.
        highest: Role,
    },
    /// A longer ttl than allowed.
    Ttl {
        /// The ttl that was asked for.
        asked: Duration,
        /// The longest one allowed.
        longest: Duration,
    },
    /// A session that is not among the allowed ones.
    Session,
    /// No connection data where some is required.
    DataMissing,
    /// Other connection data than required.
    DataDiffers,
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the token policy forbids this: ")?;
        match self {
            Self::Role { asked, highest } => {
                write!(
                    f,
                    "the role {:?} is not within the highest role {:?}",
                    asked.as_str(),
                    highest.as_str()
                )
            }
            Self::Ttl { asked, longest } => {
                write!(
                    f,
                    "a ttl of {} is over the longest one of {}",
                    in_words(seconds_up(*asked)),
                    in_words(seconds_up(*longest))
                )
            }
            Self::Session => f.write_str("the session is not among the allowed ones"),
            Self::DataMissing => {
                f.write_str("the token has no connection data, and some is required")
            }
            Self::DataDiffers => f.write_str("the connection data is not the required one"),
        }
    }
}

impl std::error::Error for PolicyError {}
