//! A running emulator: the world, and what it remembers besides.

use std::{
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use http::HeaderValue;
use vonage_video_auth::Verifier;
use vonage_video_core::WebhookEvent;

use crate::{
    api::Links,
    site::{faults::Faults, host::AllowedHosts, journal::Journal, lanes::Lanes},
    webhook::Webhooks,
    world::{Changed, LATEST, Random, World, to_millis, to_time},
};

/// Most seconds by which the wall clock can be set off: a year.
const FARTHEST: u64 = 366 * 24 * 3600;

/// A running emulator.
#[derive(Debug)]
pub(crate) struct Site {
    state: Mutex<State>,
    hosts: AllowedHosts,
    /// The order of deliveries.
    pub(super) lanes: Lanes,
}

/// What a running emulator remembers.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) journal: Journal,
    pub(crate) faults: Faults,
    pub(crate) webhooks: Webhooks,
    pub(crate) links: Links,
    /// Verifies the account-level tokens of OpenTok.
    pub(crate) account: Verifier,
    /// Whether webhooks may go to other machines.
    pub(crate) allow_remote: bool,
    /// The user agent that responses are for; that of each request when unset.
    pub(crate) respond_as: Option<String>,
    /// How far the wall clock is off, in milliseconds.
    pub(crate) skew: i64,
    /// Randomness for ids of requests and deliveries.
    pub(crate) random: Random,
    /// Tells the ids of this emulator's events from those of another one.
    pub(crate) epoch: Arc<str>,
}

/// The state, for as long as nobody else may use it. Dropping it hands the events of what changed
/// to the webhooks.
pub(crate) struct Locked<'s>(MutexGuard<'s, State>);

impl Site {
    pub(crate) fn new(state: State, hosts: AllowedHosts) -> Self {
        Self {
            state: Mutex::new(state),
            hosts,
            lanes: Lanes::default(),
        }
    }

    /// The hosts that are served.
    pub(crate) fn hosts(&self) -> &AllowedHosts {
        &self.hosts
    }

    /// The state at the present time.
    pub(crate) fn lock(&self) -> Locked<'_> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.catch_up();
        Locked(state)
    }
}

impl State {
    /// Does everything that is due by now, in order.
    pub(crate) fn catch_up(&mut self) {
        let now = self.world.clock().now();
        while let Some(due) = self.next_due().filter(|due| *due <= now) {
            self.world.pass(due);
            self.announce();
            self.webhooks.pass(due);
        }
        self.world.pass(now);
    }

    /// When the next thing is due.
    pub(super) fn next_due(&mut self) -> Option<u64> {
        [self.world.next_due(), self.webhooks.next_due()]
            .into_iter()
            .flatten()
            .min()
    }

    /// Hands what happened in the world to the webhooks, and tells the readers of the feed what
    /// changed around it.
    fn announce(&mut self) {
        let now = self.world.now();
        let links = &self.links;
        for happening in self.world.take_happenings() {
            self.webhooks.queue(&happening, &self.world, |event| {
                if let WebhookEvent::Archive(archive) = event {
                    links.add_to(archive, now);
                }
            });
        }
        for (number, attempt, session) in self.webhooks.take_changed() {
            let changed = Changed::Delivery { number, attempt };
            self.world.report(changed, session);
        }
        if self.webhooks.take_targets_changed() {
            self.world.report(Changed::Targets, None);
        }
        if self.faults.take_changed() {
            self.world.report(Changed::Faults, None);
        }
    }

    /// Forgets the requests.
    pub(crate) fn forget_requests(&mut self) {
        self.journal.clear();
        self.world.report(Changed::Forgotten, None);
    }

    /// Sets the wall clock off. The error says which values are allowed.
    pub(crate) fn set_skew(&mut self, seconds: i64) -> Result<(), String> {
        if seconds.unsigned_abs() > FARTHEST {
            return Err(format!(
                "the clock can be set off by at most {FARTHEST} seconds, a year, got {seconds}"
            ));
        }
        self.skew = seconds.saturating_mul(1000);
        self.world.report(Changed::Clock(0), None);
        Ok(())
    }

    /// The wall clock, as far off as it was set to be: credentials are checked by it, and the
    /// header `Date` shows it.
    pub(crate) fn wall(&self) -> SystemTime {
        match self.skew {
            0 => self.world.wall(),
            skew => to_time(to_millis(self.world.wall()).saturating_add_signed(skew)),
        }
    }

    /// The value of the header `Date`; `None` for a time that the header cannot express.
    pub(crate) fn date(&self) -> Option<HeaderValue> {
        if to_millis(self.wall()) > LATEST {
            return None;
        }
        HeaderValue::from_str(&httpdate::fmt_http_date(self.wall())).ok()
    }
}

impl Deref for Locked<'_> {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

impl DerefMut for Locked<'_> {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.0
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        self.0.announce();
    }
}
