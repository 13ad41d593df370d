//! A value that must not be sent, and the names under which its field is reported.

use std::{borrow::Cow, fmt};

/// A value that must not be sent: the field, the rule that it breaks, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invalid {
    /// The field as the API spells it, such as `outputs.hls.lowLatency`; empty for the whole.
    pub field: Cow<'static, str>,
    /// The field as Rust spells it, such as `outputs.hls.low_latency`; empty for the whole.
    pub rust_field: Cow<'static, str>,
    /// The rule, as in "must be at most 1000".
    pub rule: Cow<'static, str>,
    /// What was found: a number, a length, an identifier. Never text that may be secret.
    pub got: String,
}

impl Invalid {
    /// A broken rule. `got` may be empty where there is nothing to show.
    pub fn new(
        field: impl Into<Cow<'static, str>>,
        rule: impl Into<Cow<'static, str>>,
        got: impl Into<String>,
    ) -> Self {
        let field = field.into();
        Self {
            rust_field: field.clone(),
            field,
            rule: rule.into(),
            got: got.into(),
        }
    }

    pub(crate) fn of(
        name: impl Into<Name>,
        rule: impl Into<Cow<'static, str>>,
        got: String,
    ) -> Self {
        let name = name.into();
        Self {
            field: name.wire.into(),
            rust_field: name.rust.into(),
            rule: rule.into(),
            got,
        }
    }

    /// A rule about several fields together.
    pub(crate) fn of_all(names: &[Name], rule: &'static str) -> Self {
        let all = |of: fn(&Name) -> &'static str| {
            let names: Vec<&str> = names.iter().map(of).collect();
            names.join(", ").into()
        };
        Self {
            field: all(|name| name.wire),
            rust_field: all(|name| name.rust),
            rule: rule.into(),
            got: String::new(),
        }
    }

    /// The same, seen from the object that holds the field.
    pub(crate) fn within(mut self, outer: Name) -> Self {
        self.field = below(outer.wire, &self.field);
        self.rust_field = below(outer.rust, &self.rust_field);
        self
    }
}

/// The paths of fields from one object further out. A rule about several fields names them all.
fn below(outer: &str, fields: &str) -> Cow<'static, str> {
    if fields.is_empty() {
        return outer.to_owned().into();
    }
    let paths: Vec<String> = fields
        .split(", ")
        .map(|field| format!("{outer}.{field}"))
        .collect();
    paths.join(", ").into()
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.rust_field.is_empty() {
            both(f, &self.rust_field, &self.field)?;
            f.write_str(": ")?;
        }
        f.write_str(&self.rule)?;
        if !self.got.is_empty() {
            write!(f, ", got {}", self.got)?;
        }
        Ok(())
    }
}

/// `media_mode (p2p.preference)`: a field as in Rust, with the API's spelling where it differs.
fn both(f: &mut fmt::Formatter<'_>, rust: &str, wire: &str) -> fmt::Result {
    f.write_str(rust)?;
    if rust == wire {
        Ok(())
    } else {
        write!(f, " ({wire})")
    }
}

/// A field under its two names.
#[derive(Clone, Copy)]
pub(crate) struct Name {
    rust: &'static str,
    wire: &'static str,
}

impl From<&'static str> for Name {
    fn from(name: &'static str) -> Self {
        Self {
            rust: name,
            wire: name,
        }
    }
}

impl From<(&'static str, &'static str)> for Name {
    fn from((rust, wire): (&'static str, &'static str)) -> Self {
        Self { rust, wire }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        both(f, self.rust, self.wire)
    }
}

impl std::error::Error for Invalid {}
