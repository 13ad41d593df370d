//! What a text looks like: the shapes of ids, secrets, tokens and keys, for errors that say what
//! stands in the wrong place.

/// A UUID in any of its forms, like an application id.
pub(crate) fn uuid(text: &str) -> bool {
    uuid::Uuid::try_parse(text).is_ok()
}

/// Up to 20 digits, like an OpenTok API key.
pub(crate) fn api_key(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Eight hexadecimal digits, like the API key of a Vonage account.
pub(crate) fn account_key(text: &str) -> bool {
    text.len() == 8 && hex(text, 8)
}

/// Sixteen letters and digits, like the API secret of a Vonage account.
pub(crate) fn account_secret(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// At least `at_least` hexadecimal digits; 40 are an OpenTok API secret.
pub(crate) fn hex(text: &str, at_least: usize) -> bool {
    text.len() >= at_least && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The beginning of a JWT or of a `T1==` token.
pub(crate) fn token(text: &str) -> bool {
    text.starts_with("eyJ") || text.starts_with("T1==")
}

/// The beginning of a session id.
pub(crate) fn session_id(text: &str) -> bool {
    text.starts_with("1_M") || text.starts_with("2_M")
}

/// A PEM text, or the beginning of one.
pub(crate) fn pem(text: &str) -> bool {
    text.contains("-----BEGIN ")
}

/// A value that a shell, a template or JavaScript left where another belongs: `${NAME}`,
/// `{{ name }}`, `undefined`, `null`.
pub(crate) fn placeholder(text: &str) -> bool {
    const WORDS: [&str; 6] = ["undefined", "null", "none", "nil", "nan", "[object object]"];
    let variable = |name: &str| {
        name.len() > 1
            && name
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let between = |start, end| {
        text.strip_prefix(start)
            .and_then(|rest: &str| rest.strip_suffix(end))
    };
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        || between("${", "}").is_some()
        || between("{{", "}}").is_some()
        || between("<", ">").is_some_and(|text: &str| {
            text.starts_with(char::is_alphabetic) && !text.contains(['<', '>', '\n'])
        })
        || between("%", "%").is_some_and(variable)
        || text.strip_prefix('$').is_some_and(variable)
}

/// The name of a file, with a folder or a known ending.
pub(crate) fn path(text: &str) -> bool {
    const ENDINGS: [&str; 6] = [".key", ".pem", ".der", ".p8", ".txt", ".crt"];
    let line = text.lines().next().unwrap_or_default();
    let lower = line.to_ascii_lowercase();
    let rooted = ["/", "./", "../", "~/", "file:", "\\\\"]
        .iter()
        .any(|start| line.starts_with(start));
    let drive = line
        .get(1..3)
        .is_some_and(|text| text == ":\\" || text == ":/");
    line.len() < 512 && (rooted || drive || ENDINGS.iter().any(|ending| lower.ends_with(ending)))
}

/// Characters that cannot be seen and get into values by copying from web pages and chats.
pub(crate) fn invisible(character: char) -> bool {
    matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}'
    )
}

/// White space that is part of no value: blanks of any kind, and what cannot be seen.
pub(crate) fn blank(character: char) -> bool {
    character.is_whitespace() || invisible(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_values() {
        for text in [
            "undefined",
            "null",
            "None",
            "${KEY}",
            "$KEY",
            "{{ .Values.key }}",
            "%KEY%",
            "<your secret>",
        ] {
            assert!(placeholder(text), "{text}");
        }
        for text in [
            "",
            "123456",
            "0123456789abcdef",
            "nullable",
            "100%",
            "$",
            "$money",
            "%",
        ] {
            assert!(!placeholder(text), "{text}");
        }
    }
}
