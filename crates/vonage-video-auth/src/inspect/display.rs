//! An inspection as a person reads it at a terminal.

use std::{
    cmp::Ordering,
    fmt::{self, Write as _},
    time::SystemTime,
};

use super::inspection::{Inspection, Severity, SignatureState};
use crate::{
    client_token::TokenFormat,
    role::Role,
    session::date_for_people,
    time::{in_words, unix_seconds},
    verify::TokenKind,
};

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.headline(f)?;
        let project = if self.account { "account" } else { "project" };
        line(f, project, self.project.as_deref())?;
        line(f, "session", self.session_id.as_deref())?;
        if let Some(session) = &self.session {
            line(f, "  belongs to", Some(session.owner()))?;
            let created = session.created().map(|time| self.moment(time));
            line(
                f,
                "  created",
                created.as_deref().or(Some(session.created_text())),
            )?;
            line(f, "  location", session.location())?;
        }
        line(f, "role", self.role.as_ref().map(Role::as_str))?;
        line(
            f,
            "connection data",
            self.connection_data
                .as_ref()
                .map(|data| format!("{data:?}"))
                .as_deref(),
        )?;
        line(
            f,
            "layout classes",
            Some(self.layout_classes.join(" "))
                .filter(|classes| !classes.is_empty())
                .as_deref(),
        )?;
        line(
            f,
            "issued",
            self.issued_at.map(|time| self.moment(time)).as_deref(),
        )?;
        line(
            f,
            "expires",
            self.expires_at.map(|time| self.moment(time)).as_deref(),
        )?;
        if self.kind.is_some() {
            line(
                f,
                "signature",
                Some(match self.signature {
                    SignatureState::NotChecked => "not checked, as no key was given",
                    SignatureState::Valid => "valid",
                    SignatureState::Invalid => "NOT valid",
                }),
            )?;
        }
        for remark in &self.remarks {
            let word = match remark.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            write!(f, "\n{word}: {}", Visible(&remark.text))?;
        }
        if self.remarks.is_empty() {
            f.write_str(match self.signature {
                SignatureState::NotChecked => "\nvalid, as far as that shows without a key",
                SignatureState::Valid | SignatureState::Invalid => "\nvalid",
            })?;
        }
        Ok(())
    }
}

impl Inspection {
    fn headline(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Some(TokenKind::Client) => "Client token",
            Some(TokenKind::Rest) => "REST token",
            Some(TokenKind::Webhook) => "Webhook token",
            None => "Not a token",
        };
        f.write_str(kind)?;
        if let Some(environment) = self.environment.filter(|_| self.kind.is_some()) {
            write!(f, " of {environment}")?;
        }
        let format = self
            .format
            .filter(|_| self.kind.is_some())
            .map(|format| match format {
                TokenFormat::T1 => "T1",
                TokenFormat::Jwt => "JWT",
            });
        match (format, self.algorithm.as_deref()) {
            (Some(format), Some(algorithm)) => {
                write!(f, ", {format} signed with {}", Visible(algorithm))
            }
            _ => Ok(()),
        }
    }

    /// `2023-11-14 22:13:20 UTC (3 minutes ago)`
    fn moment(&self, time: SystemTime) -> String {
        let (seconds, now) = (unix_seconds(time), unix_seconds(self.now));
        let apart = in_words(seconds.saturating_sub(now));
        let relation = match seconds.cmp(&now) {
            Ordering::Less => format!("{apart} ago"),
            Ordering::Equal => "now".to_owned(),
            Ordering::Greater => format!("in {apart}"),
        };
        format!("{} ({relation})", date_for_people(seconds))
    }
}

fn line(f: &mut fmt::Formatter<'_>, name: &str, value: Option<&str>) -> fmt::Result {
    match value {
        Some(value) => write!(f, "\n  {name:<16} {}", Visible(value)),
        None => Ok(()),
    }
}

/// Untrusted text, with what a terminal would act on escaped.
struct Visible<'a>(&'a str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '"' | '\'' | '\\' => f.write_char(character)?,
                // Escapes what moves the cursor, turns the direction of writing, or cannot be seen.
                _ => write!(f, "{}", character.escape_debug())?,
            }
        }
        Ok(())
    }
}
