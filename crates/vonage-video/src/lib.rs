#![doc = include_str!("../README.md")]
//!
//! # Guide
//!
//! A request is a plain value: `new` takes what is required, a setter stands for each other field, [`Operation::validate`] checks it, and
//! [`Client::send`] sends it. All of them are in [`operations`], what they answer in [`models`]; both are at the root here too, for what
//! an ordinary program names.
//!
//! - Many answers in a row: [`Client::pages`].
//! - Until something has happened: [`Client::wait`].
//! - The file of an archive: [`Client::download`].
//! - Tokens for clients: [`Client::token`], or, without a client, [`Credentials::token`].
//! - What the service posts to you: [`webhook`].
//! - Without `async`: `blocking`, a feature.

#[cfg(feature = "blocking")]
pub mod blocking;
pub mod webhook;

#[doc(inline)]
pub use vonage_video_auth::{
    Credentials, Environment, PrivateKey, Role, SessionInfo, TokenFormat, TokenPolicy,
};
#[doc(no_inline)]
pub use vonage_video_core::models::*;
#[doc(inline)]
pub use vonage_video_core::{
    ApiError, ArchiveId, ArchiveLocation, AudioConnectorId, BroadcastId, CallbackId, CaptionsId,
    ClockSkew, ConnectionId, DecodeError, Error, ErrorKind, Invalid, Meta, Operation, Page, Paged,
    Phase, ProjectId, ROUTES, Reason, RenderId, Replay, RetryPolicy, Sent, SessionId, SipCallId,
    StreamId, Timestamp, WebhookEvent, models, operations,
};
#[cfg(feature = "client")]
#[doc(inline)]
pub use vonage_video_http::*;

/// Who says it: all of the auth crate, for what stands not at the root.
pub use vonage_video_auth as auth;
/// What is said: all of the core crate, for what stands not at the root.
pub use vonage_video_core as core;
