#![doc = include_str!("../README.md")]
//!
//! # Guide
//!
//! A request is a plain value: required fields are arguments of `new`, each other field has a
//! setter, [`Operation::validate`] checks it, and [`Client::send`] sends it. The requests are in
//! [`operations`], what they return in [`models`].
//!
//! - Lists, item by item: [`Client::pages`].
//! - Wait until an archive, a broadcast or anything else is ready: [`Client::wait`],
//!   [`Client::wait_until`].
//! - The file of an archive: [`Client::download`].
//! - Tokens for those who join: [`Client::token`] or, without a client, [`Credentials::token`].
//! - What the service posts to you: [`webhook`].
//! - Without `async`: `blocking` (a feature).
//! - Middleware, other transports, proxies, rate limits: [`transport`].
//! - Traces and metrics: [`observability`].
//! - Tests of your own code: `test_util` (a feature).
//!
//! # Features
//!
//! | feature | default | adds |
//! |---|---|---|
//! | `client` | yes | [`Client`]; without it there are operations, models, tokens and webhooks, and no I/O |
//! | `tls` | yes | HTTPS by rustls with ring and the platform's root certificates; without it only plain HTTP, as to an emulator |
//! | `webpki-roots` | | `ClientBuilder::bundled_roots`: Mozilla's root certificates as of the build, for machines without any |
//! | `http2` | | `ClientBuilder::http2`: HTTP/2 with servers that offer it |
//! | `webhooks` | yes | in the module `webhook`: an inbox, presence and a router for those who receive webhooks; needs tokio |
//! | `axum` | | `webhook::VerifiedWebhook` as an argument of axum handlers |
//! | `blocking` | | the module `blocking`: a client without `async` |
//! | `test-util` | | the module `test_util`: a mock with typed expectations, record and replay |
//! | `serde` | yes | `Serialize` and `Deserialize` for [`Role`] and [`TokenPolicy`], and `auth::CredentialsConfig` |
//! | `aws-lc-rs` | | `auth::AwsLcSigner`: RS256 signatures by aws-lc-rs, in less than half of the time on some processors; compiles a C library |
//! | `wasm-js` | | randomness on `wasm32-unknown-unknown`, for tokens in a browser or an edge function; without `client` |
//!
//! # Errors
//!
//! An [`Error`] of a call states whether the request was sent, whether the same call may be made
//! again, and what the server said:
//!
//! ```no_run
//! use vonage_video::{Client, ErrorKind, Reason, Sent, operations::StartArchive};
//!
//! # async fn run(video: Client, session: vonage_video::SessionId) {
//! match video.send(StartArchive::new(&session)).await {
//!     Ok(archive) => println!("recording {}", archive.id),
//!     Err(error) if error.reason() == Some(Reason::NoClientsConnected) => {
//!         println!("nobody is there yet");
//!     }
//!     Err(error) if error.is_retryable() => println!("try again later: {error}"),
//!     Err(error) => match error.kind() {
//!         ErrorKind::Api(api) => println!("{}: {}", api.status, api.message),
//!         _ if error.sent() == Sent::No => println!("{error}; it was not sent"),
//!         _ => println!("{error}; it may have been sent"),
//!     },
//! }
//! # }
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod observability;
pub mod prelude;
#[cfg(all(feature = "client", feature = "webhooks"))]
pub mod rate_limit;
pub mod webhook;

pub use vonage_video_auth::{
    Credentials, Environment, PrivateKey, Role, SessionInfo, TokenError, TokenFormat, TokenPolicy,
};
#[doc(no_inline)]
pub use vonage_video_core::models::{
    Archive, ArchiveMode, ArchiveStatus, Broadcast, Layout, MediaMode, OutputMode, Resolution,
    Session, Stream,
};
pub use vonage_video_core::{
    ApiError, ArchiveId, ArchiveLocation, AudioConnectorId, BroadcastId, CallbackId, CaptionsId,
    ClockSkew, ConnectionId, DecodeError, Error, ErrorKind, Invalid, Meta, Operation, Page, Paged,
    Phase, ProjectId, ROUTES, Readiness, Reason, RenderId, Replay, RetryPolicy, Sent, SessionId,
    SipCallId, StreamId, Timestamp, WebhookEvent, models, operations,
};
#[cfg(feature = "tls")]
#[cfg_attr(docsrs, doc(cfg(feature = "tls")))]
pub use vonage_video_http::Identity;
#[cfg(feature = "test-util")]
#[cfg_attr(docsrs, doc(cfg(feature = "test-util")))]
pub use vonage_video_http::test_util;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use vonage_video_http::{
    ApiResponse, AttemptReport, Call, CallReport, Client, ClientBuilder, Download, DownloadError,
    DownloadProgress, Downloaded, Observer, Pages, Proxy, RetryBudget, TokenBucket, Wait,
    WaitError,
};

/// The `vonage-video-auth` crate: credentials, tokens, signatures.
pub use vonage_video_auth as auth;
/// The `vonage-video-core` crate: the contract of the API, without I/O.
pub use vonage_video_core as contract;
/// The `vonage-video-http` crate: the client, its settings, and how requests travel.
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use vonage_video_http as transport;
