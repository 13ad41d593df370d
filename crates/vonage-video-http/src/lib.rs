//! How operations travel: the [`Client`], its pool of connections, and the one function that sends every request of every operation, within deadlines,
//! signed, and again where that is safe.
//!
//! What is said is in `vonage-video-core`, who says it in `vonage-video-auth`; `vonage-video` puts the three together.

mod attempt;
mod base_url;
mod body;
mod budget;
mod builder;
mod call;
mod client;
mod clock;
mod connect;
mod download;
mod execute;
mod identity;
mod observe;
mod options;
mod pages;
mod rate;
mod raw;
mod response;
mod service;
#[cfg(feature = "test-util")]
pub mod test_util;
mod trace;
mod transport;
mod wait;

pub use body::Body;
pub use builder::ClientBuilder;
pub use call::{ApiResponse, Call, CallFuture, CallWithResponse};
pub use client::Client;
pub use clock::Clock;
pub use connect::{ConnectError, ConnectErrorKind, Resolve, ResolveFuture};
pub use download::{
    Download, DownloadError, DownloadProgress, DownloadSource, DownloadStream, Downloaded,
};
pub use observe::{AttemptReport, CallReport, Observer};
pub use pages::Pages;
pub use raw::RawCall;
pub use service::{ServiceTransport, TransportService};
pub use transport::{Transport, TransportFuture};
pub use wait::{Readiness, Wait, WaitError, Waitable};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
