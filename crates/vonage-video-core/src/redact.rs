//! Shows values without secrets. Text is hidden unless its member is on the contract's list of
//! harmless ones; numbers, booleans and the shape are shown.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::generated::harmless::{OBJECTS, TEXTS};

const HIDDEN: &str = "…";

/// Writes a struct's `Debug` from its JSON form.
pub(crate) fn debug<T: Serialize>(
    name: &str,
    value: &T,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match serde_json::to_value(value) {
        Ok(Value::Object(members)) => {
            let mut out = f.debug_struct(name);
            for (member, value) in &members {
                out.field(
                    member,
                    &Shown {
                        context: Context::Member(member),
                        value,
                    },
                );
            }
            out.finish()
        }
        Ok(value) => f
            .debug_tuple(name)
            .field(&Shown {
                context: Context::Root,
                value: &value,
            })
            .finish(),
        Err(_) => f.debug_struct(name).finish_non_exhaustive(),
    }
}

/// Returns a copy of a JSON value that is safe to log: text that is not known to be harmless
/// becomes `…`.
pub fn redacted(value: &Value) -> Value {
    Context::Root.hide(value)
}

/// The place of a value. Inside a member that the contract does not know, and inside maps of user
/// data, no text is harmless.
#[derive(Clone, Copy)]
pub(crate) enum Context<'a> {
    Root,
    Member(&'a str),
    Opaque,
}

impl<'a> Context<'a> {
    /// Whether the contract marks text here as harmless.
    pub(crate) fn shows_text(self) -> bool {
        matches!(self, Self::Member(name) if TEXTS.binary_search(&name).is_ok())
    }

    /// The context of a member of an object in this place.
    pub(crate) fn inside(self, member: &'a str) -> Self {
        match self {
            Self::Root => Self::Member(member),
            Self::Member(_) if self.holds_objects() => Self::Member(member),
            Self::Member(_) | Self::Opaque => Self::Opaque,
        }
    }

    /// Whether the contract has objects here.
    pub(crate) fn holds_objects(self) -> bool {
        matches!(self, Self::Member(name) if OBJECTS.binary_search(&name).is_ok())
    }

    fn hide(self, value: &Value) -> Value {
        match value {
            Value::String(text) if !text.is_empty() && !self.shows_text() => {
                Value::String(HIDDEN.to_owned())
            }
            Value::Array(items) => items.iter().map(|item| self.hide(item)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, value)| (name.clone(), Context::inside(self, name).hide(value)))
                .collect(),
            _ => value.clone(),
        }
    }
}

struct Shown<'a> {
    context: Context<'a>,
    value: &'a Value,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let context = self.context;
        match self.value {
            Value::String(text) if text.is_empty() || context.shows_text() => {
                fmt::Debug::fmt(text, f)
            }
            Value::String(_) => f.write_str(HIDDEN),
            Value::Array(items) => f
                .debug_list()
                .entries(items.iter().map(|value| Shown { context, value }))
                .finish(),
            Value::Object(members) => {
                let entries = members.iter().map(|(name, value)| {
                    (
                        name,
                        Shown {
                            context: context.inside(name),
                            value,
                        },
                    )
                });
                f.debug_map().entries(entries).finish()
            }
            scalar => fmt::Display::fmt(scalar, f),
        }
    }
}
