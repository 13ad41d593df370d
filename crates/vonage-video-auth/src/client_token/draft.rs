//! What a builder was asked for, and the checks before it is signed.

use std::{
    borrow::Cow,
    time::{Duration, SystemTime},
};

use super::{
    claim::ClaimValue,
    error::TokenError,
    format::TokenFormat,
    limits::{DEFAULT_TTL, LONGEST_DATA, LONGEST_LAYOUT, LONGEST_TTL, MILLISECONDS_FROM},
    seed::Seed,
};
use crate::{
    credentials::Credentials,
    environment::Environment,
    role::Role,
    session::{SessionIdError, owner_is},
    time::{seconds_up, unix_seconds},
};

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
    /// The first value that a setter refused.
    problem: Option<Box<TokenError>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ttl {
    Default,
    For(Duration),
    Until(SystemTime),
}

/// When a token is issued and when it expires, in seconds since 1970.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    pub(crate) issued: i64,
    pub(crate) expires: i64,
}

/// The claims that this crate writes, in any format, and registered JWT claims that could widen
/// what a token allows.
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

    pub(super) fn check(&mut self, seed: &Seed) -> Result<Times, TokenError> {
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
        Ok(Times {
            issued,
            expires: issued.saturating_add(ttl),
        })
    }

    fn check_session(&self) -> Result<(), TokenError> {
        if self.session_id.is_empty() {
            return Err(TokenError::Session(SessionIdError::Empty));
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
