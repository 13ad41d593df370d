//! Letting virtual time pass.

use crate::{site::Shared, world::clock::Millis};

impl Shared {
    /// Lets virtual time pass, from one due thing to the next. Webhooks that become due are sent, and their receivers answer, before time goes on.
    pub(crate) async fn advance(&self, duration: Millis) {
        let target = self.world().now.saturating_add(duration);
        self.deliver().await;
        while self.step(target) {
            self.deliver().await;
            // A long leap does not keep others from being answered.
            tokio::task::yield_now().await;
        }
        self.deliver().await;
    }

    /// Goes on to the next thing that is due; or to the target, and answers that there is none.
    fn step(&self, target: Millis) -> bool {
        let mut world = self.world();
        let next = world.agenda.next_due().filter(|due| *due <= target);
        world.clock.leap_to(next.unwrap_or(target));
        world.catch_up();
        next.is_some()
    }
}
