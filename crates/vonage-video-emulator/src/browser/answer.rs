//! What a page is sent over its socket: answers to its requests, and events with a number.

use serde_json::{Value, json};

use crate::world::{ClientError, Entry, JoinError, News};

use super::member::Member;

/// The reason why a request was refused. The script knows by `what` which error of the client SDK
/// it is.
pub(super) struct Refusal {
    pub(super) what: &'static str,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(what: &'static str, message: impl std::fmt::Display) -> Self {
        Self {
            what,
            message: message.to_string(),
        }
    }
}

impl From<ClientError> for Refusal {
    fn from(error: ClientError) -> Self {
        let what = match error {
            ClientError::NotConnected => "notConnected",
            ClientError::NotAllowed { .. } => "notAllowed",
            ClientError::NoSuchStream => "noSuchStream",
            ClientError::NoSuchClient => "noSuchClient",
        };
        Self::new(what, error)
    }
}

impl From<JoinError> for Refusal {
    fn from(error: JoinError) -> Self {
        let what = match error {
            JoinError::NoSuchSession => "noSuchSession",
            _ => "badToken",
        };
        Self::new(what, error)
    }
}

/// The answer to a request as it is sent.
pub(super) fn answer(id: u64, result: Result<Value, Refusal>) -> String {
    let answer = match result {
        Ok(value) => json!({ "re": id, "ok": value }),
        Err(Refusal { what, message }) => {
            json!({ "re": id, "error": { "what": what, "message": message } })
        }
    };
    answer.to_string()
}

/// An entry of the feed as it is sent to a page, if it concerns the page.
pub(super) fn event(entry: &Entry, member: &Member) -> Option<String> {
    let mut event = match &entry.news {
        News::Notice { .. } => json!(entry.notice_to(&member.session, &member.id)?),
        News::Relay { to, relay } if *to == member.id => json!(relay),
        _ => return None,
    };
    let members = event.as_object_mut()?;
    members.insert("n".to_owned(), entry.number.into());
    Some(event.to_string())
}
