//! Mends bodies that are almost JSON: byte order marks, broken text, numbers that JSON lacks.

use std::fmt::Write as _;

/// A body without the byte order mark that some servers write first.
pub(crate) fn without_bom(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

/// A body in which one odd value no longer makes the rest unreadable; `None` when it needs no
/// mending, which does not make it JSON.
///
/// - Text: bytes that are not UTF-8 and halves of surrogate pairs become U+FFFD, raw control
///   characters are escaped, and unknown escapes lose their backslash.
/// - Numbers: `NaN`, infinities and numbers that no number type holds become `null`, as does
///   `undefined`.
pub(crate) fn repaired(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '"' => string(rest, &mut out),
            c if is_bare(c) => bare(rest, &mut out),
            c => {
                out.push(c);
                rest.get(c.len_utf8()..).unwrap_or_default()
            }
        };
    }
    (out.as_bytes() != body).then_some(out)
}

/// Copies a string, up to its closing quote, and returns what follows.
fn string<'a>(text: &'a str, out: &mut String) -> &'a str {
    out.push('"');
    let mut rest = text.get(1..).unwrap_or_default();
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '"' => {
                out.push(c);
                return rest;
            }
            '\\' => rest = escape(rest, out),
            '\0'..='\u{1f}' => {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    rest
}

/// Copies what follows a backslash, and returns the rest.
fn escape<'a>(text: &'a str, out: &mut String) -> &'a str {
    let Some(c) = text.chars().next() else {
        out.push('\\');
        return text;
    };
    let after = text.get(c.len_utf8()..).unwrap_or_default();
    match c {
        '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => {
            out.push('\\');
            out.push(c);
            after
        }
        'u' => match unit(after) {
            Some(0xd800..=0xdbff) => {
                let low = after.get(4..).and_then(|after| after.strip_prefix("\\u"));
                let pair = low
                    .and_then(unit)
                    .filter(|low| (0xdc00..=0xdfff).contains(low));
                match pair {
                    Some(_) => copy(text, 11, out),
                    None => replace(text, out),
                }
            }
            Some(0xdc00..=0xdfff) => replace(text, out),
            _ => copy(text, 1, out),
        },
        // The character alone.
        _ => text,
    }
}

/// The UTF-16 unit that four digits stand for.
fn unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.get(..4)?, 16).ok()
}

/// Copies `length` bytes of an escape, and returns the rest.
fn copy<'a>(text: &'a str, length: usize, out: &mut String) -> &'a str {
    let (escape, rest) = text.split_at_checked(length).unwrap_or((text, ""));
    out.push('\\');
    out.push_str(escape);
    rest
}

/// Writes U+FFFD for half of a surrogate pair, such as `ud83d`, and returns the rest.
fn replace<'a>(text: &'a str, out: &mut String) -> &'a str {
    out.push('\u{fffd}');
    text.get(5..).unwrap_or_default()
}

/// Whether a character can be part of a literal or a number.
fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')
}

/// Copies a literal or a number, and returns what follows.
fn bare<'a>(text: &'a str, out: &mut String) -> &'a str {
    let end = text.find(|c| !is_bare(c)).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    // Rust reads `inf` and `NaN` in any case and with a sign, and what is too large as infinite.
    let no_number = word.parse().is_ok_and(|number: f64| !number.is_finite());
    out.push_str(if no_number || word == "undefined" {
        "null"
    } else {
        word
    });
    rest
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_is_almost_json_is_mended() {
        for (body, expected) in [
            (
                &br#"{"a":NaN,"b":-Infinity,"c":1e400,"d":"NaN 1e400"}"#[..],
                json!({"a": null, "b": null, "c": null, "d": "NaN 1e400"}),
            ),
            (br#"[inf,undefined,-1e999]"#, json!([null, null, null])),
            (
                br#"["\ud83d","\ude00 x","\ud83d\u0041","\ud83d\ude00"]"#,
                json!(["\u{fffd}", "\u{fffd} x", "\u{fffd}A", "\u{1f600}"]),
            ),
            (b"[\"a\nb\tc\0\"]", json!(["a\nb\tc\0"])),
            (br#"["it\'s \x \"q\" \\n"]"#, json!(["it's x \"q\" \\n"])),
            (
                b"[\"na\xefve\",\"\xf0\x9f\"]",
                json!(["na\u{fffd}ve", "\u{fffd}"]),
            ),
        ] {
            let mended = repaired(body).unwrap();
            assert_eq!(serde_json::from_str::<Value>(&mended).unwrap(), expected);
        }
    }

    #[test]
    fn json_is_left_as_it_is() {
        for body in [
            r#"{"a":[1,-2.5e3,true,null,"\u00e9\ud83d\ude00\\u\" é"]}"#,
            "",
            "<html>",
            "\"open",
            "\"open \\",
            "\"\\u12",
        ] {
            assert_eq!(repaired(body.as_bytes()), None, "{body}");
        }
    }
}
