//! The [`Client`] of the Vonage Video API: its pool of connections, and the one function that
//! signs, sends and retries every request, within deadlines.
//!
//! The operations are in `vonage-video-core`, credentials and tokens in `vonage-video-auth`;
//! `vonage-video` puts the three together.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod attempt;
mod authorization;
mod base_url;
mod body;
mod budget;
mod builder;
mod call;
mod client;
mod client_token;
mod clock;
mod connect;
mod download;
mod empty_result;
mod execute;
mod observe;
mod options;
mod pages;
mod prepared;
mod principal;
mod proxy;
mod rate;
mod raw;
mod response;
mod service;
#[cfg(feature = "test-util")]
#[cfg_attr(docsrs, doc(cfg(feature = "test-util")))]
pub mod test_util;
#[cfg(feature = "tls")]
mod tls_identity;
mod trace;
mod transport;
mod wait;

pub use body::Body;
pub use budget::RetryBudget;
pub use builder::ClientBuilder;
pub use call::{Call, CallFuture, WithResponse};
pub use client::Client;
pub use clock::Clock;
pub use connect::{ConnectError, ConnectErrorKind, Resolve, ResolveFuture};
pub use download::{
    Download, DownloadError, DownloadProgress, DownloadSource, DownloadStream, Downloaded,
};
pub use observe::{AttemptReport, CallReport, Observer};
pub use pages::Pages;
pub use proxy::Proxy;
pub use rate::{RateLimit, TokenBucket, Turn, TurnFuture};
pub use raw::Raw;
pub use response::ApiResponse;
pub use service::{ServiceTransport, TransportService};
#[cfg(feature = "tls")]
#[cfg_attr(docsrs, doc(cfg(feature = "tls")))]
pub use tls_identity::Identity;
pub use transport::{Transport, TransportFuture};
pub use wait::{Wait, WaitError, WakeSource};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
