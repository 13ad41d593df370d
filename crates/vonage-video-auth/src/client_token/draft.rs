//! What has been asked for, and the checks between that and a signature.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use super::limits::MILLISECONDS_FROM;
use super::{
    ClaimValue, DEFAULT_TTL, LONGEST_DATA, LONGEST_LAYOUT, LONGEST_TTL, Seed, TokenError,
    TokenFormat, write,
};
use crate::credentials::SigningKey;
use crate::session::owner_is;
use crate::time::{seconds_up, unix_seconds};
use crate::{Credentials, Environment, Role};

pub(crate) struct Draft<'a> {
    pub(crate) credentials: Cow<'a, Credentials>,
    pub(crate) session_id: &'a str,
    pub(crate) role: Role,
    pub(crate) ttl: Ttl,
    pub(crate) data: Option<Cow<'a, str>>,
    /// Joined with spaces.
    pub(super) layout: String,
    pub(super) claims: Vec<(Cow<'a, str>, ClaimValue)>,
    pub(super) format: TokenFormat,
    pub(super) allow_foreign_session: bool,
    /// The first thing that a setter could not take.
    problem: Option<Box<TokenError>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ttl {
    Default,
    For(Duration),
    Until(SystemTime),
}

/// A draft that may be signed, and when the token expires.
pub(crate) struct Checked<'d, 'a> {
    pub(super) draft: &'d Draft<'a>,
    pub(super) issued: i64,
    pub(super) expires: i64,
}

/// What this crate writes, in any format, and what the registry of JWT claims gives a meaning that
/// could let more in.
const RESERVED: [&str; 22] = [
    "acl",
    "application_id",
    "aud",
    "connection_data",
    "create_time",
    "data",
    "exp",
    "expire_time",
    "iat",
    "initial_layout_class_list",
    "iss",
    "ist",
    "jti",
    "nbf",
    "nonce",
    "partner_id",
    "role",
    "scope",
    "session_id",
    "sig",
    "sub",
    "subject",
];

impl<'a> Draft<'a> {
    pub(super) fn new(credentials: Cow<'a, Credentials>, session_id: &'a str) -> Self {
        Self {
            credentials,
            session_id,
            role: Role::default(),
            ttl: Ttl::Default,
            data: None,
            layout: String::new(),
            claims: Vec::new(),
            format: TokenFormat::Jwt,
            allow_foreign_session: false,
            problem: None,
        }
    }

    pub(super) fn complain(&mut self, problem: TokenError) {
        self.problem.get_or_insert_with(|| Box::new(problem));
    }

    pub(super) fn claim(&mut self, name: Cow<'a, str>, value: ClaimValue) {
        if RESERVED.contains(&name.as_ref())
            || name.is_empty()
            || self.claims.iter().any(|(known, _)| *known == name)
        {
            self.complain(TokenError::ReservedClaim {
                name: name.chars().take(40).collect(),
            });
        }
        self.claims.push((name, value));
    }

    /// Seconds from the time of issue to the expiry, unless that is out of bounds.
    pub(crate) fn ttl_in_seconds(&self, seed: &Seed) -> Result<i64, TokenError> {
        let issued = unix_seconds(seed.now);
        let ttl = match self.ttl {
            Ttl::Default => seconds_up(DEFAULT_TTL),
            Ttl::For(ttl) => seconds_up(ttl),
            Ttl::Until(time) => unix_seconds(time).saturating_sub(issued),
        };
        let expires = issued.saturating_add(ttl);
        if ttl <= 0 {
            Err(TokenError::Past {
                by: Duration::from_secs(ttl.unsigned_abs()),
            })
        } else if expires > MILLISECONDS_FROM {
            Err(TokenError::LooksLikeMilliseconds {
                expires_at: expires,
            })
        } else if ttl > seconds_up(LONGEST_TTL) {
            Err(TokenError::TooLong {
                ttl: Duration::from_secs(ttl.unsigned_abs()),
            })
        } else {
            Ok(ttl)
        }
    }

    pub(super) fn check(&mut self, seed: &Seed) -> Result<Checked<'_, 'a>, TokenError> {
        if let Some(problem) = self.problem.take() {
            return Err(*problem);
        }
        if self.credentials.is_account() {
            return Err(TokenError::AccountCredentials);
        }
        if self.format == TokenFormat::T1 && self.credentials.environment() == Environment::Vonage {
            return Err(TokenError::T1OnVonage);
        }
        self.check_session()?;
        self.check_lengths()?;
        let ttl = self.ttl_in_seconds(seed)?;
        let issued = unix_seconds(seed.now);
        Ok(Checked {
            draft: self,
            issued,
            expires: issued.saturating_add(ttl),
        })
    }

    fn check_session(&self) -> Result<(), TokenError> {
        if self.session_id.is_empty() {
            return Err(TokenError::Session(crate::SessionIdError::Empty));
        }
        if self.allow_foreign_session {
            return Ok(());
        }
        let project = self.credentials.project();
        match owner_is(self.session_id, project) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(owner)) => Err(TokenError::ForeignSession {
                owner,
                project: project.to_owned(),
            }),
            Err(error) => Err(TokenError::Session(error)),
        }
    }

    fn check_lengths(&self) -> Result<(), TokenError> {
        let length = self.data.as_deref().map_or(0, characters);
        if length > LONGEST_DATA {
            return Err(TokenError::DataTooLong { length });
        }
        let length = characters(&self.layout);
        if length > LONGEST_LAYOUT {
            return Err(TokenError::LayoutTooLong { length });
        }
        if self.role.as_str().is_empty() {
            return Err(TokenError::EmptyRole);
        }
        Ok(())
    }
}

fn characters(text: &str) -> usize {
    // Counting is only needed where bytes could be over the limit and characters are not.
    if text.len() <= LONGEST_DATA {
        text.len()
    } else {
        text.chars().count()
    }
}

impl Checked<'_, '_> {
    pub(super) fn sign(&self, seed: &Seed) -> Result<String, TokenError> {
        match (self.draft.format, self.draft.credentials.key()) {
            (TokenFormat::T1, SigningKey::Shared(secret)) => Ok(write::t1(self, seed, secret)),
            (_, key) => key.sign_jwt(write::claims(self, seed).as_bytes()),
        }
    }

    pub(super) async fn sign_async(&self, seed: &Seed) -> Result<String, TokenError> {
        if !self.draft.credentials.is_async() {
            return self.sign(seed);
        }
        self.draft
            .credentials
            .key()
            .sign_jwt_async(write::claims(self, seed).as_bytes())
            .await
    }
}
