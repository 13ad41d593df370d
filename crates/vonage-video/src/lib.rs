//! The server SDK for the Vonage Video API (formerly OpenTok / TokBox): sessions, tokens, archives,
//! broadcasts, moderation, signals, SIP, captions and webhooks, for both of its environments.
//!
//! ```no_run
//! use vonage_video::{Client, Role, operations::{CreateSession, StartArchive}};
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let video = Client::from_env()?;
//!
//! let session = video.send(CreateSession::new()).await?;
//! let token = video.token(&session.id).role(Role::Moderator).data("user=7").sign()?;
//! println!("join session {} with {token}", session.id);
//!
//! let archive = video.send(StartArchive::new(&session.id).name("Weekly")).await?;
//! video.send(archive.stop()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A request is a plain value: `new` takes what is required, each other field has a setter,
//! [`Operation::validate`] checks it, and [`Client::send`] sends it. The requests are in
//! [`operations`], what they return in [`models`].
//!
//! # Guide
//!
//! | to | read |
//! |---|---|
//! | say who you are | [`guide::credentials`] |
//! | let people in | [`guide::tokens`] |
//! | record | [`guide::archives`] |
//! | reach many viewers | [`guide::broadcasts`] |
//! | mute and disconnect | [`guide::moderation`] |
//! | send messages to clients | [`guide::signals`] |
//! | bring in telephones | [`guide::sip`] |
//! | caption, and publish web pages | [`guide::captions_and_composer`] |
//! | know what happens in a session | [`guide::webhooks`], [`webhook`] |
//! | handle errors | [`guide::errors`] |
//! | set timeouts and retries | [`guide::retries_and_timeouts`] |
//! | connect from a company's network | [`guide::proxies_and_tls`] |
//! | serve many tenants, rotate keys | [`guide::tenants`] |
//! | keep sessions going for hours | [`guide::long_sessions`] |
//! | do without `async` | [`guide::blocking`], [`blocking`] |
//! | test your own code | [`guide::testing`], [`test_util`] |
//! | see what it does in production | [`guide::tracing_and_metrics`], [`observability`] |
//! | know limits, and what to alert on | [`guide::operating`] |
//! | change from OpenTok to Vonage | [`guide::opentok_and_vonage`] |
//! | come from another SDK | [`guide::migrating`] |
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
//! | `jiff` | | conversions between [`Timestamp`] and `jiff::Timestamp` |
//! | `aws-lc-rs` | | `auth::AwsLcSigner`: RS256 signatures by aws-lc-rs, in less than half of the time on some processors; compiles a C library |
//! | `wasm-js` | | randomness on `wasm32-unknown-unknown`, for tokens in a browser or an edge function; without `client` |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;
#[cfg(all(feature = "client", feature = "webhooks"))]
pub mod guide;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod observability;
pub mod prelude;
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
    DownloadProgress, Downloaded, Observer, Pages, Proxy, RateLimit, RetryBudget, TokenBucket,
    Wait, WaitError,
};

/// The `vonage-video-auth` crate: credentials, tokens, signatures.
pub use vonage_video_auth as auth;
/// The `vonage-video-core` crate: the contract of the API, without I/O.
pub use vonage_video_core as contract;
/// The `vonage-video-http` crate: the client, its settings, and how requests travel.
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use vonage_video_http as transport;

/// The README's examples are tested with those of the crate.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
