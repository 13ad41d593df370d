//! Limits on client tokens that no request can widen.

use std::{borrow::Cow, fmt, time::Duration};

use super::{
    draft::{Draft, Ttl},
    error::TokenError,
    policy_error::PolicyError,
    seed::Seed,
};
use crate::{role::Role, time::seconds_up};

/// Limits that the author of a server sets on client tokens, and that nothing in a request can
/// widen.
///
/// A server that gets a role, a ttl or a session from its client passes them to the token's builder
/// as they are, and the policy with them. The policy is applied when the token is signed, so the
/// order of the calls does not matter; several policies all hold.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vonage_video_auth::{Credentials, Role, TokenError, TokenPolicy};
/// # let session_id = concat!(
/// #     "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERU",
/// #     "IDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg",
/// # );
/// # let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// const TTL: Duration = Duration::from_secs(60 * 60);
///
/// let policy = TokenPolicy::new().highest_role(Role::Publisher).longest_ttl(TTL).require_data();
/// let credentials = Credentials::opentok("123456", "1234567890abcdef1234567890abcdef1234567890")?;
///
/// let from_the_client = "moderator";
/// let refused = credentials
///     .token(session_id)
///     .role(from_the_client)
///     .data("user=7")
///     .policy(&policy)
///     .sign_at(now);
/// assert!(matches!(refused, Err(TokenError::Policy(_))));
/// # Ok::<(), vonage_video_auth::CredentialsError>(())
/// ```
#[derive(Clone, Default)]
#[doc(alias("permissions", "grant"))]
pub struct TokenPolicy {
    pub(crate) highest_role: Option<Role>,
    pub(crate) longest_ttl: Option<Duration>,
    pub(crate) sessions: Option<Vec<String>>,
    data: RequiredData,
    pub(crate) over_limit: OverLimit,
}

/// What a [`TokenPolicy`] does with a token that asks for more than it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OverLimit {
    /// Refuses to sign. The default: the request is wrong or hostile.
    #[default]
    Refuse,
    /// Signs with the highest role, the longest ttl and the required data instead. Three things are
    /// still refused, because they have no smaller form: another session, missing data, and a role
    /// that has rights the highest role lacks while it lacks others.
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
    /// Creates a policy that allows everything; the setters narrow it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the role that no token may exceed. A [`Role::Other`] exceeds every role but itself.
    #[must_use]
    pub fn highest_role(mut self, role: Role) -> Self {
        self.highest_role = Some(role);
        self
    }

    /// Sets the longest ttl that a token may have. A token for which no ttl is set gets this one if
    /// it is shorter than the default of 24 hours.
    #[must_use]
    pub fn longest_ttl(mut self, ttl: Duration) -> Self {
        self.longest_ttl = Some(ttl);
        self
    }

    /// Sets the only sessions that tokens may be for. An empty list allows none.
    #[must_use]
    pub fn sessions<S: Into<String>>(mut self, sessions: impl IntoIterator<Item = S>) -> Self {
        self.sessions = Some(sessions.into_iter().map(Into::into).collect());
        self
    }

    /// Requires connection data of any content in every token.
    #[must_use]
    pub fn require_data(mut self) -> Self {
        self.data = RequiredData::Some;
        self
    }

    /// Requires exactly this connection data in every token, and fills it in where none is set.
    #[must_use]
    pub fn data(mut self, data: impl Into<String>) -> Self {
        self.data = RequiredData::Exactly(data.into());
        self
    }

    /// Sets what happens to a token that asks for more: [`OverLimit::Refuse`] by default.
    #[must_use]
    pub fn over_limit(mut self, over_limit: OverLimit) -> Self {
        self.over_limit = over_limit;
        self
    }

    #[cfg(feature = "serde")]
    pub(crate) fn requires_some_data(&self) -> bool {
        matches!(self.data, RequiredData::Some)
    }

    #[cfg(feature = "serde")]
    pub(crate) fn required_data(&self) -> Option<&str> {
        match &self.data {
            RequiredData::Exactly(data) => Some(data),
            RequiredData::None | RequiredData::Some => None,
        }
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
