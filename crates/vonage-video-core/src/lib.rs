//! The Vonage Video API (formerly OpenTok) as Rust values: operations, models, webhook events,
//! errors and retry decisions. No I/O, no clock, no async.
//!
//! An [`Operation`] is a plain value. A client encodes it as an HTTP request with [`encode`] and
//! reads the response with [`Operation::decode_output`]; a server finds the operation of a request
//! with [`route`] and reads it with [`Matched::decode`]. Both follow the same description,
//! [`Operation::META`].
//!
//! ```
//! use vonage_video_core::{encode, operations::StartArchive, models::Resolution};
//!
//! let operation = StartArchive::new("1_MX4xMjM0NTZ-fn4")
//!     .name("Weekly")
//!     .resolution(Resolution::Hd);
//! let request = encode(&operation, "123456")?;
//! assert_eq!(request.uri(), "/v2/project/123456/archive");
//! assert_eq!(
//!     &request.body()[..],
//!     br#"{"sessionId":"1_MX4xMjM0NTZ-fn4","name":"Weekly","resolution":"1280x720"}"#,
//! );
//! # Ok::<(), vonage_video_core::Invalid>(())
//! ```
//!
//! # Features
//!
//! | feature | adds |
//! |---|---|
//! | `jiff` | conversions between [`Timestamp`] and `jiff::Timestamp` |

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api_error;
mod backoff;
mod check;
mod civil;
mod decode_error;
mod echo;
mod encode;
mod error;
mod excerpt;
mod fields;
mod generated;
mod hex;
mod id;
mod invalid;
mod lenient;
mod markup;
mod methods;
mod named;
mod names;
mod open_enum;
mod operation;
mod output;
mod page;
mod presence;
mod readiness;
mod reason;
mod redact;
mod repair;
mod retry;
mod route;
mod scalar;
mod shape;
mod shown;
mod skew;
mod time;
mod url;
mod webhook;

pub use api_error::ApiError;
pub use decode_error::DecodeError;
pub use encode::{encode, encode_at};
pub use error::{BoxError, Error, ErrorKind, Phase, Sent};
pub use generated::ids::{
    ArchiveId, AudioConnectorId, BroadcastId, CallbackId, CaptionsId, ConnectionId, RenderId,
    SessionId, SipCallId, StreamId,
};
pub use generated::reasons::Reason;
pub use generated::{ROUTES, webhooks::WebhookEvent};
pub use id::ProjectId;
pub use invalid::Invalid;
pub use methods::ArchiveLocation;
pub use operation::{DocumentedError, EmptyOn, Field, Meta, Operation, Place, Replay};
pub use output::Output;
pub use page::{Page, Paged};
pub use presence::{Activity, ActivityKind, Participant, Peak, Presence, PublishedStream, Usage};
pub use readiness::{IntoWaitable, Readiness, Waitable};
pub use redact::redacted;
pub use retry::{Decision, RetryPolicy, decide};
pub use route::{Incoming, Matched, NoRoute, route};
pub use skew::ClockSkew;
pub use time::Timestamp;
pub use webhook::EventKey;

/// The API as an OpenAPI 3.1 document, generated from the same contract.
pub const OPENAPI: &str = include_str!("../api/openapi.json");

/// The objects that are sent and received as structs, and their open sets of values as enums.
pub mod models {
    pub use crate::generated::enums::*;
    pub use crate::generated::models::*;
}

/// One request type for each operation of the API.
pub mod operations {
    pub use crate::generated::operations::*;
}

/// What the other crates of this workspace share with this one. It is not covered by semantic
/// versioning.
#[doc(hidden)]
pub mod shared {
    pub use crate::{
        backoff::backoff,
        echo::SentSecrets,
        hex::hex,
        output::refuse_page,
        reason::telling_words,
        shown::{Shown, is_hidden},
        url::{escape, form_pairs, unbracketed},
    };
}

/// The README's examples are tested with those of the crate.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
