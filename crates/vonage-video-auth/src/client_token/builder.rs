//! The builder of client tokens, and how credentials start one.

use std::{
    borrow::Cow,
    fmt,
    time::{Duration, SystemTime},
};

use super::{
    claim::ClaimValue,
    draft::{Draft, Ttl},
    error::TokenError,
    format::TokenFormat,
    policy::TokenPolicy,
    seed::Seed,
    sign::Checked,
    token::ClientToken,
};
use crate::{credentials::Credentials, role::Role, time};

/// Builds and signs a client token. Made by [`Credentials::token`].
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
#[doc(alias("AccessToken", "TokenOptions"))]
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

    /// Sets what the client may do: a [`Role`], or the name of one. The name of a role that does
    /// not exist is refused when the token is signed; [`Role::Other`] is not.
    #[inline]
    pub fn role<R>(mut self, role: R) -> Self
    where
        R: TryInto<Role>,
        TokenError: From<R::Error>,
    {
        match role.try_into() {
            Ok(role) => self.draft.role = role,
            Err(error) => self.draft.complain(error.into()),
        }
        self
    }

    /// Sets how long the token is valid from now on. Parts of a second are rounded up.
    ///
    /// A client needs a valid token to join and to join again: after a network failure, and when
    /// the service moves a session to another server, which it does to sessions of more than 8
    /// hours. So make it valid as long as the session may last, and limit access by the session and
    /// the role. [`issue`](Self::issue) also returns when a client should fetch the next one.
    #[inline]
    #[doc(alias("expireTime", "expiresAt", "exp"))]
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.draft.ttl = Ttl::For(ttl);
        self
    }

    /// Sets when the token expires. Parts of a second are dropped.
    #[inline]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.draft.ttl = Ttl::Until(time);
        self
    }

    /// Sets the connection data: text that every client of the session sees beside this client's
    /// connection. Put no personal data and no secrets there.
    #[inline]
    #[doc(alias("connectionData", "metadata", "identity"))]
    pub fn data(mut self, data: impl Into<Cow<'a, str>>) -> Self {
        self.draft.data = Some(data.into());
        self
    }

    /// Sets the layout classes that the client's streams begin with in archives and broadcasts.
    #[doc(alias("initialLayoutClassList"))]
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

    /// Adds an extra claim. The names of the claims that this crate writes itself are refused.
    pub fn claim(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<ClaimValue>) -> Self {
        self.draft.claim(name.into(), value.into());
        self
    }

    /// Sets the form of the token: [`TokenFormat::Jwt`] by default.
    #[inline]
    pub fn format(mut self, format: TokenFormat) -> Self {
        self.draft.format = format;
        self
    }

    /// Allows a session that belongs to another project, or whose id cannot be read. Otherwise both
    /// are refused, as the client would be when it joins.
    #[inline]
    pub fn allow_foreign_session(mut self) -> Self {
        self.draft.allow_foreign_session = true;
        self
    }

    /// Holds the token to `policy`, whatever is set before or after. Several policies all hold.
    pub fn policy(mut self, policy: &'a TokenPolicy) -> Self {
        self.policies.push(policy);
        self
    }

    /// Signs the token, with the system's clock. Not available on `wasm32-unknown-unknown`, which
    /// has no clock.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when a value is over its limit, a policy forbids it, or the key cannot sign.
    #[cfg(all(
        feature = "std",
        not(all(target_arch = "wasm32", target_os = "unknown"))
    ))]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    pub fn sign(self) -> Result<String, TokenError> {
        let now = time::now();
        let seed = self.seed(now, time::nanoseconds(now))?;
        self.sign_with(&seed)
    }

    /// Signs the token as of `now`, which becomes the time of issue.
    ///
    /// # Errors
    ///
    /// As [`sign_with`](Self::sign_with), and when the operating system has no random numbers.
    pub fn sign_at(self, now: SystemTime) -> Result<String, TokenError> {
        let seed = self.seed(now, time::moment(now))?;
        self.sign_with(&seed)
    }

    /// Signs the token with a given time, nonce and id, so that the same input makes the same
    /// token.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when a value is over its limit, a policy forbids it, or the key cannot sign.
    pub fn sign_with(mut self, seed: &Seed) -> Result<String, TokenError> {
        self.checked(seed)?.sign(seed)
    }

    /// As [`sign`](Self::sign), waiting for an [`AsyncSigner`](crate::AsyncSigner). Other keys sign
    /// at once.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    #[cfg(all(
        feature = "std",
        not(all(target_arch = "wasm32", target_os = "unknown"))
    ))]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    pub async fn sign_async(self) -> Result<String, TokenError> {
        self.sign_async_at(time::now()).await
    }

    /// As [`sign_at`](Self::sign_at), waiting for an [`AsyncSigner`](crate::AsyncSigner). Other
    /// keys sign at once.
    ///
    /// # Errors
    ///
    /// As [`sign_at`](Self::sign_at).
    pub async fn sign_async_at(mut self, now: SystemTime) -> Result<String, TokenError> {
        let seed = self.seed(now, time::moment(now))?;
        self.checked(&seed)?.sign_async(&seed).await
    }

    /// Signs the token, with the system's clock, and returns it together with when it expires and
    /// when the client should fetch the next one.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    #[cfg(all(
        feature = "std",
        not(all(target_arch = "wasm32", target_os = "unknown"))
    ))]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    pub fn issue(self) -> Result<ClientToken, TokenError> {
        self.issue_at(time::now())
    }

    /// As [`issue`](Self::issue), as of `now`.
    ///
    /// # Errors
    ///
    /// As [`sign_at`](Self::sign_at).
    pub fn issue_at(mut self, now: SystemTime) -> Result<ClientToken, TokenError> {
        let seed = self.seed(now, time::moment(now))?;
        let checked = self.checked(&seed)?;
        Ok(ClientToken::new(checked.sign(&seed)?, checked.times))
    }

    /// As [`issue_at`](Self::issue_at), waiting for an [`AsyncSigner`](crate::AsyncSigner).
    ///
    /// # Errors
    ///
    /// As [`sign_at`](Self::sign_at).
    pub async fn issue_async_at(mut self, now: SystemTime) -> Result<ClientToken, TokenError> {
        let seed = self.seed(now, time::moment(now))?;
        let checked = self.checked(&seed)?;
        Ok(ClientToken::new(
            checked.sign_async(&seed).await?,
            checked.times,
        ))
    }

    fn seed(&self, now: SystemTime, moment: u64) -> Result<Seed, TokenError> {
        Seed::draw(now, moment, self.draft.credentials.environment())
    }

    fn checked(&mut self, seed: &Seed) -> Result<Checked<'_, 'a>, TokenError> {
        for policy in &self.policies {
            policy.apply(&mut self.draft, seed)?;
        }
        Checked::new(&mut self.draft, seed)
    }
}

impl Credentials {
    /// Starts a token with which a client joins `session_id`.
    ///
    /// ```
    /// # use std::time::{Duration, SystemTime};
    /// use vonage_video_auth::{Credentials, Role};
    /// # let session_id = concat!(
    /// #     "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERU",
    /// #     "IDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg",
    /// # );
    ///
    /// let secret = "1234567890abcdef1234567890abcdef1234567890";
    /// let credentials = Credentials::opentok("123456", secret)?;
    /// let token = credentials
    ///     .token(session_id)
    ///     .role(Role::Moderator)
    ///     .ttl(Duration::from_secs(3_600))
    ///     .data("name=Johnny")
    ///     .sign_at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000))?;
    /// # assert!(token.starts_with("eyJ"));
    /// # Ok::<(), vonage_video_auth::Error>(())
    /// ```
    #[doc(alias("generateToken", "generateClientToken", "createToken", "jwt"))]
    pub fn token<'a>(
        &'a self,
        session_id: &'a (impl AsRef<str> + ?Sized),
    ) -> ClientTokenBuilder<'a> {
        ClientTokenBuilder::new(Cow::Borrowed(self), session_id.as_ref())
    }

    /// As [`token`](Self::token), for a builder that outlives the place where the credentials were.
    pub fn into_token<'a>(
        self,
        session_id: &'a (impl AsRef<str> + ?Sized),
    ) -> ClientTokenBuilder<'a> {
        ClientTokenBuilder::new(Cow::Owned(self), session_id.as_ref())
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
