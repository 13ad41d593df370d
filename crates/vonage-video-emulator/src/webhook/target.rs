//! Whom to tell, and how.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A URL that is told about events.
///
/// As JSON it has the members `url`, `secret`, `events`, `project` and `faults`; all but `url` may be left out.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WebhookTarget {
    /// Where to. Plain HTTP, and on this machine unless the emulator may be reached from others too.
    pub url: String,
    /// What deliveries are signed with; unsigned when unset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// The events to tell of, such as `archive` or `connectionCreated`; all when unset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<String>>,
    /// The project whose events to tell of; every project when unset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// How deliveries go wrong.
    #[serde(default)]
    pub faults: DeliveryFaults,
}

/// How deliveries go wrong, for receivers that must cope with it. They go right unless something is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[non_exhaustive]
pub struct DeliveryFaults {
    /// Seconds of virtual time by which each is late.
    pub late_seconds: u32,
    /// Whether each comes twice.
    pub twice: bool,
    /// Whether each two come in the wrong order. One that no other follows comes after a second of virtual time.
    pub out_of_order: bool,
    /// Whether they come unsigned although there is a secret.
    pub unsigned: bool,
    /// Whether they are signed with another secret.
    pub wrongly_signed: bool,
}

impl WebhookTarget {
    /// Tells a URL of everything, unsigned.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            secret: None,
            events: None,
            project: None,
            faults: DeliveryFaults::default(),
        }
    }

    /// Signs deliveries.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Tells of these events only.
    #[must_use]
    pub fn events<E: Into<String>>(mut self, events: impl IntoIterator<Item = E>) -> Self {
        self.events = Some(events.into_iter().map(Into::into).collect());
        self
    }

    /// Tells of the events of one project only.
    #[must_use]
    pub fn project(mut self, project: impl Into<String>) -> Self {
        self.project = Some(project.into());
        self
    }

    /// Lets deliveries be late, by virtual time.
    #[must_use]
    pub fn late(mut self, seconds: u32) -> Self {
        self.faults.late_seconds = seconds;
        self
    }

    /// Lets each come twice.
    #[must_use]
    pub fn twice(mut self) -> Self {
        self.faults.twice = true;
        self
    }

    /// Lets each two come in the wrong order.
    #[must_use]
    pub fn out_of_order(mut self) -> Self {
        self.faults.out_of_order = true;
        self
    }

    /// Leaves the signature out, although there is a secret.
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

    pub(crate) fn wants(&self, project: &str, event: &str) -> bool {
        let of_project = self.project.as_deref().is_none_or(|own| own == project);
        let of_event = self
            .events
            .as_ref()
            .is_none_or(|events| events.iter().any(|own| own == event));
        of_project && of_event
    }

    /// What a delivery is signed with, if it is signed.
    pub(crate) fn signing_secret(&self) -> Option<String> {
        let secret = self.secret.as_ref().filter(|_| !self.faults.unsigned)?;
        Some(if self.faults.wrongly_signed {
            format!("not {secret}")
        } else {
            secret.clone()
        })
    }
}

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
