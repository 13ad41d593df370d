use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use super::draft::{Draft, Ttl};
use super::{ClaimValue, Seed, TokenError};
use crate::{Credentials, Role, TokenPolicy};

/// How a client token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenFormat {
    /// A JSON Web Token: HS256 for OpenTok, RS256 for Vonage. The default in both.
    ///
    /// For Vonage there is no other. For OpenTok it is what the official Node, Python and Java SDKs
    /// mint since 2024. The default is part of this crate's interface: it changes with a major
    /// version only.
    Jwt,
    /// `T1==` and a base64 text signed with HMAC-SHA1: the first form of OpenTok tokens, still
    /// accepted. OpenTok only.
    T1,
}

/// A client token in the making, from [`Credentials::token`].
///
/// | what | default | limit |
/// |---|---|---|
/// | role | publisher | |
/// | ttl | [24 hours](crate::DEFAULT_TTL) | in the future, at most [30 days](crate::LONGEST_TTL) |
/// | connection data | none | 1000 characters |
/// | layout classes | none | 1000 characters with the spaces between them |
/// | format | JWT | `T1==` for OpenTok only |
///
/// Everything is checked when it is signed, and nothing is sent. Extra claims cannot replace the
/// others, and no value can break out of its claim.
#[must_use = "a token does nothing until it is signed"]
pub struct ClientTokenBuilder<'a> {
    draft: Draft<'a>,
    policies: Vec<&'a TokenPolicy>,
}

impl<'a> ClientTokenBuilder<'a> {
    pub(crate) fn new(credentials: Cow<'a, Credentials>, session_id: &'a str) -> Self {
        Self {
            draft: Draft::new(credentials, session_id),
            policies: Vec::new(),
        }
    }

    /// What the client may do.
    #[inline]
    pub fn role(mut self, role: impl Into<Role>) -> Self {
        self.draft.role = role.into();
        self
    }

    /// How long the token lives from now on. Parts of a second are rounded up.
    ///
    /// A client needs a valid token to join and to join again: after a network failure, and when
    /// the service moves a session to another server, which it does to sessions of more than 8
    /// hours. So let it live as long as the session may last, and limit access by the session and
    /// the role.
    #[inline]
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.draft.ttl = Ttl::For(ttl);
        self
    }

    /// When the token expires. Parts of a second are dropped.
    #[inline]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.draft.ttl = Ttl::Until(time);
        self
    }

    /// The connection data: text that every client of the session sees beside this client's
    /// connection. No place for personal data or secrets.
    #[inline]
    pub fn data(mut self, data: impl Into<Cow<'a, str>>) -> Self {
        self.draft.data = Some(data.into());
        self
    }

    /// The layout classes that the client's streams begin with in archives and broadcasts.
    pub fn layout_classes<S: AsRef<str>>(mut self, classes: impl IntoIterator<Item = S>) -> Self {
        let mut joined = String::with_capacity(64);
        for class in classes {
            let class = class.as_ref();
            if class.is_empty() || class.contains(char::is_whitespace) {
                self.draft.complain(TokenError::LayoutClass {
                    class: class.chars().take(40).collect(),
                });
            }
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(class);
        }
        self.draft.layout = joined;
        self
    }

    /// An extra claim. The names of the claims that this crate writes itself are refused.
    pub fn claim(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<ClaimValue>) -> Self {
        self.draft.claim(name.into(), value.into());
        self
    }

    /// How the token is written.
    #[inline]
    pub fn format(mut self, format: TokenFormat) -> Self {
        self.draft.format = format;
        self
    }

    /// Signs for a session that belongs to another project, or whose id cannot be read. Without it
    /// both are refused, as the client would be when it joins.
    #[inline]
    pub fn allow_foreign_session(mut self) -> Self {
        self.draft.allow_foreign_session = true;
        self
    }

    /// Holds the token to `policy`, whatever else is said to this builder before or after. Several
    /// policies all hold.
    pub fn policy(mut self, policy: &'a TokenPolicy) -> Self {
        self.policies.push(policy);
        self
    }

    /// Signs, with the system's clock. Not there on `wasm32-unknown-unknown`, which has none.
    ///
    /// # Errors
    /// [`TokenError`] when a value is over its limit, a policy forbids it, or the key cannot sign.
    #[cfg(all(
        feature = "std",
        not(all(target_arch = "wasm32", target_os = "unknown"))
    ))]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    pub fn sign(self) -> Result<String, TokenError> {
        self.sign_at(crate::time::now())
    }

    /// Signs as of `now`, which becomes the time of issue.
    ///
    /// # Errors
    /// As [`sign_with`](Self::sign_with), and when the operating system has no random numbers.
    pub fn sign_at(self, now: SystemTime) -> Result<String, TokenError> {
        let seed = Seed::draw(now, &self.draft.credentials)?;
        self.sign_with(&seed)
    }

    /// Signs with given time, nonce and id, so that the same input gives the same token.
    ///
    /// # Errors
    /// [`TokenError`] when a value is over its limit, a policy forbids it, or the key cannot sign.
    pub fn sign_with(mut self, seed: &Seed) -> Result<String, TokenError> {
        self.checked(seed)?.sign(seed)
    }

    /// As [`sign_at`](Self::sign_at), waiting for an [`AsyncSigner`](crate::AsyncSigner). Without
    /// one it is done at once.
    ///
    /// # Errors
    /// As [`sign_at`](Self::sign_at).
    pub async fn sign_async(mut self, now: SystemTime) -> Result<String, TokenError> {
        let seed = Seed::draw(now, &self.draft.credentials)?;
        self.checked(&seed)?.sign_async(&seed).await
    }

    fn checked(&mut self, seed: &Seed) -> Result<super::draft::Checked<'_, 'a>, TokenError> {
        for policy in &self.policies {
            policy.apply(&mut self.draft, seed)?;
        }
        self.draft.check(seed)
    }
}

impl fmt::Debug for ClientTokenBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientTokenBuilder")
            .field("credentials", &self.draft.credentials)
            .field("session_id", &self.draft.session_id)
            .field("role", &self.draft.role)
            .field("format", &self.draft.format)
            .finish_non_exhaustive()
    }
}
