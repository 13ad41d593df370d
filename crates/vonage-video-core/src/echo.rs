//! Keeps a server from repeating secrets of a request in what is shown of its response.

use std::borrow::Cow;

use http::{
    HeaderName, Request,
    header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT},
};
use serde_json::Value;

use crate::{error::Error, redact::Context, url::form_pairs};

const HIDDEN: &str = "…";

/// Headers whose values are no secret. Any other may be one: it signs the request, or a caller set
/// it.
const HARMLESS: [HeaderName; 5] = [ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT];

/// From how many letters and digits on a secret is found in any encoding, and in part.
const LONG: usize = 8;

/// The secrets of a request: the values of its headers, and the texts in its query and body that
/// are not known to be harmless.
///
/// They are found in a response however it encodes them: as JSON in a string, percent-encoded, as
/// HTML, with a part of them cut off at the end.
#[derive(Clone, Default)]
pub struct SentSecrets(Vec<Secret>);

#[derive(Clone)]
struct Secret {
    text: String,
    /// The letters and digits of the text, when there are enough to tell it from other text.
    skeleton: Option<Vec<u8>>,
}

impl SentSecrets {
    /// The secrets of a request that was sent.
    pub fn of(request: &Request<impl AsRef<[u8]>>) -> Self {
        let mut secrets = Self::default();
        for (name, value) in request.headers() {
            if let Some(value) = value.to_str().ok().filter(|_| !HARMLESS.contains(name)) {
                // `Bearer …`: the scheme is not a secret, and may be left out.
                let token = value.rsplit_once(' ').map_or(value, |(_, token)| token);
                secrets.add(token);
                secrets.add(value);
            }
        }
        secrets.add_pairs(request.uri().query().unwrap_or_default());
        let body = request.body().as_ref();
        match serde_json::from_slice(body) {
            Ok(value) => secrets.add_json(&value, Context::Root),
            Err(_) => secrets.add_pairs(&String::from_utf8_lossy(body)),
        }
        // The longest first: a secret may hold another.
        secrets
            .0
            .sort_by_key(|secret| std::cmp::Reverse(secret.text.len()));
        secrets
    }

    fn add_pairs(&mut self, pairs: &str) {
        for (name, value) in form_pairs(pairs) {
            if !Context::Root.inside(&name).shows_text() {
                self.add(&value);
            }
        }
    }

    fn add_json(&mut self, value: &Value, context: Context<'_>) {
        match value {
            Value::String(text) if !context.shows_text() => {
                self.add(text);
                // JSON in a string, such as the data of a signal: a server may repeat a part of it.
                if let Ok(inner @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(text)
                {
                    self.add_json(&inner, Context::Opaque);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.add_json(item, context)),
            Value::Object(members) => members
                .iter()
                .for_each(|(name, value)| self.add_json(value, context.inside(name))),
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() || self.0.iter().any(|secret| secret.text == text) {
            return;
        }
        // A server may repeat one part of a token.
        let parts: Vec<_> = text.split('.').collect();
        if parts.len() == 3 && parts.iter().all(|part| part.len() >= LONG) {
            parts.iter().for_each(|part| self.add(part));
        }
        let skeleton: Vec<u8> = skeleton(text).map(|(byte, _, _)| byte).collect();
        self.0.push(Secret {
            text: text.to_owned(),
            skeleton: Some(skeleton).filter(|skeleton| skeleton.len() >= LONG),
        });
    }

    /// Replaces the secrets in what an error shows.
    pub fn hide_in(&self, error: &mut Error) {
        for text in error.texts() {
            if let Cow::Owned(hidden) = self.hide(text) {
                *text = hidden;
            }
        }
    }

    /// A text without the secrets.
    pub fn hide<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        for secret in &self.0 {
            let spans = if is_long(&secret.text) {
                spans(&text, &secret.text)
            } else {
                spans_of_word(&text, &secret.text)
            };
            if !spans.is_empty() {
                text = Cow::Owned(without(&text, &spans));
            }
            let skeleton = secret.skeleton.as_deref().unwrap_or_default();
            let spans = spans_of_skeleton(&text, skeleton);
            if !spans.is_empty() {
                text = Cow::Owned(without(&text, &spans));
            }
        }
        text
    }
}

/// Whether a text is found anywhere. Escapes in it count as written, so that no secret is
/// too short as it is for having one.
fn is_long(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_alphanumeric).count() >= LONG
}

/// The position of a text in another.
fn spans(text: &str, secret: &str) -> Vec<(usize, usize)> {
    text.match_indices(secret)
        .map(|(start, found)| (start, start + found.len()))
        .collect()
}

/// The position of a short secret as a word of its own.
fn spans_of_word(text: &str, secret: &str) -> Vec<(usize, usize)> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    spans(text, secret)
        .into_iter()
        .filter(|(start, end)| {
            let before = text.get(..*start).unwrap_or_default();
            let after = text.get(*end..).unwrap_or_default();
            !is_word(before.chars().next_back()) && !is_word(after.chars().next())
        })
        .collect()
}

/// Where the letters and digits of a secret stand in a row, or as many of them as the text has.
fn spans_of_skeleton(text: &str, secret: &[u8]) -> Vec<(usize, usize)> {
    if secret.is_empty() {
        return Vec::new();
    }
    let found: Vec<_> = skeleton(text).collect();
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(rest) = found.get(at..).filter(|rest| !rest.is_empty()) {
        let common = rest
            .iter()
            .zip(secret)
            .take_while(|((byte, _, _), expected)| byte == *expected)
            .count();
        let ends = common == rest.len() && common >= LONG / 2;
        let span = rest.first().zip(rest.get(common.saturating_sub(1)));
        match span {
            Some(((_, start, _), (_, _, end))) if common >= LONG || ends => {
                spans.push((*start, *end));
                at += common;
            }
            _ => at += 1,
        }
    }
    spans
}

fn without(text: &str, spans: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in spans {
        out.push_str(text.get(from..*start).unwrap_or_default());
        out.push_str(HIDDEN);
        from = *end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The ASCII letters, in lower case, and digits of a text, each with where it starts and ends. Of
/// what is escaped as in JSON, URLs or HTML, they are of what it stands for.
fn skeleton(text: &str) -> impl Iterator<Item = (u8, usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let start = at;
            let (byte, length) = unit(rest);
            at += length;
            if byte.is_ascii_alphanumeric() {
                return Some((byte.to_ascii_lowercase(), start, at));
            }
        }
        None
    })
}

/// The character that a text starts with, decoded, and how many bytes it takes. What is not ASCII
/// is a zero.
fn unit(rest: &[u8]) -> (u8, usize) {
    let hex = |digits: Option<&[u8]>| {
        let digits = std::str::from_utf8(digits?).ok()?;
        u32::from_str_radix(digits, 16).ok()
    };
    let ascii = |code: u32| u8::try_from(code).unwrap_or_default();
    match rest {
        [b'%', ..] => match hex(rest.get(1..3)) {
            Some(code) => (ascii(code), 3),
            None => (b'%', 1),
        },
        [b'\\', after @ ..] => {
            // JSON in JSON has several.
            let slashes = 1 + after.iter().take_while(|byte| **byte == b'\\').count();
            match rest.get(slashes) {
                Some(b'u') => match hex(rest.get(slashes + 1..slashes + 5)) {
                    Some(code) => (ascii(code), slashes + 5),
                    None => (0, slashes),
                },
                Some(b'n' | b'r' | b't' | b'b' | b'f') => (0, slashes + 1),
                _ => (0, slashes),
            }
        }
        [b'&', after @ ..] => {
            let end = after.iter().take(8).position(|byte| *byte == b';');
            match end.and_then(|end| Some((reference(after.get(..end)?)?, end))) {
                Some((code, end)) => (ascii(code), end + 2),
                None => (b'&', 1),
            }
        }
        [byte, ..] => (*byte, 1),
        [] => (0, 1),
    }
}

fn reference(name: &[u8]) -> Option<u32> {
    match std::str::from_utf8(name).ok()? {
        "lt" | "gt" | "quot" | "apos" | "amp" | "nbsp" => Some(0),
        name => {
            let number = name.strip_prefix('#')?;
            match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            }
        }
    }
}
