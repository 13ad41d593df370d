//! The queue of deliveries: from an event to its deliveries, and from one attempt to the next.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use bytes::Bytes;
use serde_json::Value;
use tokio::sync::Notify;
use vonage_video_core::{ProjectId, SessionId, WebhookEvent};

use super::{
    body,
    delivery::{Attempt, AttemptOutcome, Delivery},
    target::WebhookTarget,
};
use crate::world::{Agenda, Happening, Millis, World};

/// The wait after the first failed attempt; it doubles from one to the next (support article on
/// callbacks).
const FIRST_WAIT: Millis = 5_000;
const LONGEST_WAIT: Millis = 15 * 60_000;
/// An event that could not be delivered for this long is given up.
const GIVEN_UP_AFTER: Millis = 24 * 60 * 60_000;
/// How long a delivery waits for another to overtake it.
const HELD: Millis = 1_000;
/// Most deliveries that are kept.
const MOST: usize = 10_000;
/// Most targets.
const MOST_TARGETS: usize = 1_000;

#[derive(Debug, Default)]
pub(crate) struct Webhooks {
    targets: Vec<WebhookTarget>,
    counted: u64,
    deliveries: BTreeMap<u64, Delivery>,
    /// When deliveries are due, by number.
    agenda: Agenda<u64>,
    /// Deliveries that were queued or attempted since the last look.
    changed: Vec<(u64, usize)>,
    targets_changed: bool,
    /// Those that are due to each URL, in order.
    outbox: BTreeMap<String, VecDeque<u64>>,
    /// The delivery of each URL that waits to be overtaken.
    held: BTreeMap<String, u64>,
    /// The ids that signatures bear, by the number of the first copy.
    ids: BTreeMap<u64, u128>,
}

/// A delivery that is due.
pub(crate) struct PendingDelivery {
    pub(crate) number: u64,
    pub(crate) url: String,
    pub(crate) body: Bytes,
    pub(crate) secret: Option<String>,
    pub(crate) project: ProjectId,
    pub(crate) first_copy: Option<u64>,
}

impl Webhooks {
    /// The deliveries after a number, oldest first.
    pub(crate) fn after(&self, number: u64) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.deliveries
            .range(number.saturating_add(1)..)
            .map(|(_, delivery)| delivery)
    }

    /// A delivery that is still kept.
    pub(crate) fn get(&self, number: u64) -> Option<&Delivery> {
        self.deliveries.get(&number)
    }

    /// How many deliveries are kept.
    pub(crate) fn len(&self) -> usize {
        self.deliveries.len()
    }

    /// The deliveries that changed since the last look: their numbers, how often they had been
    /// attempted, and the sessions that they are about.
    pub(crate) fn take_changed(&mut self) -> Vec<(u64, usize, Option<SessionId>)> {
        let mut changed = std::mem::take(&mut self.changed);
        changed.dedup();
        let known = changed.into_iter().filter_map(|(number, attempt)| {
            let delivery = self.deliveries.get(&number)?;
            Some((number, attempt, delivery.session.clone()))
        });
        known.collect()
    }

    /// Whether the targets changed since the last look.
    pub(crate) fn take_targets_changed(&mut self) -> bool {
        std::mem::take(&mut self.targets_changed)
    }

    pub(crate) fn targets(&self) -> &[WebhookTarget] {
        &self.targets
    }

    /// Adds targets. Returns whether there was room for all of them; otherwise none is added.
    pub(crate) fn add_targets(&mut self, targets: Vec<WebhookTarget>) -> bool {
        let fit = self.targets.len().saturating_add(targets.len()) <= MOST_TARGETS;
        if fit {
            self.targets.extend(targets);
            self.targets_changed = true;
        }
        fit
    }

    /// Puts targets in the place of all others. Returns whether there was room for them; otherwise
    /// nothing changes.
    pub(crate) fn replace_targets(&mut self, targets: Vec<WebhookTarget>) -> bool {
        let fit = targets.len() <= MOST_TARGETS;
        if fit {
            self.targets = targets;
            self.targets_changed = true;
        }
        fit
    }

    /// Forgets every delivery; the targets stay.
    pub(crate) fn clear_deliveries(&mut self) {
        self.deliveries.clear();
        self.agenda.clear();
        self.outbox.clear();
        self.held.clear();
        self.ids.clear();
    }

    pub(crate) fn clear_targets(&mut self) {
        self.targets.clear();
        self.targets_changed = true;
    }

    /// Removes the targets of a URL. Returns whether there was one.
    pub(crate) fn remove_targets(&mut self, url: &str) -> bool {
        let before = self.targets.len();
        self.targets.retain(|target| target.url != url);
        self.targets_changed |= self.targets.len() < before;
        self.targets.len() < before
    }

    /// Makes deliveries ready that are due by a time.
    pub(crate) fn pass(&mut self, until: Millis) {
        while let Some((_, number)) = self.agenda.take(until) {
            self.held.retain(|_, held| *held != number);
            if let Some(delivery) = self.deliveries.get(&number) {
                let lane = self.outbox.entry(delivery.url.clone()).or_default();
                lane.push_back(number);
            }
        }
    }

    /// When the next delivery is due.
    pub(crate) fn next_due(&mut self) -> Option<Millis> {
        self.agenda.next_due()
    }

    /// Is notified when a delivery is due earlier than all others were.
    pub(crate) fn wake(&self) -> Arc<Notify> {
        self.agenda.wake()
    }

    /// The URLs to which something is due.
    pub(crate) fn urls_due(&self) -> Vec<String> {
        self.outbox.keys().cloned().collect()
    }

    /// Takes the next delivery that is due to a URL.
    pub(crate) fn next_pending(&mut self, url: &str) -> Option<PendingDelivery> {
        loop {
            let lane = self.outbox.get_mut(url)?;
            let number = lane.pop_front();
            if lane.is_empty() {
                self.outbox.remove(url);
            }
            if let Some(delivery) = self.deliveries.get(&number?) {
                return Some(PendingDelivery {
                    number: delivery.number,
                    url: delivery.url.clone(),
                    body: delivery.body.clone(),
                    secret: delivery.secret.clone(),
                    project: delivery.project.as_str().into(),
                    first_copy: delivery.first_copy,
                });
            }
        }
    }

    /// The id that a signature bears: `drawn` at the first attempt, and the same at all others.
    pub(crate) fn signature_id(&mut self, pending: &PendingDelivery, drawn: u128) -> u128 {
        let Some(first) = pending.first_copy else {
            return drawn;
        };
        let id = *self.ids.entry(first).or_insert(drawn);
        while self.ids.len() > MOST {
            self.ids.pop_first();
        }
        id
    }

    /// Makes a delivery due again whose attempt was given up.
    pub(crate) fn put_back(&mut self, pending: &PendingDelivery) {
        let lane = self.outbox.entry(pending.url.clone()).or_default();
        lane.push_front(pending.number);
    }

    /// Queues an event for every target that receives it. `complete` adds what the world does not
    /// know, such as links.
    pub(crate) fn queue(
        &mut self,
        happening: &Happening,
        world: &World,
        complete: impl FnOnce(&mut WebhookEvent),
    ) {
        let Happening {
            project,
            url,
            event,
        } = happening;
        let mut targets = self.targets_of(project, event.kind(), world);
        if let Some(url) = url {
            // It is signed as the application's own callbacks are.
            let mut own = targets
                .into_iter()
                .next()
                .unwrap_or_else(|| WebhookTarget::new(url.as_str()));
            own.url.clone_from(url);
            targets = vec![own];
        }
        if targets.is_empty() {
            return;
        }
        let name = event.kind().to_owned();
        let mut event = event.clone();
        complete(&mut event);
        let body = body::of(project, event);
        let session = body.get("sessionId").and_then(Value::as_str);
        let session = session.map(SessionId::from);
        let body = Bytes::from(body.to_string());
        for target in &targets {
            let delivery = Delivery {
                number: 0,
                event: name.clone(),
                project: project.to_string(),
                url: target.url.clone(),
                body: body.clone(),
                attempts: Vec::new(),
                next_attempt: None,
                created: world.now(),
                session: session.clone(),
                secret: target.signing_secret(),
                first_copy: None,
            };
            self.post(delivery, target);
        }
    }

    /// The configured targets, and the registered callbacks of an OpenTok project.
    fn targets_of(&self, project: &ProjectId, event: &str, world: &World) -> Vec<WebhookTarget> {
        let configured = self.targets.iter();
        let mut targets: Vec<WebhookTarget> = configured
            .filter(|target| target.wants(project.as_str(), event))
            .cloned()
            .collect();
        if let Some(state) = world.projects().get(project) {
            let (group, happening) = callback_name(event);
            let registered = state
                .callbacks
                .iter()
                .filter(|callback| callback.group == group && callback.event == happening);
            targets.extend(registered.map(|callback| WebhookTarget::new(callback.url.as_str())));
        }
        targets
    }

    fn post(&mut self, mut delivery: Delivery, target: &WebhookTarget) {
        let late = Millis::from(target.faults.late_seconds).saturating_mul(1000);
        let due = delivery.created.saturating_add(late);
        delivery.next_attempt = Some(due);
        delivery.first_copy = (!target.faults.new_ids).then_some(self.counted + 1);
        let copies = if target.faults.twice { 2 } else { 1 };
        for _ in 0..copies {
            let number = self.add(delivery.clone());
            if !target.faults.out_of_order {
                self.agenda.add(due, number);
            } else if let Some(overtaken) = self.held.remove(&target.url) {
                self.agenda.add(due, number);
                self.agenda.add(due, overtaken);
            } else {
                self.held.insert(target.url.clone(), number);
                self.agenda.add(due.saturating_add(HELD), number);
            }
        }
    }

    /// Notes the outcome of an attempt, and when the next is due.
    pub(crate) fn attempted(
        &mut self,
        number: u64,
        signed: bool,
        outcome: AttemptOutcome,
        now: Millis,
    ) {
        let Some(delivery) = self.deliveries.get_mut(&number) else {
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
        let over = delivery.arrived() || next > delivery.created.saturating_add(GIVEN_UP_AFTER);
        delivery.next_attempt = (!over).then_some(next);
        let attempt = delivery.attempts.len();
        if !over {
            self.agenda.add(next, number);
        }
        self.changed.push((number, attempt));
    }

    /// Sends an event once more. Returns whether it is still known.
    pub(crate) fn repeat(&mut self, number: u64, now: Millis) -> bool {
        let Some(delivery) = self.deliveries.get_mut(&number) else {
            return false;
        };
        delivery.next_attempt = Some(now);
        self.changed.push((number, delivery.attempts.len()));
        self.agenda.add(now, number);
        true
    }

    fn add(&mut self, mut delivery: Delivery) -> u64 {
        self.counted += 1;
        delivery.number = self.counted;
        self.deliveries.insert(self.counted, delivery);
        self.changed.push((self.counted, 0));
        while self.deliveries.len() > MOST {
            self.deliveries.pop_first();
        }
        self.counted
    }
}

/// The group and name of an event in OpenTok's callbacks, as inferred from one SDK's tests.
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
