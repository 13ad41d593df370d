//! The sending of webhooks.

use std::{
    collections::BTreeSet,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    task::Poll,
    time::Duration,
};

use tokio::{task::JoinHandle, time::sleep};
use vonage_video_auth::{Environment, WebhookSigner};

use crate::{
    site::{Site, State},
    webhook::{AttemptOutcome, PendingDelivery, post},
};

/// A task that sends webhooks as they become due while the clock runs. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Pump(JoinHandle<()>);

impl Pump {
    pub(crate) fn start(site: &Arc<Site>) -> Self {
        Self(tokio::spawn(run(Arc::downgrade(site))))
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends, then waits until the next thing is due or something new comes.
async fn run(site: Weak<Site>) {
    loop {
        let Some(site) = site.upgrade() else {
            return;
        };
        site.deliver().await;
        let (world, webhooks, rest) = site.lock().wait_for();
        drop(site);
        tokio::select! {
            () = world.notified() => {}
            () = webhooks.notified() => {}
            () = sleep(rest.unwrap_or_default()), if rest.is_some() => {}
        }
    }
}

/// The URLs that were silent, so that virtual time does not wait for each delivery to them.
#[derive(Debug, Default)]
pub(super) struct Unresponsive(Mutex<BTreeSet<String>>);

impl Unresponsive {
    fn holds(&self, url: &str) -> bool {
        self.urls().contains(url)
    }

    fn urls(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A delivery that is being sent. Dropping it before its outcome is known makes it due again.
struct Sending<'s> {
    site: &'s Site,
    pending: Option<PendingDelivery>,
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.site.lock().webhooks.put_back(&pending);
        }
    }
}

impl Site {
    /// Sends everything that is due now and waits for the outcomes.
    pub(crate) async fn deliver(&self) {
        self.deliver_past(&Unresponsive::default()).await;
    }

    /// The same; what is due to a URL that was silent before fails at once.
    pub(super) async fn deliver_past(&self, unresponsive: &Unresponsive) {
        // What somebody else is sending now is waited for too, once.
        let mut urls = self.lanes.busy();
        loop {
            urls.extend(self.lock().webhooks.urls_due());
            if urls.is_empty() {
                return;
            }
            urls.sort();
            urls.dedup();
            let sent = urls.iter().map(|url| self.deliver_to(url, unresponsive));
            join_all(sent.map(|sent| Box::pin(sent) as Job<'_>).collect()).await;
            urls.clear();
        }
    }

    async fn deliver_to(&self, url: &str, unresponsive: &Unresponsive) {
        let lane = self.lanes.of(url);
        let _turn = lane.lock().await;
        loop {
            let (pending, authorization, allow_remote) = {
                let mut state = self.lock();
                let Some(pending) = state.webhooks.next_pending(url) else {
                    return;
                };
                let authorization = state.sign(&pending);
                (pending, authorization, state.allow_remote)
            };
            let (number, body) = (pending.number, pending.body.clone());
            let mut sending = Sending {
                site: self,
                pending: Some(pending),
            };
            let outcome = if unresponsive.holds(url) {
                AttemptOutcome::Failed("no response to an earlier delivery in this leap".to_owned())
            } else {
                post(url, body, authorization.as_deref(), allow_remote).await
            };
            if outcome.is_silence() {
                unresponsive.urls().insert(url.to_owned());
            }
            sending.pending = None;
            drop(sending);
            let signed = authorization.is_some();
            let mut state = self.lock();
            let now = state.world.now();
            state.webhooks.attempted(number, signed, outcome, now);
        }
    }
}

type Job<'s> = Pin<Box<dyn Future<Output = ()> + Send + 's>>;

/// Completes when all jobs have.
async fn join_all(mut jobs: Vec<Job<'_>>) {
    std::future::poll_fn(|context| {
        jobs.retain_mut(|job| job.as_mut().poll(context).is_pending());
        if jobs.is_empty() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

impl State {
    /// What wakes the pump, and how long it may sleep; `None` while nothing is due or the clock
    /// stands still.
    fn wait_for(
        &mut self,
    ) -> (
        Arc<tokio::sync::Notify>,
        Arc<tokio::sync::Notify>,
        Option<Duration>,
    ) {
        let now = self.world.now();
        let runs = self.world.clock().runs();
        let due = self.next_due().filter(|_| runs);
        let rest = due.map(|due| Duration::from_millis(due.saturating_sub(now)));
        (self.world.wake(), self.webhooks.wake(), rest)
    }

    /// The header `Authorization` of a delivery, if it is signed.
    fn sign(&mut self, pending: &PendingDelivery) -> Option<String> {
        let drawn = u128::from(self.random.next()) << 64 | u128::from(self.random.next());
        let id = self.webhooks.signature_id(pending, drawn);
        let mut signer = WebhookSigner::new(pending.secret.as_deref()?).ok()?;
        if self.world.environment_of(&pending.project) == Environment::Vonage {
            signer = signer.application_id(pending.project.as_str());
        }
        let signer = signer.api_key("emulator");
        Some(signer.header(&pending.body, self.wall(), id.to_be_bytes()))
    }
}
