//! Deliveries and their attempts.

use std::{fmt, time::Duration};

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};
use vonage_video_core::SessionId;

use crate::world::{Millis, short_name};

/// The delivery of an event to a URL, with every attempt.
#[derive(Clone)]
#[non_exhaustive]
pub struct Delivery {
    /// Counts up from 1.
    pub number: u64,
    /// The event's name, such as `archive`.
    pub event: String,
    /// The project that the event belongs to.
    pub project: String,
    /// The URL that it is posted to.
    pub url: String,
    /// The body as it is sent.
    pub body: Bytes,
    /// Every attempt, oldest first.
    pub attempts: Vec<Attempt>,
    /// When the next attempt is due, in milliseconds of virtual time since 1970; `None` once it has
    /// arrived or was given up.
    pub next_attempt: Option<u64>,
    pub(crate) created: Millis,
    pub(crate) session: Option<SessionId>,
    pub(crate) secret: Option<String>,
    /// The number of the first of its copies, whose id all of them keep; `None` if each attempt has
    /// a new one.
    pub(crate) first_copy: Option<u64>,
}

/// One attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attempt {
    /// When it was made, in milliseconds of virtual time since 1970.
    pub at: u64,
    /// Whether it was signed.
    pub signed: bool,
    /// The status of the response, or why there was none.
    pub outcome: AttemptOutcome,
}

/// The outcome of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum AttemptOutcome {
    /// The receiver responded with this status; 2xx accepts the delivery.
    Status(u16),
    /// The receiver was not reached or did not respond; says why.
    Failed(String),
}

impl AttemptOutcome {
    /// The outcome where the receiver did not respond in time.
    pub(crate) fn silence(timeout: Duration) -> Self {
        Self::Failed(format!("{SILENCE} {} seconds", timeout.as_secs()))
    }

    /// Whether the receiver did not respond in time.
    pub(crate) fn is_silence(&self) -> bool {
        matches!(self, Self::Failed(why) if why.starts_with(SILENCE))
    }
}

const SILENCE: &str = "no response within";

impl Delivery {
    /// Whether the receiver accepted it.
    pub fn arrived(&self) -> bool {
        self.attempts
            .last()
            .is_some_and(|attempt| matches!(attempt.outcome, AttemptOutcome::Status(200..=299)))
    }

    /// The body as JSON, or null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// What lists show of it.
    pub(crate) fn summary(&self) -> Value {
        json!({
            "number": self.number,
            "at": self.created,
            "event": self.event,
            "status": self.json().get("status"),
            "project": self.project,
            "session": self.session,
            "sessionName": self.session.as_ref().map(short_name),
            "url": self.url,
            "signed": self.secret.is_some(),
            "tries": self.attempts.len(),
            "latest": self.attempts.last(),
            "arrived": self.arrived(),
            "nextAttempt": self.next_attempt,
        })
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut shown = self.summary();
        if let Some(members) = shown.as_object_mut() {
            members.insert("body".to_owned(), self.json());
            members.insert("attempts".to_owned(), json!(self.attempts));
        }
        shown
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("number", &self.number)
            .field("event", &self.event)
            .field("url", &self.url)
            .field("attempts", &self.attempts)
            .field("next_attempt", &self.next_attempt)
            .finish_non_exhaustive()
    }
}
