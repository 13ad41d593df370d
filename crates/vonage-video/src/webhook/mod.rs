//! What the service posts to your URLs: verified, typed, acted on once.
#![doc = include_str!("../../docs/webhooks.md")]

#[cfg(feature = "axum")]
mod axum;
#[cfg(feature = "webhooks")]
mod body;
#[cfg(feature = "webhooks")]
mod future;
#[cfg(feature = "webhooks")]
mod inbox;
#[cfg(feature = "webhooks")]
mod presence_store;
mod receive;
#[cfg(feature = "webhooks")]
mod router;
#[cfg(feature = "webhooks")]
mod store_error;
#[cfg(feature = "test-util")]
pub mod test;

#[cfg(feature = "axum")]
pub use self::axum::WebhookRejection;
#[cfg(feature = "webhooks")]
pub use self::{
    body::DEFAULT_BODY_LIMIT,
    future::BoxFuture,
    inbox::{Claim, Claimed, Inbox, Lease, MemoryInbox},
    presence_store::{MemoryPresence, PresenceChange, PresenceStore},
    router::{HandlerOutput, Outcome, RespondWhen, Webhooks},
    store_error::StoreError,
};
pub use receive::{
    ReceiveError, VerifiedWebhook, receive, receive_at, receive_parts, receive_parts_at,
};
pub use vonage_video_auth::{
    IpAllowList, WebhookClaims, WebhookError, WebhookSigner, WebhookVerifier,
};
pub use vonage_video_core::{
    Activity, ActivityKind, EventKey, Participant, Peak, Presence, PublishedStream, Usage,
    WebhookEvent,
};
