//! Webhooks: what is told, to whom, and what became of it.

mod body;
mod client;
mod delivery;
mod pump;
mod queue;
mod target;

pub use delivery::{Attempt, AttemptOutcome, Delivery};
pub(crate) use pump::Pump;
pub(crate) use queue::Webhooks;
pub use target::{Manner, WebhookTarget};
