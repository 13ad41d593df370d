//! Webhooks: what is told, to whom, and what became of it.

mod body;
mod delivery;
mod post;
mod pump;
mod queue;
mod target;

pub use delivery::{Attempt, AttemptOutcome, Delivery};
pub(crate) use pump::Pump;
pub(crate) use queue::Webhooks;
pub use target::{Manner, WebhookTarget};
