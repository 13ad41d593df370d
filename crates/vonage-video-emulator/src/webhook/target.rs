//! The targets of webhooks, and how deliveries to them fail on request.

use std::fmt;

use http::Uri;
use serde::{Deserialize, Serialize};
use vonage_video_core::WebhookEvent;

use crate::suggest::no_such;

/// A URL that receives webhooks.
///
/// As JSON it has the members `url`, `secret`, `events`, `project` and `faults`; all but `url` may
/// be left out.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WebhookTarget {
    /// The URL, with the scheme `http`; on this machine unless the emulator [allows remote
    /// access](crate::EmulatorBuilder::allow_remote).
    pub url: String,
    /// The signature secret; deliveries are unsigned when it is unset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// The events to deliver, such as `archive` or `connectionCreated`; all when unset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<String>>,
    /// The project whose events to deliver; every project when unset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// How deliveries fail on request; they succeed unless something is set.
    #[serde(default)]
    pub faults: DeliveryFaults,
}

/// Failures of deliveries on request, for receivers that must cope with them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct DeliveryFaults {
    /// Delays each delivery by this many seconds of virtual time.
    pub late_seconds: u32,
    /// Sends each delivery twice.
    pub twice: bool,
    /// Sends each two deliveries in reverse order. A delivery that no other follows is sent after a
    /// second of virtual time.
    pub out_of_order: bool,
    /// Omits the signature although there is a secret.
    pub unsigned: bool,
    /// Signs with another secret.
    pub wrongly_signed: bool,
    /// Signs every attempt and copy with an id (`jti`) of its own. By default a delivery keeps its
    /// id; no source says what the service does.
    pub new_ids: bool,
}

impl WebhookTarget {
    /// Creates a target that receives all events, unsigned.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            secret: None,
            events: None,
            project: None,
            faults: DeliveryFaults::default(),
        }
    }

    /// Signs deliveries with this secret.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Delivers only these events.
    #[must_use]
    pub fn events<E: Into<String>>(mut self, events: impl IntoIterator<Item = E>) -> Self {
        self.events = Some(events.into_iter().map(Into::into).collect());
        self
    }

    /// Delivers only the events of one project.
    #[must_use]
    pub fn project(mut self, project: impl Into<String>) -> Self {
        self.project = Some(project.into());
        self
    }

    /// Delays deliveries by seconds of virtual time.
    #[must_use]
    pub fn late(mut self, seconds: u32) -> Self {
        self.faults.late_seconds = seconds;
        self
    }

    /// Sends each delivery twice.
    #[must_use]
    pub fn twice(mut self) -> Self {
        self.faults.twice = true;
        self
    }

    /// Sends each two deliveries in reverse order.
    #[must_use]
    pub fn out_of_order(mut self) -> Self {
        self.faults.out_of_order = true;
        self
    }

    /// Omits the signature although there is a secret.
    #[must_use]
    pub fn unsigned(mut self) -> Self {
        self.faults.unsigned = true;
        self
    }

    /// Signs with another secret.
    #[must_use]
    pub fn wrongly_signed(mut self) -> Self {
        self.faults.wrongly_signed = true;
        self
    }

    /// Signs every attempt and copy with an id (`jti`) of its own, instead of the delivery's.
    #[must_use]
    pub fn new_ids(mut self) -> Self {
        self.faults.new_ids = true;
        self
    }

    /// Checks the URL and the names of the events.
    ///
    /// # Errors
    ///
    /// The URL is not `http://` and a host, or there is no such event.
    pub fn check(&self) -> Result<(), BadWebhookTarget> {
        let uri = self.url.parse::<Uri>().ok();
        let is_http =
            uri.is_some_and(|uri| uri.scheme_str() == Some("http") && uri.host().is_some());
        if !is_http {
            return Err(BadWebhookTarget(format!(
                "{:?} is not a URL like http://127.0.0.1:3000/hooks",
                self.url
            )));
        }
        let known = WebhookEvent::KINDS;
        let unknown = self
            .events
            .iter()
            .flatten()
            .find(|event| !known.contains(&event.as_str()));
        match unknown {
            None => Ok(()),
            Some(event) => Err(BadWebhookTarget(no_such("webhook event", event, known))),
        }
    }

    pub(crate) fn wants(&self, project: &str, event: &str) -> bool {
        let of_project = self.project.as_deref().is_none_or(|own| own == project);
        let of_event = self
            .events
            .as_ref()
            .is_none_or(|events| events.iter().any(|own| own == event));
        of_project && of_event
    }

    /// The secret that a delivery is signed with, if it is signed.
    pub(crate) fn signing_secret(&self) -> Option<String> {
        let secret = self.secret.as_ref().filter(|_| !self.faults.unsigned)?;
        Some(if self.faults.wrongly_signed {
            format!("not {secret}")
        } else {
            secret.clone()
        })
    }
}

/// A webhook target that cannot receive anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadWebhookTarget(String);

impl fmt::Display for BadWebhookTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadWebhookTarget {}

impl fmt::Debug for WebhookTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookTarget")
            .field("url", &self.url)
            .field("signed", &self.secret.is_some())
            .field("events", &self.events)
            .field("project", &self.project)
            .field("faults", &self.faults)
            .finish()
    }
}
