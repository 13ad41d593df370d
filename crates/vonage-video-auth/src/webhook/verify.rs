use std::fmt;
use std::time::{Duration, SystemTime};

use ring::hmac::HMAC_SHA256;
use serde_json::{Map, Value};

use super::{WebhookError, body_hash};
use crate::jwt::Compact;
use crate::secret::HmacKey;
use crate::time::{from_unix_seconds, seconds_up, unix_seconds};
use crate::verify::seconds;

/// How old a callback may be when nothing is said.
const DEFAULT_TOLERANCE: Duration = Duration::from_secs(5 * 60);

/// Verifies the callbacks of the service: that it signed them, lately, over this very body, for
/// this application.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vonage_video_auth::{WebhookError, WebhookSigner, WebhookVerifier};
///
/// let verifier = WebhookVerifier::new("the signature secret of this callback")?;
/// # let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// # let body = br#"{"event":"archive"}"#;
/// # let header = WebhookSigner::new("the signature secret of this callback")?.header(body, now, [1; 16]);
///
/// // `header` is what the Authorization header says, `body` the bytes as they came.
/// let claims = verifier.verify(Some(&header), body, now)?;
/// assert_eq!(claims.issuer.as_deref(), Some("Vonage"));
/// assert_eq!(verifier.verify(Some(&header), b"{}", now), Err(WebhookError::BodyMismatch));
/// # Ok::<(), WebhookError>(())
/// ```
#[derive(Clone)]
pub struct WebhookVerifier {
    secrets: Vec<HmacKey>,
    tolerance: i64,
    application_id: Option<String>,
    api_key: Option<String>,
}

/// What a verified callback's token says. The event itself is in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebhookClaims {
    /// When it was signed.
    pub issued_at: SystemTime,
    /// The `jti`. The service delivers at least once, and a delivery has one id: remember it to act
    /// on a callback once.
    pub id: Option<String>,
    /// `Vonage`.
    pub issuer: Option<String>,
    /// The application that it is for.
    pub application_id: Option<String>,
    /// The account that it is for.
    pub api_key: Option<String>,
}

impl WebhookVerifier {
    /// With one secret: each kind of callback has its own in the dashboard. White space around it
    /// is not removed.
    ///
    /// # Errors
    /// [`WebhookError::EmptySecret`].
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, WebhookError> {
        Self::with_secrets([secret])
    }

    /// With several secrets, each of which is good: the old and the new one while a secret is being
    /// changed, which takes up to 30 minutes.
    ///
    /// # Errors
    /// [`WebhookError::EmptySecret`] when there is none, or one is empty.
    pub fn with_secrets<S: AsRef<[u8]>>(
        secrets: impl IntoIterator<Item = S>,
    ) -> Result<Self, WebhookError> {
        let secrets = secrets
            .into_iter()
            .map(|secret| key(secret.as_ref()))
            .collect::<Result<Vec<_>, _>>()?;
        if secrets.is_empty() {
            return Err(WebhookError::EmptySecret);
        }
        Ok(Self {
            secrets,
            tolerance: seconds_up(DEFAULT_TOLERANCE),
            application_id: None,
            api_key: None,
        })
    }

    /// How far `iat` may be from `now`, in either direction. 5 minutes at first.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = seconds_up(tolerance);
        self
    }

    /// Takes callbacks for this application only.
    #[must_use]
    pub fn application_id(mut self, application_id: impl Into<String>) -> Self {
        self.application_id = Some(application_id.into());
        self
    }

    /// Takes callbacks for this account only.
    #[must_use]
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// Verifies one callback. `authorization` is what that header says, and `raw_body` are the
    /// bytes as they came, before anything parsed them.
    ///
    /// # Errors
    /// [`WebhookError`], one for each reason; [`WebhookError::status`] is what to answer.
    pub fn verify(
        &self,
        authorization: Option<&str>,
        raw_body: &[u8],
        now: SystemTime,
    ) -> Result<WebhookClaims, WebhookError> {
        let token = bearer(authorization)?;
        let jwt = Compact::parse(token).map_err(|reason| WebhookError::Malformed { reason })?;
        if jwt.algorithm() != "HS256" {
            return Err(WebhookError::WrongAlgorithm {
                found: jwt.algorithm().chars().take(20).collect(),
            });
        }
        if jwt.header.contains_key("crit") {
            return Err(WebhookError::Malformed {
                reason: "its header demands an extension that nobody here knows".to_owned(),
            });
        }
        if !self.fits(&jwt) {
            return Err(WebhookError::BadSignature);
        }
        let issued_at = self.check_times(&jwt.claims, unix_seconds(now))?;
        check_body(&jwt.claims, raw_body)?;
        let text = |name| {
            jwt.claims
                .get(name)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let claims = WebhookClaims {
            issued_at,
            id: text("jti"),
            issuer: text("iss"),
            application_id: text("application_id"),
            api_key: text("api_key"),
        };
        if !is_for(&self.application_id, &claims.application_id) {
            return Err(WebhookError::WrongApplication {
                found: claims.application_id,
            });
        }
        if !is_for(&self.api_key, &claims.api_key) {
            return Err(WebhookError::WrongApiKey {
                found: claims.api_key,
            });
        }
        Ok(claims)
    }

    /// Whether one of the secrets made the signature, as an HS256 one.
    pub(crate) fn fits(&self, jwt: &Compact<'_>) -> bool {
        self.secrets
            .iter()
            .any(|secret| secret.verifies(jwt.signed.as_bytes(), &jwt.signature))
    }

    fn check_times(
        &self,
        claims: &Map<String, Value>,
        now: i64,
    ) -> Result<SystemTime, WebhookError> {
        let time = |name| seconds(claims, name).ok().flatten();
        let issued = time("iat").ok_or(WebhookError::MissingIssuedAt)?;
        let age = now.saturating_sub(issued);
        if age > self.tolerance {
            return Err(WebhookError::Stale {
                age: apart(age),
                tolerance: apart(self.tolerance),
            });
        }
        if age < -self.tolerance {
            return Err(WebhookError::FromTheFuture { ahead: apart(age) });
        }
        if let Some(expires) = time("exp")
            && now.saturating_sub(expires) > self.tolerance
        {
            return Err(WebhookError::Expired {
                ago: apart(now.saturating_sub(expires)),
            });
        }
        from_unix_seconds(issued).ok_or(WebhookError::MissingIssuedAt)
    }
}

/// Ids and keys are hexadecimal, in whatever case somebody copied them.
fn is_for(expected: &Option<String>, found: &Option<String>) -> bool {
    match (expected, found) {
        (None, _) => true,
        (Some(expected), Some(found)) => expected.trim().eq_ignore_ascii_case(found),
        (Some(_), None) => false,
    }
}

pub(super) fn key(secret: &[u8]) -> Result<HmacKey, WebhookError> {
    if secret.trim_ascii().is_empty() {
        return Err(WebhookError::EmptySecret);
    }
    Ok(HmacKey::new(HMAC_SHA256, secret))
}

fn bearer(authorization: Option<&str>) -> Result<&str, WebhookError> {
    let header = authorization
        .map(str::trim)
        .filter(|header| !header.is_empty())
        .ok_or(WebhookError::MissingHeader)?;
    match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim_start()),
        _ => Err(WebhookError::NotBearer),
    }
}

fn check_body(claims: &Map<String, Value>, body: &[u8]) -> Result<(), WebhookError> {
    let claimed = claims
        .get("payload_hash")
        .and_then(Value::as_str)
        .ok_or(WebhookError::MissingPayloadHash)?;
    let actual = body_hash(body);
    let digits = actual.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    // All digits are looked at, whatever they are: where they differ is nobody's business.
    let difference = claimed
        .bytes()
        .zip(digits)
        .map(|(claimed, actual)| char::from(claimed).to_digit(16).unwrap_or(16) ^ u32::from(actual))
        .fold(0, |all, one| all | one);
    if claimed.len() == 64 && difference == 0 {
        Ok(())
    } else {
        Err(WebhookError::BodyMismatch)
    }
}

fn apart(seconds: i64) -> Duration {
    Duration::from_secs(seconds.unsigned_abs())
}

impl fmt::Debug for WebhookVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookVerifier")
            .field("secrets", &self.secrets.len())
            .field("tolerance_seconds", &self.tolerance)
            .field("application_id", &self.application_id)
            .field("api_key", &self.api_key)
            .finish()
    }
}
