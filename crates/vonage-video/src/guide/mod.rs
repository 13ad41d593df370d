//! The guide: a chapter for each thing that you want to do.
//!
//! Every example runs against the emulator when the crate is tested. Where one begins with `video`
//! or `emulator`, they are made as in [`testing`].
//!
//! The reference beside it: [`operations`](crate::operations) for requests,
//! [`models`](crate::models) for what they return, [`Client`](crate::Client) for what sends them.

/// Credentials: who you are, from where, and keys that stay in a KMS.
///
#[doc = include_str!("credentials.md")]
pub mod credentials {}
/// Sessions, and tokens with a policy.
///
#[doc = include_str!("tokens.md")]
pub mod tokens {}
/// Archives: record, wait, download, list, delete.
///
#[doc = include_str!("archives.md")]
pub mod archives {}
/// Broadcasts over HLS and RTMP, and their layout.
///
#[doc = include_str!("broadcasts.md")]
pub mod broadcasts {}
/// Moderation: mute and disconnect.
///
#[doc = include_str!("moderation.md")]
pub mod moderation {}
/// Signals: messages from your server to clients.
///
#[doc = include_str!("signals.md")]
pub mod signals {}
/// SIP: telephones in a session, and DTMF tones.
///
#[doc = include_str!("sip.md")]
pub mod sip {}
/// Live captions, the Experience Composer and the Audio Connector.
///
#[doc = include_str!("captions_and_composer.md")]
pub mod captions_and_composer {}
#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
/// Webhooks: each event once, in order, and who is in a session.
///
#[doc = include_str!("webhooks.md")]
pub mod webhooks {}
/// Errors: was it sent, may I try again, what did the server say.
///
#[doc = include_str!("errors.md")]
pub mod errors {}
/// Retries and timeouts.
///
#[doc = include_str!("retries_and_timeouts.md")]
pub mod retries_and_timeouts {}
/// Proxies, TLS, and layers of your own.
///
#[doc = include_str!("proxies_and_tls.md")]
pub mod proxies_and_tls {}
/// Many tenants over one pool, and new keys without a restart.
///
#[doc = include_str!("tenants.md")]
pub mod tenants {}
/// Long sessions: renewing tokens, and rotation.
///
#[doc = include_str!("long_sessions.md")]
pub mod long_sessions {}
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
/// Without `async`.
///
#[doc = include_str!("blocking.md")]
pub mod blocking {}
#[cfg(feature = "test-util")]
#[cfg_attr(docsrs, doc(cfg(feature = "test-util")))]
/// Testing your own code: mock, emulator, recording.
///
#[doc = include_str!("testing.md")]
pub mod testing {}
/// Tracing and metrics.
///
#[doc = include_str!("tracing_and_metrics.md")]
pub mod tracing_and_metrics {}
/// What differs between OpenTok and Vonage, and how to change over.
///
#[doc = include_str!("opentok_and_vonage.md")]
pub mod opentok_and_vonage {}
/// Operating: limits, retries, key rotation, webhooks, capacity, what to alert on.
///
#[doc = include_str!("../../docs/operating.md")]
pub mod operating {}
/// From another SDK, call by call.
///
#[doc = include_str!("../../docs/migrating.md")]
pub mod migrating {}
