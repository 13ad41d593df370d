//! What keeps deliveries going.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{task::JoinHandle, time::sleep};
use vonage_video_auth::Environment;
use vonage_video_auth::WebhookSigner;

use super::{post, queue::Parcel};
use crate::site::Shared;

/// A task that sends what is due while the clock runs. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Pump(JoinHandle<()>);

impl Pump {
    pub(crate) fn start(shared: &Arc<Shared>) -> Self {
        Self(tokio::spawn(run(Arc::downgrade(shared))))
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Sends, and then waits for the next thing to be due, or for something new.
async fn run(shared: Weak<Shared>) {
    loop {
        let Some(shared) = shared.upgrade() else {
            return;
        };
        shared.deliver().await;
        let (wake, rest) = {
            let mut world = shared.world();
            let due = world.agenda.next_due().filter(|_| world.clock.runs());
            let rest = due.map(|due| Duration::from_millis(due.saturating_sub(world.now)));
            (world.agenda.wake(), rest)
        };
        drop(shared);
        tokio::select! {
            () = wake.notified() => {}
            () = sleep(rest.unwrap_or_default()), if rest.is_some() => {}
        }
    }
}

impl Shared {
    /// Sends everything that is due now, one after the other.
    pub(crate) async fn deliver(&self) {
        let _turn = self.sending.lock().await;
        loop {
            let Some(parcel) = self.world().webhooks.next_parcel() else {
                return;
            };
            self.send(parcel).await;
        }
    }

    async fn send(&self, parcel: Parcel) {
        let (authorization, allow_remote) = {
            let mut world = self.world();
            let now = world.wall();
            let id = u128::from(world.random.next()) << 64 | u128::from(world.random.next());
            let environment = world.environment_of(&parcel.project);
            let header = parcel.secret.as_deref().and_then(|secret| {
                let mut signer = WebhookSigner::new(secret).ok()?;
                if environment == Environment::Vonage {
                    signer = signer.application_id(parcel.project.as_str());
                }
                let signer = signer.api_key("emulator");
                Some(signer.header(&parcel.body, now, id.to_be_bytes()))
            });
            (header, world.allow_remote)
        };
        let signed = authorization.is_some();
        let outcome = post::post(
            &parcel.url,
            parcel.body,
            authorization.as_deref(),
            allow_remote,
        )
        .await;
        self.world().attempted(parcel.number, signed, outcome);
    }
}
