//! An excerpt of a body that cannot be read: small, and without anything that may be secret.

use std::fmt::Write as _;

use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use crate::redact::Context;

/// Characters of an excerpt, at most.
const LONGEST: usize = 200;

/// Characters of an outline on each side of the mistake.
const SIDE: usize = 40;

/// The members of a value, with what may be shown of each.
pub(crate) fn of(value: &Value) -> String {
    members(value, Context::Root)
}

/// The object or list that holds what a path leads to: its members, with what may be shown of each.
pub(crate) fn holder(root: &Value, path: &Path) -> String {
    let (mut here, mut context) = (root, Context::Root);
    let mut holder = (here, context);
    for segment in path {
        holder = (here, context);
        let next = match segment {
            Segment::Seq { index } => here.get(index),
            Segment::Map { key } => {
                context = context.inside(key);
                here.get(key)
            }
            Segment::Enum { .. } | Segment::Unknown => None,
        };
        match next {
            Some(next) => here = next,
            None => break,
        }
    }
    let (value, context) = holder;
    members(value, context)
}

fn members(value: &Value, context: Context<'_>) -> String {
    let mut out = String::new();
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let shown = shown_name(name);
                format!("{shown}: {}", kind(value, context.inside(name)))
            });
            list(&mut out, '{', members, '}');
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| kind(item, context));
            list(&mut out, '[', items, ']');
        }
        scalar => out = kind(scalar, context),
    }
    out
}

/// The text around a place, with an `x` for each letter and digit: how it is built, and nothing of
/// what it says.
pub(crate) fn outline(text: &str, line: usize, column: usize) -> String {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    // The column counts bytes, and may end in the middle of a character.
    let ends = (0..4).filter_map(|back| (before + column).checked_sub(back));
    let (head, tail) = ends
        .filter_map(|at| text.split_at_checked(at))
        .next()
        .unwrap_or((text, ""));
    let skipped = head.chars().count().saturating_sub(SIDE);
    let mut out = String::new();
    if skipped > 0 {
        out.push('…');
    }
    let piece = head.chars().skip(skipped).chain(tail.chars().take(SIDE));
    out.extend(piece.map(|c| match c {
        '"' | '\'' | '{' | '}' | '[' | ']' | '<' | '>' | '/' | ':' | ',' | ' ' => c,
        c if c.is_whitespace() => ' ',
        _ => 'x',
    }));
    if tail.chars().nth(SIDE).is_some() {
        out.push('…');
    }
    out
}

fn list(out: &mut String, open: char, items: impl Iterator<Item = String>, close: char) {
    out.push(open);
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        if out.len() + item.len() > LONGEST {
            out.push('…');
            break;
        }
        out.push_str(&item);
    }
    out.push(close);
}

fn kind(value: &Value, context: Context<'_>) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = match value {
        Value::String(text) if text.is_empty() || shows(context) && is_plain(text) => {
            write!(out, "{text:?}")
        }
        Value::String(text) => write!(out, "\"…\" ({} bytes)", text.len()),
        Value::Array(items) => write!(out, "[{} items]", items.len()),
        Value::Object(members) => write!(out, "{{{} members}}", members.len()),
        scalar => write!(out, "{scalar}"),
    };
    out
}

/// Whether text may be shown. Some names are of text in one place and of objects in another, where
/// text is a mistake, and can be anything.
fn shows(context: Context<'_>) -> bool {
    context.shows_text() && !context.holds_objects()
}

/// Whether text is short, and not something that holds other text, such as JSON in a string.
fn is_plain(text: &str) -> bool {
    text.len() <= SIDE && !text.contains(['"', '\'', '\\', '{', '[', '=', '<'])
}

/// The name of a member, unless it looks like what somebody put into a map.
pub(crate) fn shown_name(name: &str) -> &str {
    let is_name = name.len() <= 32
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
    if is_name { name } else { "…" }
}
