//! Webhooks: events, their targets and their deliveries.

mod body;
mod delivery;
mod post;
mod queue;
mod target;

pub use self::{
    delivery::{Attempt, AttemptOutcome, Delivery},
    target::{BadWebhookTarget, DeliveryFaults, WebhookTarget},
};
pub(crate) use self::{
    post::post,
    queue::{PendingDelivery, Webhooks},
};
