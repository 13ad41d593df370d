//! Verifying signed webhooks.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use serde_json::{Map, Value};

use super::{body_hash, claims::WebhookClaims, error::WebhookError, header::bearer, secret::keys};
use crate::{
    jwt::Compact,
    secret::HmacKey,
    time::{from_unix_seconds, seconds_up, unix_seconds},
    verify,
};

/// The age that a webhook's signature may have by default: 5 minutes. An attacker who recorded a
/// webhook can replay it that long.
pub const DEFAULT_MAX_AGE: Duration = Duration::from_secs(5 * 60);

/// The age that a signature may have where copies are removed: 24 hours, as long as the service
/// retries a delivery. Whether a retry has a new signature is not documented.
pub const MAX_AGE_WITH_INBOX: Duration = Duration::from_secs(24 * 60 * 60);

/// Verifies the service's webhooks: that it signed them, lately, over this very body, for this
/// application.
///
/// # Which webhooks are signed
///
/// | environment | signed |
/// |---|---|
/// | Vonage | each webhook for which the dashboard has a signature secret: session monitoring, archives, broadcasts, renders, captions and SIP calls have a secret each, prefilled |
/// | OpenTok | the documentation does not mention signed callbacks for OpenTok projects: guard their URLs with a secret path, and check the sender's address with [`IpAllowList`](crate::IpAllowList) |
///
/// On rare internal errors the service sends a webhook unsigned. Respond with
/// [`WebhookError::status`], and it sends it again, signed.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vonage_video_auth::{WebhookError, WebhookSigner, WebhookVerifier};
///
/// let verifier = WebhookVerifier::new("the signature secret of this webhook")?;
/// # let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// # let body = br#"{"event":"archive"}"#;
/// # let signer = WebhookSigner::new("the signature secret of this webhook")?;
/// # let header = signer.header(body, now, [1; 16]);
///
/// // `header` is the value of the Authorization header, `body` the raw bytes.
/// let claims = verifier.verify(Some(&header), body, now)?;
/// assert_eq!(claims.issuer.as_deref(), Some("Vonage"));
/// assert_eq!(verifier.verify(Some(&header), b"{}", now), Err(WebhookError::BodyMismatch));
/// # Ok::<(), WebhookError>(())
/// ```
#[derive(Clone)]
#[doc(alias("verifySignature", "WebhookReceiver", "signatureSecret"))]
pub struct WebhookVerifier {
    secrets: Vec<HmacKey>,
    /// How far the two clocks may be apart.
    tolerance: i64,
    /// The tolerance, unless set.
    max_age: Option<i64>,
    application_id: Option<String>,
    api_key: Option<String>,
}

impl WebhookVerifier {
    /// Creates a verifier with one secret: each kind of webhook has its own in the dashboard. White
    /// space, a line end and one pair of quotes around it do not matter, as mounted secrets and
    /// `--env-file` leave them there.
    ///
    /// # Errors
    ///
    /// [`WebhookError::EmptySecret`] or [`WebhookError::PlaceholderSecret`].
    pub fn new(secret: impl AsRef<[u8]>) -> Result<Self, WebhookError> {
        Self::with_secrets([secret])
    }

    /// Creates a verifier with several secrets, each of which is accepted: the old and the new one
    /// while a secret is being changed, which can last up to 30 minutes.
    ///
    /// # Errors
    ///
    /// [`WebhookError::EmptySecret`] if no secret is given or one is empty, and
    /// [`WebhookError::PlaceholderSecret`].
    pub fn with_secrets<S: AsRef<[u8]>>(
        secrets: impl IntoIterator<Item = S>,
    ) -> Result<Self, WebhookError> {
        let mut all = Vec::new();
        for secret in secrets {
            all.extend(keys(secret.as_ref())?);
        }
        if all.is_empty() {
            return Err(WebhookError::EmptySecret);
        }
        Ok(Self {
            secrets: all,
            tolerance: seconds_up(DEFAULT_MAX_AGE),
            max_age: None,
            application_id: None,
            api_key: None,
        })
    }

    /// Sets how far `iat` may be from `now`, in either direction: 5 minutes by default. A larger
    /// [`max_age`](Self::max_age) widens the past alone.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = seconds_up(tolerance);
        self
    }

    /// Sets how old a signature may be: the [`tolerance`](Self::tolerance) by default, that is
    /// [5 minutes](DEFAULT_MAX_AGE).
    ///
    /// Only a receiver that acts on each event once should set more, and then
    /// [24 hours](MAX_AGE_WITH_INBOX): the service retries a delivery that long, and a retry may
    /// bear the first signature. Without such a receiver a longer age lets replays through.
    #[must_use]
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = Some(seconds_up(max_age));
        self
    }

    /// Accepts webhooks for this application only.
    #[must_use]
    pub fn application_id(mut self, application_id: impl Into<String>) -> Self {
        self.application_id = Some(application_id.into());
        self
    }

    /// Accepts webhooks for this account only.
    #[must_use]
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.api_key = Some(api_key.into());
        self
    }

    /// Verifies one webhook. `authorization` is the value of that header, and `raw_body` the bytes
    /// of the request before anything parsed them.
    ///
    /// # Errors
    ///
    /// [`WebhookError`], one variant for each reason; respond with [`WebhookError::status`].
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
                reason: "its header demands an extension (crit) that is not known here".to_owned(),
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
        let time =
            |name| verify::seconds(claims, name).map_err(|_| WebhookError::BadClaim { name });
        let issued = time("iat")?.ok_or(WebhookError::MissingIssuedAt)?;
        let age = now.saturating_sub(issued);
        let max_age = self.max_age.unwrap_or(self.tolerance);
        if age > max_age {
            return Err(WebhookError::Stale {
                age: apart(age),
                max_age: apart(max_age),
            });
        }
        let begins = time("nbf")?.unwrap_or(issued).max(issued);
        let ahead = begins.saturating_sub(now);
        if ahead > self.tolerance {
            return Err(WebhookError::FromTheFuture {
                ahead: apart(ahead),
            });
        }
        if let Some(expires) = time("exp")? {
            let over = now.saturating_sub(expires);
            if over > self.tolerance {
                return Err(WebhookError::Expired { ago: apart(over) });
            }
        }
        from_unix_seconds(issued).ok_or(WebhookError::MissingIssuedAt)
    }
}

/// Ids and keys are hexadecimal, and copied in either case.
fn is_for(expected: &Option<String>, found: &Option<String>) -> bool {
    match (expected, found) {
        (None, _) => true,
        (Some(expected), Some(found)) => expected.trim().eq_ignore_ascii_case(found),
        (Some(_), None) => false,
    }
}

fn check_body(claims: &Map<String, Value>, body: &[u8]) -> Result<(), WebhookError> {
    let claimed = claims
        .get("payload_hash")
        .and_then(Value::as_str)
        .ok_or(WebhookError::MissingPayloadHash)?;
    if body_hash::matches(claimed, body) {
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
            .field("max_age_seconds", &self.max_age.unwrap_or(self.tolerance))
            .field("application_id", &self.application_id)
            .field("api_key", &self.api_key)
            .finish()
    }
}
