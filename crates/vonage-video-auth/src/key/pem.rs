//! From the text of a key to its DER bytes, through everything that shells, `.env` files and
//! dashboards do to a PEM file.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_PAD_INDIFFERENT, URL_SAFE_NO_PAD_INDIFFERENT},
};
use zeroize::Zeroizing;

use super::{error::KeyError, explain};
use crate::{hex, looks_like};

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// The DER bytes inside `text`. `wanted` is the end of the label to choose among several blocks.
///
/// Accepts literal `\n`, CRLF, spaces for newlines, no newlines at all, invisible characters,
/// surrounding quotes, percent encoding, base64 around the whole PEM text, and base64 of the DER
/// alone.
pub(super) fn decode(text: &str, wanted: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let text = unwrap_text(text);
    if text.is_empty() {
        return Err(KeyError::Empty);
    }
    if looks_like::pem(&text) {
        return block(&text, wanted);
    }
    let Some(bytes) = base64_of_anything(&text) else {
        return Err(explain::explain(&text));
    };
    match std::str::from_utf8(&bytes) {
        Ok(inner) if looks_like::pem(inner) => block(&unwrap_text(inner), wanted),
        _ if bytes.first() == Some(&0x30) && bytes.len() > 64 => Ok(bytes),
        _ => Err(explain::explain(&text)),
    }
}

fn unwrap_text(text: &str) -> Zeroizing<String> {
    let mut text = text.trim_matches(looks_like::blank);
    for quote in ['"', '\'', '`'] {
        if let Some(inner) = text
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote))
        {
            text = inner.trim_matches(looks_like::blank);
        }
    }
    let mut plain = if text.contains('%') {
        unescaped(&percent_decoded(text))
    } else {
        unescaped(text)
    };
    if plain.chars().any(looks_like::invisible) {
        let mut visible = Zeroizing::new(String::with_capacity(plain.len()));
        visible.extend(plain.chars().filter(|c| !looks_like::invisible(*c)));
        plain = visible;
    }
    plain
}

/// No PEM text and no base64 contains a percent sign, so it can only be an encoding. Unchanged
/// where it is something else.
fn percent_decoded(text: &str) -> Zeroizing<String> {
    // Forms write a space as `+`, and a plus as `%2B`.
    let form = text.contains("BEGIN+");
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = match byte {
            b'%' => rest
                .next()
                .zip(rest.next())
                .and_then(|(high, low)| hex::byte(high, low)),
            b'+' if form => Some(b' '),
            other => Some(other),
        };
        match decoded {
            Some(byte) => bytes.push(byte),
            None => return Zeroizing::new(text.to_owned()),
        }
    }
    match std::str::from_utf8(&bytes) {
        Ok(plain) => Zeroizing::new(plain.to_owned()),
        Err(_) => Zeroizing::new(text.to_owned()),
    }
}

fn unescaped(text: &str) -> Zeroizing<String> {
    // No PEM text contains a backslash, so it can only be an escape that something did not undo.
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        rest = match after.strip_prefix(['n', 'r']) {
            Some(after) => {
                plain.push('\n');
                after
            }
            None if after.starts_with(['\\', '\n', '\r']) => after,
            None => {
                plain.push('\\');
                after
            }
        };
    }
    plain.push_str(rest);
    plain
}

fn block(text: &str, wanted: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let (label, after) = after.split_once(DASHES).ok_or(KeyError::Truncated)?;
        let (body, after) = after.split_once(END).ok_or(KeyError::Truncated)?;
        blocks.push((label, body));
        rest = after;
    }
    let chosen: Vec<_> = blocks
        .iter()
        .filter(|(label, _)| label.ends_with(wanted))
        .collect();
    let (label, body) = match (blocks.as_slice(), chosen.as_slice()) {
        ([only], _) => only,
        (_, [chosen]) => *chosen,
        ([first, ..], []) => first,
        (_, several) => {
            return Err(KeyError::SeveralKeys {
                count: several.len(),
            });
        }
    };
    contents(label, body)
}

fn contents(label: &str, body: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    match label {
        "OPENSSH PRIVATE KEY" => return Err(KeyError::OpenSsh),
        "ENCRYPTED PRIVATE KEY" => return Err(KeyError::Encrypted),
        "CERTIFICATE" | "TRUSTED CERTIFICATE" => return Err(KeyError::Certificate),
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => {
            return Err(KeyError::CertificateRequest);
        }
        _ => {}
    }
    // The old form of encryption: `Proc-Type: 4,ENCRYPTED` and `DEK-Info:` above the base64.
    if body.contains("ENCRYPTED") {
        return Err(KeyError::Encrypted);
    }
    if !label.ends_with("PRIVATE KEY") && !label.ends_with("PUBLIC KEY") || label.starts_with("PGP")
    {
        return Err(KeyError::OtherPem {
            label: explain::printable(label),
        });
    }
    let mut compact = Zeroizing::new(String::with_capacity(body.len()));
    compact.extend(body.chars().filter(|c| !looks_like::blank(*c)));
    if compact.is_empty() {
        return Err(KeyError::Empty);
    }
    STANDARD_PAD_INDIFFERENT
        .decode(compact.as_bytes())
        .map(Zeroizing::new)
        .map_err(|_| KeyError::BadBase64)
}

fn base64_of_anything(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut compact = Zeroizing::new(String::with_capacity(text.len()));
    compact.extend(text.chars().filter(|c| !looks_like::blank(*c)));
    STANDARD_PAD_INDIFFERENT
        .decode(compact.as_bytes())
        .or_else(|_| URL_SAFE_NO_PAD_INDIFFERENT.decode(compact.as_bytes()))
        .map(Zeroizing::new)
        .ok()
}
