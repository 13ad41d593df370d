//! Text from the network, made harmless for a terminal.

use std::fmt::Write as _;

use serde_json::Value;
use vonage_video_core::shared::is_hidden;

/// Escapes what acts on a terminal or hides in it, as `\u{1b}`.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            let _ = write!(out, "{}", c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// JSON in which such characters are escaped the way JSON does, so that it means the same.
pub(crate) fn json(value: &Value, pretty: bool) -> String {
    let text = if pretty {
        serde_json::to_string_pretty(value)
    } else {
        serde_json::to_string(value)
    };
    let mut out = String::new();
    for c in text.unwrap_or_default().chars() {
        if c != '\n' && is_hidden(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const HOSTILE: &str = "x\u{1b}[31m\u{9b}31m\u{7f}\u{202e}\u{200b}\u{e0001}y";

    #[test]
    fn nothing_that_acts_on_a_terminal_passes() {
        assert!(!escape(HOSTILE).chars().any(is_hidden));
        assert_eq!(escape("Björk 张伟 محمد"), "Björk 张伟 محمد");
    }

    #[test]
    fn json_means_the_same() {
        let value = json!({ "name": HOSTILE, "list": ["a"] });
        for pretty in [false, true] {
            let text = json(&value, pretty);
            assert!(!text.chars().any(|c| c != '\n' && is_hidden(c)), "{text}");
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
    }
}
