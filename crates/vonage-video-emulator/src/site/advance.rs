//! The passing of virtual time.

use crate::{
    site::{Site, deliver::Unresponsive},
    world::{Changed, LATEST, Millis},
};

impl Site {
    /// Lets virtual time pass, from one due thing to the next, to the end of the year 9999 at most.
    /// Webhooks that become due are sent, and their receivers respond, before time goes on. A
    /// receiver that is silent is waited for once.
    pub(crate) async fn advance(&self, duration: Millis) {
        let start = self.lock().world.now();
        let target = start.saturating_add(duration).min(LATEST);
        let unresponsive = Unresponsive::default();
        self.deliver_past(&unresponsive).await;
        while self.step(target) {
            self.deliver_past(&unresponsive).await;
            // A long leap does not keep others from being served.
            tokio::task::yield_now().await;
        }
        self.deliver_past(&unresponsive).await;
        let leapt = Changed::Clock(target.saturating_sub(start));
        self.lock().world.report(leapt, None);
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
