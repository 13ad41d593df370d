//! The names of keys. What belongs to a session is in one slot of a cluster: its id is the hash
//! tag.

use std::fmt::Write;

use vonage_video::{SessionId, webhook::EventKey};

/// `prefix:inbox:{session}:key`; an event without a session is its own tag.
pub(crate) fn inbox(prefix: &str, key: &EventKey) -> String {
    let tag = key.session_id().map_or(key.as_str(), SessionId::as_str);
    format!("{prefix}:inbox:{{{}}}:{key}", escaped(tag))
}

pub(crate) fn presence(prefix: &str, session: &SessionId) -> String {
    format!("{prefix}:presence:{{{}}}", escaped(session.as_str()))
}

pub(crate) fn rate(prefix: &str, project: &str) -> String {
    format!("{prefix}:rate:{{{}}}", escaped(project))
}

/// Braces would end a hash tag early; blanks and control characters would make keys hard to handle.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~=/%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use vonage_video::{Timestamp, webhook::WebhookEvent};

    use super::*;

    #[test]
    fn the_session_is_the_hash_tag_of_all_its_keys() {
        let event = WebhookEvent::connection_created("1_a}{b c", "c", Timestamp::from_millis(7));
        let tag = "{1_a%7D%7Bb%20c}";
        assert!(inbox("p", &event.key()).starts_with(&format!("p:inbox:{tag}:connectionCreated/")));
        assert_eq!(
            presence("p", &"1_a}{b c".into()),
            format!("p:presence:{tag}")
        );
    }

    #[test]
    fn an_event_without_a_session_does_not_share_a_tag_with_all_others_of_its_kind() {
        let event: WebhookEvent = serde_json::from_str(r#"{"event":"x"}"#).unwrap();
        let key = event.key();
        assert_eq!(inbox("p", &key), format!("p:inbox:{{{key}}}:{key}"));
        assert_eq!(rate("p", "46x"), "p:rate:{46x}");
    }
}
