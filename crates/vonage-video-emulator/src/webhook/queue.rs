//! From an event to its deliveries, and from an attempt to the next.

use std::collections::{BTreeMap, VecDeque};

use bytes::Bytes;
use vonage_video_core::WebhookEvent;

use super::{Attempt, AttemptOutcome, Delivery, WebhookTarget, body};
use crate::world::{World, agenda::Reminder, clock::Millis};

/// The first wait after a failed attempt; it doubles from one to the next (support article on callbacks).
const FIRST_WAIT: Millis = 5_000;
const LONGEST_WAIT: Millis = 15 * 60_000;
/// An event that could not be delivered in this time is given up.
const PATIENCE: Millis = 24 * 60 * 60_000;
/// How long an event waits for one to overtake it.
const HELD: Millis = 1_000;
/// Most deliveries that are kept.
const MOST: usize = 10_000;
/// Most URLs that are told.
const MOST_TARGETS: usize = 1_000;

#[derive(Debug, Default)]
pub(crate) struct Webhooks {
    pub(crate) targets: Vec<WebhookTarget>,
    counted: u64,
    deliveries: BTreeMap<u64, Delivery>,
    /// Those that are to be sent now, in order.
    outbox: VecDeque<u64>,
    /// For each URL the one that waits to be overtaken.
    held: BTreeMap<String, u64>,
}

/// What is to be sent.
#[derive(Debug)]
pub(super) struct Parcel {
    pub(super) number: u64,
    pub(super) url: String,
    pub(super) body: Bytes,
    pub(super) secret: Option<String>,
    pub(super) project: String,
}

impl Webhooks {
    /// Those after a number, oldest first.
    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = &Delivery> {
        self.deliveries
            .range(number.saturating_add(1)..)
            .map(|(_, delivery)| delivery)
    }

    /// Whether all targets fit.
    pub(crate) fn has_room_for(&self, targets: usize) -> bool {
        self.targets.len().saturating_add(targets) <= MOST_TARGETS
    }

    pub(crate) fn ready(&mut self, number: u64) {
        self.held.retain(|_, held| *held != number);
        self.outbox.push_back(number);
    }

    /// Takes the next that is to be sent.
    pub(super) fn next_parcel(&mut self) -> Option<Parcel> {
        loop {
            let number = self.outbox.pop_front()?;
            if let Some(delivery) = self.deliveries.get(&number) {
                return Some(Parcel {
                    number,
                    url: delivery.url.clone(),
                    body: delivery.body.clone(),
                    secret: delivery.secret.clone(),
                    project: delivery.project.clone(),
                });
            }
        }
    }

    fn add(&mut self, mut delivery: Delivery) -> u64 {
        self.counted += 1;
        delivery.number = self.counted;
        self.deliveries.insert(self.counted, delivery);
        while self.deliveries.len() > MOST {
            self.deliveries.pop_first();
        }
        self.counted
    }
}

impl World {
    /// Hands an event to whoever is to be told.
    pub(crate) fn announce(&mut self, project: &str, event: WebhookEvent) {
        self.announce_at(project, None, event);
    }

    /// The same; but if there is a URL for this event alone, to that instead.
    pub(crate) fn announce_at(&mut self, project: &str, url: Option<&str>, event: WebhookEvent) {
        let mut targets = self.targets_of(project, event.kind());
        if let Some(url) = url {
            // It is signed as the application's own callbacks are.
            let mut own = targets
                .into_iter()
                .next()
                .unwrap_or_else(|| WebhookTarget::new(url));
            own.url = url.to_owned();
            targets = vec![own];
        }
        if targets.is_empty() {
            return;
        }
        let name = event.kind().to_owned();
        let body = Bytes::from(body::of(project, event).to_string());
        for target in targets {
            self.post(project, &name, &body, &target);
        }
    }

    /// The configured targets, and the registered callbacks of an OpenTok project.
    fn targets_of(&self, project: &str, event: &str) -> Vec<WebhookTarget> {
        let configured = self.webhooks.targets.iter();
        let mut targets: Vec<WebhookTarget> = configured
            .filter(|target| target.wants(project, event))
            .cloned()
            .collect();
        if let Some(state) = self.projects.get(project) {
            let (group, happening) = callback_name(event);
            let registered = state
                .callbacks
                .iter()
                .filter(|callback| callback.group == group && callback.event == happening);
            targets.extend(registered.map(|callback| WebhookTarget::new(callback.url.as_str())));
        }
        targets
    }

    fn post(&mut self, project: &str, event: &str, body: &Bytes, target: &WebhookTarget) {
        let late = Millis::from(target.manner.late_seconds).saturating_mul(1000);
        let due = self.now.saturating_add(late);
        let delivery = Delivery {
            number: 0,
            event: event.to_owned(),
            project: project.to_owned(),
            url: target.url.clone(),
            body: body.clone(),
            attempts: Vec::new(),
            next_attempt: Some(due),
            created: self.now,
            secret: target.signing_secret(),
        };
        let copies = if target.manner.twice { 2 } else { 1 };
        for _ in 0..copies {
            let number = self.webhooks.add(delivery.clone());
            if !target.manner.out_of_order {
                self.agenda.add(due, Reminder::Delivery(number));
            } else if let Some(overtaken) = self.webhooks.held.remove(&target.url) {
                self.agenda.add(due, Reminder::Delivery(number));
                self.agenda.add(due, Reminder::Delivery(overtaken));
            } else {
                self.webhooks.held.insert(target.url.clone(), number);
                self.agenda
                    .add(due.saturating_add(HELD), Reminder::Delivery(number));
            }
        }
    }

    /// Notes what became of an attempt, and when the next is due.
    pub(super) fn attempted(&mut self, number: u64, signed: bool, outcome: AttemptOutcome) {
        let now = self.now;
        let Some(delivery) = self.webhooks.deliveries.get_mut(&number) else {
            return;
        };
        delivery.attempts.push(Attempt {
            at: now,
            signed,
            outcome,
        });
        let failures = u32::try_from(delivery.attempts.len()).unwrap_or(u32::MAX);
        let doubled = 1u64.checked_shl(failures - 1).unwrap_or(u64::MAX);
        let wait = FIRST_WAIT.saturating_mul(doubled).min(LONGEST_WAIT);
        let next = now.saturating_add(wait);
        let over = delivery.arrived() || next > delivery.created.saturating_add(PATIENCE);
        delivery.next_attempt = (!over).then_some(next);
        if !over {
            self.agenda.add(next, Reminder::Delivery(number));
        }
    }

    /// Sends an event once more, whatever became of it. Answers whether it is still known.
    pub(crate) fn repeat_delivery(&mut self, number: u64) -> bool {
        let now = self.now;
        let Some(delivery) = self.webhooks.deliveries.get_mut(&number) else {
            return false;
        };
        delivery.next_attempt = Some(now);
        self.agenda.add(now, Reminder::Delivery(number));
        true
    }
}

/// How an OpenTok callback names an event: its group and what happens. The vocabulary is inferred from one SDK's tests.
fn callback_name(event: &str) -> (&str, &str) {
    match event {
        "sessionCreated" => ("session", "created"),
        "sessionDestroyed" => ("session", "destroyed"),
        "sessionNotification" => ("session", "notification"),
        "connectionCreated" => ("connection", "created"),
        "connectionDestroyed" => ("connection", "destroyed"),
        "streamCreated" => ("stream", "created"),
        "streamDestroyed" => ("stream", "destroyed"),
        "archive" | "broadcast" | "render" | "captions" => (event, "status"),
        other => ("call", other),
    }
}
