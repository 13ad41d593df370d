//! What is the matter with a token, in words, with or without the key.

mod display;
mod judge;
mod personal;
mod read;

use std::fmt;
use std::time::SystemTime;

pub use personal::{PersonalData, personal_data};

use crate::{Environment, Role, SessionInfo, TokenFormat, TokenKind, Verifier, WebhookVerifier};

/// Takes a token of any format apart, without a key, and lists what is wrong with it as of `now`.
/// Never fails: a text that is no token is an inspection that says so.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vonage_video_auth::inspect;
///
/// let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiIxMjM0NTYiLCJpc3QiOiJwcm9qZWN0IiwiaWF0IjoxNzAwMDAwMDAwLCJleHAiOjE3MDAwMDAzMDB9.NQ-QKS1mi_SRiz9UkEOgEMA-B0HKdwkIkLGxWz7g9vI";
/// let inspection = inspect(token, SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_480));
/// assert!(!inspection.is_fine());
/// assert!(inspection.to_string().contains("it expired 3 minutes ago"));
/// ```
#[must_use]
pub fn inspect(token: &str, now: SystemTime) -> Inspection {
    Inspector::new(now).inspect(token)
}

/// [`inspect`] with a key, or with a session that the token should be for.
#[derive(Clone, Debug)]
pub struct Inspector<'a> {
    now: SystemTime,
    verifier: Option<&'a Verifier>,
    webhook: Option<&'a WebhookVerifier>,
    session_id: Option<&'a str>,
}

impl<'a> Inspector<'a> {
    /// As of `now`.
    #[must_use]
    pub fn new(now: SystemTime) -> Self {
        Self {
            now,
            verifier: None,
            webhook: None,
            session_id: None,
        }
    }

    /// Checks the signature of client and REST tokens, and the project.
    #[must_use]
    pub fn verifier(mut self, verifier: &'a Verifier) -> Self {
        self.verifier = Some(verifier);
        self
    }

    /// Checks the signature of webhook tokens. The body is not at hand, so its hash is not
    /// compared.
    #[must_use]
    pub fn webhook_verifier(mut self, verifier: &'a WebhookVerifier) -> Self {
        self.webhook = Some(verifier);
        self
    }

    /// Compares the session of a client token.
    #[must_use]
    pub fn session_id(mut self, session_id: &'a str) -> Self {
        self.session_id = Some(session_id);
        self
    }

    /// Takes `token` apart. White space, quotes and `Bearer ` around it do not matter.
    #[must_use]
    pub fn inspect(&self, token: &str) -> Inspection {
        let mut inspection = read::read(token, self);
        judge::judge(&mut inspection, self);
        inspection
    }
}

/// What a token says, and what is wrong with it. `Display` prints all of it for a person, over
/// several lines.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inspection {
    /// What it is for, if that can be told.
    pub kind: Option<TokenKind>,
    /// How it is written.
    pub format: Option<TokenFormat>,
    /// `HS256`, `RS256`, `HMAC-SHA1`, or whatever a JWT says.
    pub algorithm: Option<String>,
    /// Whose it is.
    pub environment: Option<Environment>,
    /// The API key or application id that it names.
    pub project: Option<String>,
    /// Whether it is an OpenTok account's.
    pub account: bool,
    /// The session that it is for.
    pub session_id: Option<String>,
    /// What that session's id says.
    pub session: Option<SessionInfo>,
    /// What the client may do.
    pub role: Option<Role>,
    /// The connection data.
    pub connection_data: Option<String>,
    /// The layout classes.
    pub layout_classes: Vec<String>,
    /// When it was issued.
    pub issued_at: Option<SystemTime>,
    /// When it expires.
    pub expires_at: Option<SystemTime>,
    /// What became of the signature.
    pub signature: SignatureState,
    /// What there is to say about it, the worst first.
    pub remarks: Vec<Remark>,
    /// Judged as of this moment.
    pub now: SystemTime,
    /// The issue and the expiry as they stand in the token, and what only the judge needs.
    raw: read::Raw,
}

/// What became of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureState {
    /// There was no key to check it with.
    NotChecked,
    /// It fits.
    Valid,
    /// It does not fit, or the key is for another project or algorithm.
    Invalid,
}

/// How bad a [`Remark`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The token will be refused.
    Error,
    /// It may work, and is probably not what was meant.
    Warning,
    /// Good to know.
    Note,
}

/// One thing to say about a token.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// How bad it is.
    pub severity: Severity,
    /// A word for programs, stable across versions, such as `expired`.
    pub code: &'static str,
    /// A sentence for people. Quotes no connection data.
    pub text: String,
}

impl Inspection {
    /// Whether nothing in it will get the token refused.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.remarks
            .iter()
            .all(|remark| remark.severity != Severity::Error)
    }

    fn remark(&mut self, severity: Severity, code: &'static str, text: impl Into<String>) {
        self.remarks.push(Remark {
            severity,
            code,
            text: text.into(),
        });
    }

    fn error(&mut self, code: &'static str, text: impl Into<String>) {
        self.remark(Severity::Error, code, text);
    }

    fn warning(&mut self, code: &'static str, text: impl Into<String>) {
        self.remark(Severity::Warning, code, text);
    }

    fn note(&mut self, code: &'static str, text: impl Into<String>) {
        self.remark(Severity::Note, code, text);
    }
}

/// Leaves out the connection data, which `Display` shows to the person who asks.
impl fmt::Debug for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inspection")
            .field("kind", &self.kind)
            .field("format", &self.format)
            .field("project", &self.project)
            .field("session_id", &self.session_id)
            .field("signature", &self.signature)
            .field("remarks", &self.remarks)
            .finish_non_exhaustive()
    }
}
