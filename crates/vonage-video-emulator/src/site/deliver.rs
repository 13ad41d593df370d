//! The sending of webhooks.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{task::JoinHandle, time::sleep};
use vonage_video_auth::{Environment, WebhookSigner};

use crate::{
    site::{Site, State},
    webhook::{PendingDelivery, post},
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

impl Site {
    /// Sends everything that is due now, one after the other.
    pub(crate) async fn deliver(&self) {
        let _turn = self.sending.lock().await;
        loop {
            let (pending, authorization, allow_remote) = {
                let mut state = self.lock();
                let Some(pending) = state.webhooks.next_pending() else {
                    return;
                };
                let authorization = state.sign(&pending);
                (pending, authorization, state.allow_remote)
            };
            let signed = authorization.is_some();
            let outcome = post(
                &pending.url,
                pending.body,
                authorization.as_deref(),
                allow_remote,
            )
            .await;
            let mut state = self.lock();
            let now = state.world.now();
            state
                .webhooks
                .attempted(pending.number, signed, outcome, now);
        }
    }
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
