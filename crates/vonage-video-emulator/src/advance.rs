//! Letting virtual time pass.

use crate::{clock::Millis, shared::Shared};

impl Shared {
    /// Lets virtual time pass, from one due thing to the next. Webhooks that become due are sent, and their receivers answer, before time goes on.
    pub(crate) async fn advance(&self, duration: Millis) {
        let target = self.world().now.saturating_add(duration);
        loop {
            self.deliver().await;
            let mut world = self.world();
            let next = world.agenda.next_due().filter(|due| *due <= target);
            world.clock.leap_to(next.unwrap_or(target));
            world.catch_up();
            if next.is_none() {
                break;
            }
        }
        self.deliver().await;
    }
}
