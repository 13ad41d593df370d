//! Receiving webhooks: verified, acted on once, with the right status.

mod extractor;
mod inbox;
mod presence_store;
mod receive;
mod router;
mod sessions;
mod stores;
mod support;
mod waiting;
