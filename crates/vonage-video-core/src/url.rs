//! Text in URLs: percent-encoding, the pairs of a query or form, and IPv6 literals.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
pub(crate) const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends text to a URL, percent-encoding everything that has a meaning there.
pub fn escape(target: &mut String, text: &str) {
    let unreserved =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    // Without an early exit, so that the compiler can check many bytes at once.
    if text.bytes().fold(true, |all, byte| all & unreserved(byte)) {
        target.push_str(text);
    } else {
        target.extend(utf8_percent_encode(text, ESCAPED));
    }
}

/// The decoded pairs of a query or of a form body, in order. Parts without `=` are skipped.
pub fn form_pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (unescape(name), unescape(value)))
}

fn unescape(text: &str) -> String {
    let text = if text.contains('+') {
        Cow::Owned(text.replace('+', " "))
    } else {
        Cow::Borrowed(text)
    };
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

/// A host without the brackets that a URL puts around an IPv6 address.
pub fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn escaped_text_comes_back_from_a_form() {
        for text in ["plain-._~", "a b+c", "ä/?#%&=", "100 %", ""] {
            let mut target = String::from("name=");
            escape(&mut target, text);
            assert!(!target.contains([' ', '+', '/', '?', '#']), "{target}");
            let pairs: Vec<_> = form_pairs(&target).collect();
            assert_eq!(pairs, [("name".to_owned(), text.to_owned())]);
        }
    }

    #[test]
    fn only_a_pair_of_brackets_is_taken_off() {
        for (host, expected) in [
            ("[::1]", "::1"),
            ("::1", "::1"),
            ("example.com", "example.com"),
            ("[::1", "[::1"),
            ("", ""),
        ] {
            assert_eq!(unbracketed(host), expected);
        }
    }
}
