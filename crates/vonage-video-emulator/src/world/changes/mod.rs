//! How the world changes, one file a thing.

mod admission;
mod archive;
#[cfg_attr(
    not(feature = "browser"),
    allow(dead_code, reason = "only web pages need it")
)]
mod attachment;
mod broadcast;
mod call;
mod captions;
mod connection;
mod participation;
#[cfg_attr(
    not(feature = "browser"),
    allow(dead_code, reason = "only web pages need it")
)]
mod peer_connection;
mod project;
mod render;
mod session;
mod stream;
