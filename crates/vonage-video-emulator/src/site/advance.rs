//! The passing of virtual time.

use crate::{site::Site, world::Millis};

impl Site {
    /// Lets virtual time pass, from one due thing to the next. Webhooks that become due are sent,
    /// and their receivers respond, before time goes on.
    pub(crate) async fn advance(&self, duration: Millis) {
        let target = self.lock().world.now().saturating_add(duration);
        self.deliver().await;
        while self.step(target) {
            self.deliver().await;
            // A long leap does not keep others from being served.
            tokio::task::yield_now().await;
        }
        self.deliver().await;
    }

    /// Goes on to the next due thing, or else to the target. Returns whether there was one.
    fn step(&self, target: Millis) -> bool {
        let mut state = self.lock();
        let next = state.next_due().filter(|due| *due <= target);
        state.world.leap_to(next.unwrap_or(target));
        state.catch_up();
        next.is_some()
    }
}
