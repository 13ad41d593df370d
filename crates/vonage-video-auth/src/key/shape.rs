//! What a text that is no key most likely is.

use super::KeyError;

pub(super) fn explain(text: &str) -> KeyError {
    let line = text.lines().next().unwrap_or_default();
    let all_hex = text.len() >= 20 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let saw = if text.contains("BEGIN ") {
        "a PEM text whose BEGIN line lost some of its five dashes"
    } else if text.starts_with("ssh-") || text.starts_with("ecdsa-") {
        "an OpenSSH public key"
    } else if text.starts_with("PuTTY-User-Key-File") {
        "a PuTTY key file (export it in PEM form)"
    } else if text.starts_with('{') {
        "JSON (a JWK or an application's settings)"
    } else if text.starts_with('<') {
        "HTML or XML (an error page that was saved as the key)"
    } else if uuid::Uuid::try_parse(text).is_ok() {
        "an application id"
    } else if text.starts_with("eyJ") || text.starts_with("T1==") {
        "a token"
    } else if looks_like_path(line) {
        return KeyError::LooksLikePath;
    } else if all_hex {
        "an OpenTok API secret or another hexadecimal value"
    } else if text.starts_with("MII") {
        "a key in base64 that was cut or changed"
    } else if text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        "a Vonage account API secret"
    } else if text.starts_with('$') || text.starts_with("%") {
        "the name of a variable that was not filled in"
    } else {
        "some other text"
    };
    KeyError::NotAKey { saw }
}

fn looks_like_path(line: &str) -> bool {
    const ENDINGS: [&str; 6] = [".key", ".pem", ".der", ".p8", ".txt", ".crt"];
    let lower = line.to_ascii_lowercase();
    let rooted = ["/", "./", "../", "~/", "file:", "\\\\"]
        .iter()
        .any(|start| line.starts_with(start));
    let drive = line
        .get(1..3)
        .is_some_and(|text| text == ":\\" || text == ":/");
    line.len() < 512 && (rooted || drive || ENDINGS.iter().any(|ending| lower.ends_with(ending)))
}

/// A PEM label for an error. Labels are in capitals; where that ends, a piece of a key may have slipped in.
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
