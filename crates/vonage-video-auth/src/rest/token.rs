//! One REST token.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use crate::{
    client_token::TokenError,
    credentials::{Credentials, SigningKey},
    environment::Environment,
    random,
    time::{from_unix_seconds, seconds_up, unix_seconds},
    write::{decimal, json_text},
};

/// How far a REST token's `iat` is dated back, so that a server whose clock is behind does not
/// refuse it: 30 seconds.
pub const DEFAULT_LEEWAY: Duration = Duration::from_secs(30);

/// The most that `iat` can be dated back. More is a wrong clock, for which there is
/// [`RestTokens::correct_skew`](crate::RestTokens::correct_skew).
pub(super) const LONGEST_LEEWAY: Duration = Duration::from_secs(120);

/// From `iat` to `exp`. OpenTok refuses more than five minutes; the Vonage SDKs sign for a quarter
/// of an hour.
const OPENTOK_TTL: i64 = 300;
const VONAGE_TTL: i64 = 900;

/// A signed REST token, ready to be a header. Cloning is cheap; `Debug` does not show it.
#[derive(Clone)]
pub struct RestToken(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    /// The same in all copies of one token, another in every other token of this process.
    serial: u64,
    environment: Environment,
    /// The value of the header, `Bearer ` included where it belongs.
    value: String,
    issued: i64,
    /// From when on a new one should be signed.
    refresh: i64,
    expires: i64,
}

/// The serial number of the next token.
static SERIAL: AtomicU64 = AtomicU64::new(0);

impl RestToken {
    /// The name of the header, in lower case: `authorization` or `x-opentok-auth`.
    pub fn header_name(&self) -> &'static str {
        self.0.environment.auth_header()
    }

    /// The value of the header: `Bearer eyJ…` for Vonage, `eyJ…` for OpenTok.
    pub fn header_value(&self) -> &str {
        &self.0.value
    }

    /// The token without the scheme `Bearer`.
    pub fn token(&self) -> &str {
        self.0.value.strip_prefix(BEARER).unwrap_or(&self.0.value)
    }

    /// Its `iat`, dated back by the leeway.
    pub fn issued_at(&self) -> SystemTime {
        from_unix_seconds(self.0.issued).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// The time in its `exp`, after which the service refuses it.
    pub fn expires_at(&self) -> SystemTime {
        from_unix_seconds(self.0.expires).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// From when on a new token should be signed: four fifths of the way from the signing to the
    /// expiry. [`RestTokens`](crate::RestTokens) does so by itself.
    pub fn refresh_after(&self) -> SystemTime {
        from_unix_seconds(self.0.refresh).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// Whether this is a copy of `other`.
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.serial == other.0.serial
    }

    /// A copy that shares no memory with this one, so that clones of the two do not slow each other
    /// down on different processors.
    pub(super) fn unshared(&self) -> Self {
        Self(Arc::new(Inner::clone(&self.0)))
    }

    /// Whether it need not be renewed yet.
    pub(super) fn is_fresh(&self, now: i64) -> bool {
        self.0.issued <= now && now < self.0.refresh
    }

    /// Whether a server would still accept it.
    pub(super) fn is_usable(&self, now: i64) -> bool {
        self.0.issued <= now && now < self.0.expires
    }
}

impl fmt::Debug for RestToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RestToken")
            .field("environment", &self.0.environment)
            .field("issued_at", &self.0.issued)
            .field("expires_at", &self.0.expires)
            .finish_non_exhaustive()
    }
}

impl Credentials {
    /// Signs one REST token as of `now`, with `iat` dated back by [`DEFAULT_LEEWAY`]. For more than
    /// one call use [`RestTokens`](crate::RestTokens), which signs seldom.
    ///
    /// From `iat` to `exp` it is 5 minutes for OpenTok, the maximum the service accepts, and 15
    /// minutes for Vonage, as in the official SDKs.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the key cannot sign.
    pub fn rest_token(&self, now: SystemTime) -> Result<RestToken, TokenError> {
        let draft = RestDraft::new(self, unix_seconds(now), seconds_up(DEFAULT_LEEWAY))?;
        Ok(draft.signed(self, self.key().sign_jwt(draft.claims.as_bytes())?))
    }
}

const BEARER: &str = "Bearer ";

/// The claims, before they are signed.
pub(super) struct RestDraft {
    pub(super) claims: String,
    issued: i64,
    refresh: i64,
    expires: i64,
}

impl RestDraft {
    pub(super) fn new(
        credentials: &Credentials,
        now: i64,
        leeway: i64,
    ) -> Result<Self, TokenError> {
        let issued = now.saturating_sub(leeway);
        let mut claims = String::with_capacity(192);
        let ttl = match credentials.key() {
            SigningKey::Shared(_) => OPENTOK_TTL,
            _ => VONAGE_TTL,
        };
        let expires = issued.saturating_add(ttl);
        // Four fifths of what is ahead: what the leeway put behind was never used.
        let refresh = now.saturating_add((expires.saturating_sub(now)) * 4 / 5);
        match credentials.environment() {
            Environment::OpenTok => {
                claims.push_str("{\"iss\":");
                json_text(&mut claims, credentials.project());
                claims.push_str(if credentials.is_account() {
                    ",\"ist\":\"account\""
                } else {
                    ",\"ist\":\"project\""
                });
            }
            Environment::Vonage => {
                let mut id = uuid::Uuid::encode_buffer();
                let id = uuid::Builder::from_random_bytes(random::id()?)
                    .into_uuid()
                    .hyphenated()
                    .encode_lower(&mut id);
                claims.push_str("{\"application_id\":");
                json_text(&mut claims, credentials.project());
                claims.push_str(",\"jti\":");
                json_text(&mut claims, id);
            }
        }
        claims.push_str(",\"iat\":");
        decimal(&mut claims, issued);
        claims.push_str(",\"exp\":");
        decimal(&mut claims, expires);
        claims.push('}');
        Ok(Self {
            claims,
            issued,
            refresh,
            expires,
        })
    }

    pub(super) fn signed(&self, credentials: &Credentials, token: String) -> RestToken {
        let value = match credentials.environment() {
            Environment::OpenTok => token,
            Environment::Vonage => format!("{BEARER}{token}"),
        };
        RestToken(Arc::new(Inner {
            environment: credentials.environment(),
            value,
            serial: SERIAL.fetch_add(1, Ordering::Relaxed),
            issued: self.issued,
            refresh: self.refresh,
            expires: self.expires,
        }))
    }
}
