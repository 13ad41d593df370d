//! What a text that is not a key most likely is.

use super::error::KeyError;
use crate::looks_like;

pub(super) fn explain(text: &str) -> KeyError {
    let saw = if looks_like::placeholder(text) {
        "a placeholder for a variable that was not filled in, such as `undefined` or `$NAME`"
    } else if text.contains("BEGIN ") {
        "a PEM text whose BEGIN line lost some of its five dashes"
    } else if text.starts_with("ssh-") || text.starts_with("ecdsa-") {
        "an OpenSSH public key"
    } else if text.starts_with("PuTTY-User-Key-File") {
        "a PuTTY key file (export it in PEM form)"
    } else if text.starts_with('{') {
        "JSON (a JWK or an application's settings)"
    } else if text.starts_with('<') {
        "HTML or XML (an error page that was saved as the key)"
    } else if looks_like::uuid(text) {
        "an application id"
    } else if looks_like::token(text) {
        "a token"
    } else if looks_like::path(text) {
        return KeyError::LooksLikePath;
    } else if looks_like::hex(text, 20) {
        "an OpenTok API secret or another hexadecimal value"
    } else if text.starts_with("MII") {
        "a key in base64 that was cut or changed"
    } else if looks_like::account_secret(text) {
        "a Vonage account API secret"
    } else if looks_like::session_id(text) {
        "a session id"
    } else {
        "some other text"
    };
    KeyError::NotAKey { saw }
}

/// A PEM label for an error. Labels are in capitals; what follows the capitals may be a piece of a
/// key.
pub(super) fn printable(label: &str) -> String {
    let in_label = |c: &char| c.is_ascii_uppercase() || c.is_ascii_digit() || *c == ' ';
    label.chars().take_while(in_label).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_piece_of_a_key_follows_a_label() {
        assert_eq!(printable("X509 CRL"), "X509 CRL");
        assert_eq!(printable("EC-e+FFvyasrSv1hwCFBNmI"), "EC");
        assert_eq!(printable("A\u{1b}[2J"), "A");
        assert_eq!(printable(&"A".repeat(99)).len(), 40);
    }
}
