//! A piece of an answer that could not be read, safe to show: small, and by the same list as all that may be shown.

use std::fmt::Write as _;

use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use crate::redact::Context;

/// Characters of a piece, at most.
const LONGEST: usize = 200;

/// Characters of an outline on each side of the mistake.
const SIDE: usize = 40;

/// The object or list that holds what a path leads to. Its members are told, with what may be shown of their values; of what is inside those, only how
/// many there are.
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
    let mut out = String::new();
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let shown = if is_name(name) { name.as_str() } else { "…" };
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

/// Text around a place in it, with a letter for each letter and digit: what it is built of, and nothing that it says.
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
        Value::String(text) if text.is_empty() || context.shows_text() && text.len() <= SIDE => {
            write!(out, "{text:?}")
        }
        Value::String(text) => write!(out, "\"…\" ({} bytes)", text.len()),
        Value::Array(items) => write!(out, "[{} items]", items.len()),
        Value::Object(members) => write!(out, "{{{} members}}", members.len()),
        scalar => write!(out, "{scalar}"),
    };
    out
}

/// Whether a member's name looks like one of an API, and not like what somebody put into a map.
fn is_name(name: &str) -> bool {
    name.len() <= 32 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
