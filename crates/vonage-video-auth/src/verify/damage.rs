//! What happened to the text of a token on its way: line breaks, percent encoding, a lost prefix.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD_PAD_INDIFFERENT, URL_SAFE_NO_PAD_INDIFFERENT},
};

use super::t1::SENTINEL;
use crate::looks_like;

/// What was done to a text that was a token once, with the remedy; `None` where nothing of the kind
/// is seen.
pub(crate) fn damage(token: &str) -> Option<&'static str> {
    if token.chars().any(looks_like::blank) {
        return Some(if token.contains(['\n', '\r']) {
            "it has a line break in it: base64 tools wrap long lines, so join them again"
        } else {
            "it has white space or an invisible character in it: copy the token alone"
        });
    }
    if ["\\n", "\\r"].iter().any(|escape| token.contains(escape)) {
        return Some("it has a line break in it, written as \\n: remove that");
    }
    if token.contains('%') {
        return Some("it is percent-encoded, as in a URL: decode it first");
    }
    if token.starts_with(['"', '\'']) {
        return Some("it stands in quotation marks: remove them");
    }
    if !token.starts_with(SENTINEL) && lost_prefix(token) {
        return Some(
            "its T1== is missing: the token was cut when it was copied, write T1== before it",
        );
    }
    None
}

/// Whether this is what follows `T1==` in a token.
fn lost_prefix(token: &str) -> bool {
    let encoded = token
        .trim_start_matches(['T', 't'])
        .strip_prefix("1==")
        .unwrap_or(token)
        .trim_start_matches('=');
    let bytes = if encoded.contains(['-', '_']) {
        URL_SAFE_NO_PAD_INDIFFERENT.decode(encoded)
    } else {
        STANDARD_PAD_INDIFFERENT.decode(encoded)
    };
    bytes.is_ok_and(|bytes| {
        let text = String::from_utf8_lossy(&bytes);
        text.split(':').next().is_some_and(|head| {
            head.split('&').any(|pair| pair.starts_with("partner_id="))
                && head.split('&').any(|pair| pair.starts_with("sig="))
        })
    })
}
