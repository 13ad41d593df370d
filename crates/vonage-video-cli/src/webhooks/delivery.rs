//! A delivery of a webhook, as it is kept and shown.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vonage_video::WebhookEvent;

use crate::output::rfc3339;

/// A delivery that was received. It holds no header, and so no signature.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delivery {
    /// Counts up from 1 over all that were ever kept.
    pub(super) number: u64,
    /// Milliseconds since 1970.
    pub(super) at: u64,
    pub(super) signature: Signature,
    /// What its sender was answered.
    pub(super) status: u16,
    /// Why the program that it was passed on to gave no status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) problem: Option<String>,
    pub(super) took_ms: u64,
    /// Where it was passed on to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<String>,
    /// The file of the secret that it was verified with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secret_file: Option<PathBuf>,
    pub(super) body: String,
}

/// What its signature is worth.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Signature {
    Valid,
    /// There was no secret to check it with.
    Unchecked,
    Invalid(String),
}

impl Signature {
    fn text(&self) -> String {
        match self {
            Self::Valid => "signed".to_owned(),
            Self::Unchecked => "unchecked".to_owned(),
            Self::Invalid(why) => format!("BAD: {why}"),
        }
    }
}

impl Delivery {
    /// The body as JSON, or null.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Whether the program that it is for took it.
    pub(super) fn is_accepted(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The outcome, such as `200 in 12 ms`.
    pub(super) fn outcome(&self) -> String {
        match &self.problem {
            Some(problem) => problem.clone(),
            None => format!("{} in {} ms", self.status, self.took_ms),
        }
    }

    /// A line for people: number, time of day, event, what it is about, signature and outcome.
    pub(super) fn line(&self) -> String {
        let time = rfc3339(self.at / 1000 * 1000);
        let time = time.get(11..19).unwrap_or_default();
        let (event, about) = summary(&self.json());
        let about: String = about.chars().take(8).collect();
        format!(
            "{:>4}  {time}  {event:<22}  {about:<8}  {}  → {}",
            self.number,
            self.signature.text(),
            self.outcome()
        )
    }

    /// As lists and programs see it.
    pub(super) fn row(&self) -> Value {
        let body = self.json();
        let (event, about) = summary(&body);
        json!({
            "number": self.number,
            "receivedAt": self.at,
            "event": event,
            "about": about,
            "signature": self.signature.text(),
            "outcome": self.outcome(),
            "status": self.status,
            "body": body,
        })
    }
}

/// The event with its status, and the id of what it is about.
pub(super) fn summary(body: &Value) -> (String, String) {
    let event = serde_json::from_value::<WebhookEvent>(body.clone());
    let mut name = event
        .map(|event| event.kind().to_owned())
        .unwrap_or_default();
    if name.is_empty() {
        "not an event".clone_into(&mut name);
    }
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str);
    if let Some(status) = text("/status") {
        name = format!("{name} {status}");
    }
    let about = [
        "/id",
        "/stream/id",
        "/connection/id",
        "/captionId",
        "/callId",
    ];
    let about = about.into_iter().find_map(text).unwrap_or_default();
    (name, about.to_owned())
}
