//! What an inspection found.

use std::{fmt, time::SystemTime};

use crate::{
    client_token::TokenFormat,
    environment::Environment,
    role::Role,
    session::SessionInfo,
    verify::{TokenKind, VerifyError},
};

/// What a token says, and what is wrong with it. `Display` prints all of it for a person, over
/// several lines.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inspection {
    /// What it is for, if that can be recognized.
    pub kind: Option<TokenKind>,
    /// Whether it is a JWT or a `T1==` token.
    pub format: Option<TokenFormat>,
    /// `HS256`, `RS256`, `HMAC-SHA1`, or whatever a JWT says.
    pub algorithm: Option<String>,
    /// The environment it belongs to.
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
    /// The connection data that other clients would see.
    pub connection_data: Option<String>,
    /// The layout classes that the client's streams begin with.
    pub layout_classes: Vec<String>,
    /// When it was issued.
    pub issued_at: Option<SystemTime>,
    /// When it expires; without an expiry of its own, 24 hours after its issue.
    pub expires_at: Option<SystemTime>,
    /// Whether the signature was checked, and the result.
    pub signature: SignatureState,
    /// Remarks about it, the worst first.
    pub remarks: Vec<Remark>,
    /// The time as of which it was judged.
    pub now: SystemTime,
    /// The issue and the expiry as they stand in the token, and what only the judge needs.
    pub(super) raw: Raw,
}

/// Whether a signature was checked, and the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureState {
    /// There was no key to check it with.
    NotChecked,
    /// The key that was given made it.
    Valid,
    /// It is not valid, or the key is for another project or algorithm.
    Invalid,
}

/// How bad a [`Remark`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The token will be refused.
    Error,
    /// The token may work, and is probably not what was meant.
    Warning,
    /// For information only: there is nothing to mend.
    Note,
}

/// One remark about a token.
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
    /// Whether nothing was found for which the token would be refused.
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

    pub(super) fn error(&mut self, code: &'static str, text: impl Into<String>) {
        self.remark(Severity::Error, code, text);
    }

    pub(super) fn warning(&mut self, code: &'static str, text: impl Into<String>) {
        self.remark(Severity::Warning, code, text);
    }

    pub(super) fn note(&mut self, code: &'static str, text: impl Into<String>) {
        self.remark(Severity::Note, code, text);
    }
}

/// Leaves out the connection data, which `Display` shows.
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

/// What only the judge needs: times and names as they stand in the token.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) issued: Option<i64>,
    pub(super) not_before: Option<i64>,
    pub(super) expires: Option<i64>,
    /// Why the token, or a claim in it, cannot be read.
    pub(super) unreadable: Option<String>,
    pub(super) session_error: Option<String>,
    pub(super) names: Vec<String>,
    /// Whether it states its own expiry.
    pub(super) states_expiry: bool,
    pub(super) scope: Option<String>,
    pub(super) ist: Option<String>,
    pub(super) layout_is_array: bool,
    /// Why a REST token is for something else.
    pub(super) other_purpose: Option<VerifyError>,
    pub(super) signature_error: Option<VerifyError>,
}

impl Raw {
    /// Whether it has a member of this name, empty or not.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }
}
