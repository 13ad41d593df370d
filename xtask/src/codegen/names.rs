//! From the API's names to Rust's.

/// `sessionId` → `session_id`, `p2p.preference` → `p2p_preference`.
pub fn snake(name: &str) -> String {
    words(name).join("_")
}

/// `start_archive` → `StartArchive`, `bestFit` → `BestFit`, `ON_HOLD` → `OnHold`.
pub fn pascal(name: &str) -> String {
    words(name).iter().map(|word| capitalised(word)).collect()
}

/// What serde's `rename_all = "camelCase"` makes of a field's name.
pub fn camel(rust: &str) -> String {
    let mut words = rust.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &capitalised(word))
}

fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous_lower = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            words.push(String::new());
        } else {
            if c.is_ascii_uppercase() && previous_lower {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        }
        previous_lower = c.is_ascii_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + chars.as_str()
    })
}

/// Whether a name can be a field's or a module's.
pub fn is_field(name: &str) -> bool {
    is_identifier(name) && !KEYWORDS.contains(&name) && !name.contains(char::is_uppercase)
}

/// Whether a name can be a type's or a variant's.
pub fn is_type(name: &str) -> bool {
    is_identifier(name)
        && name != "Self"
        && name.starts_with(char::is_uppercase)
        && !name.contains('_')
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_api_become_names_of_rust() {
        for (api, field) in [
            ("sessionId", "session_id"),
            ("e2ee", "e2ee"),
            ("sha256sum", "sha256sum"),
            ("p2p.preference", "p2p_preference"),
            ("create_dt", "create_dt"),
        ] {
            assert_eq!(snake(api), field);
        }
        for (api, name) in [
            ("start_archive", "StartArchive"),
            ("bestFit", "BestFit"),
            ("ON_HOLD", "OnHold"),
            ("en-US", "EnUs"),
            ("user initiated", "UserInitiated"),
        ] {
            assert_eq!(pascal(api), name);
        }
        assert_eq!(camel("has_audio"), "hasAudio");
    }
}
