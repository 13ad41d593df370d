//! The verifier of one project's tokens.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use super::{
    claims::{Times, project},
    error::VerifyError,
    kind::{TokenKind, kind},
};
use crate::{
    client_token::MILLISECONDS_FROM,
    credentials::{
        Credentials, CredentialsError, SharedSecret, SigningKey, application_id_shape,
        opentok_shape,
    },
    environment::Environment,
    jwt::Compact,
    key::PublicKey,
    time::{seconds_up, unix_seconds},
};

/// Verifies the client tokens and REST tokens of one project.
///
/// It accepts what all official SDKs mint, in all their variations: `sub`, `subject` or neither;
/// layout classes as a string or an array; tokens without `jti`; `T1==` in both base64 alphabets
/// and with its fields in any order. It accepts exactly one algorithm, that of the project, and
/// refuses a token with a member twice.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vonage_video_auth::{Credentials, Verifier, VerifyError};
/// # let session_id = concat!(
/// #     "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERU",
/// #     "IDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg",
/// # );
///
/// let credentials = Credentials::opentok("123456", "1234567890abcdef1234567890abcdef1234567890")?;
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// let token = credentials.token(session_id).data("name=Johnny").sign_at(now)?;
///
/// let verifier = Verifier::opentok("123456", "1234567890abcdef1234567890abcdef1234567890")?;
/// let claims = verifier.verify_client_token(&token, now)?;
/// assert_eq!(claims.connection_data.as_deref(), Some("name=Johnny"));
///
/// let late = verifier.verify_client_token(&token, now + Duration::from_secs(25 * 3_600));
/// assert_eq!(late, Err(VerifyError::Expired { ago: Duration::from_secs(3_600) }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Verifier {
    pub(super) environment: Environment,
    pub(super) project: String,
    pub(super) key: Key,
    pub(super) leeway: i64,
}

#[derive(Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "a verifier is made once and lent out"
)]
pub(super) enum Key {
    Shared(SharedSecret),
    Public(PublicKey),
}

impl Verifier {
    /// For an OpenTok project (or account), by its API key and secret.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] when either is something else.
    pub fn opentok(api_key: &str, api_secret: &str) -> Result<Self, CredentialsError> {
        let (project, secret) = opentok_shape(api_key, api_secret)?;
        let key = Key::Shared(SharedSecret::new(secret.as_bytes()));
        Ok(Self {
            environment: Environment::OpenTok,
            project: project.to_owned(),
            key,
            leeway: 0,
        })
    }

    /// For a Vonage application, by its id and the public half of its key.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] when the id is something else.
    pub fn vonage(application_id: &str, public_key: PublicKey) -> Result<Self, CredentialsError> {
        let project = application_id_shape(application_id, "")?;
        Ok(Self {
            environment: Environment::Vonage,
            project,
            key: Key::Public(public_key),
            leeway: 0,
        })
    }

    /// How far the issuer's clock may be from ours, in either direction. Zero at first: the service
    /// is strict too.
    #[must_use]
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = seconds_up(leeway);
        self
    }

    /// The API key or application id.
    pub fn project(&self) -> &str {
        &self.project
    }

    /// Which service's tokens it verifies.
    pub fn environment(&self) -> Environment {
        self.environment
    }

    /// Algorithm, signature and project of a JWT that should be of one kind.
    pub(super) fn verified<'t>(
        &self,
        token: &'t str,
        expected: TokenKind,
    ) -> Result<Compact<'t>, VerifyError> {
        let jwt = Compact::parse(token).map_err(|reason| VerifyError::malformed(token, reason))?;
        let (algorithm, valid): (_, &dyn Fn() -> bool) = match &self.key {
            Key::Shared(secret) => ("HS256", &|| {
                secret.verifies_jwt(jwt.signed.as_bytes(), &jwt.signature)
            }),
            Key::Public(key) => ("RS256", &|| {
                key.verifies(jwt.signed.as_bytes(), &jwt.signature)
            }),
        };
        // The project decides the algorithm, never the token.
        if jwt.algorithm() != algorithm {
            let found = jwt.algorithm().chars().take(20).collect();
            return Err(VerifyError::WrongAlgorithm {
                found,
                expected: algorithm,
            });
        }
        if jwt.header.contains_key("crit") {
            return Err(VerifyError::Malformed {
                reason: "its header demands an extension (crit) that is not known here".to_owned(),
            });
        }
        // The project comes first: the wrong key for the right reason is not "a changed token".
        let found = project(self.environment, &jwt.claims);
        if found.as_deref() != Some(self.project.as_str()) {
            return Err(VerifyError::WrongProject {
                found: found.map(short),
                expected: self.project.clone(),
            });
        }
        if !valid() {
            return Err(VerifyError::BadSignature);
        }
        match kind(&jwt) {
            found if found == expected => Ok(jwt),
            found => Err(VerifyError::WrongKind { found, expected }),
        }
    }

    /// Not from the future, not over, and not valid for longer than `longest`, counted both from
    /// its issue and from now.
    pub(super) fn check_times(
        &self,
        times: &Times,
        longest: i64,
        now: SystemTime,
    ) -> Result<(), VerifyError> {
        let now = unix_seconds(now);
        if let Some(expires) = times.expires {
            if expires > MILLISECONDS_FROM {
                return Err(VerifyError::LooksLikeMilliseconds {
                    expires_at: expires,
                });
            }
            let over = now.saturating_sub(expires);
            // At `exp` itself a token is over, as RFC 7519 has it.
            if over >= self.leeway {
                return Err(VerifyError::Expired { ago: apart(over) });
            }
        }
        if let Some(begins) = times.issued.max(times.not_before) {
            let ahead = begins.saturating_sub(now);
            if ahead > self.leeway {
                return Err(VerifyError::NotYetValid {
                    ahead: apart(ahead),
                });
            }
        }
        if let Some(expires) = times.expires {
            let from_now = expires.saturating_sub(now).saturating_sub(self.leeway);
            let ttl = times.issued.map_or(from_now, |issued| {
                expires.saturating_sub(issued).max(from_now)
            });
            if ttl > longest {
                return Err(VerifyError::TtlTooLong {
                    ttl: apart(ttl),
                    longest: apart(longest),
                });
            }
        }
        Ok(())
    }
}

fn apart(seconds: i64) -> Duration {
    Duration::from_secs(seconds.unsigned_abs())
}

/// A claim for an error: as much of it as names a project.
fn short(text: String) -> String {
    if text.len() <= 64 {
        text
    } else {
        text.chars().take(64).collect()
    }
}

impl Credentials {
    /// A verifier of the tokens that these credentials sign. `None` when the key is with a
    /// [`Signer`](crate::Signer), which has no public half to give: use [`Verifier::vonage`].
    pub fn verifier(&self) -> Option<Verifier> {
        let key = match self.key() {
            SigningKey::Shared(secret) => Key::Shared(secret.clone()),
            SigningKey::Rsa(key) => Key::Public(key.public_key()),
            SigningKey::Signer(_) | SigningKey::AsyncSigner(_) => return None,
        };
        Some(Verifier {
            environment: self.environment(),
            project: self.project().to_owned(),
            key,
            leeway: 0,
        })
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("environment", &self.environment)
            .field("project", &self.project)
            .finish_non_exhaustive()
    }
}
