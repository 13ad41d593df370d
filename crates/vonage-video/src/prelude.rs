//! The names that most programs use, for `use vonage_video::prelude::*;`.
//!
//! It holds the client, credentials, roles, errors, identifiers, and the request type of each
//! operation. Models are in [`models`](crate::models).
//!
//! ```no_run
//! use vonage_video::prelude::*;
//!
//! # async fn run() -> Result<(), Error> {
//! let video = Client::from_env()?;
//! let session = video.send(CreateSession::new()).await?;
//! # Ok(())
//! # }
//! ```

pub use crate::{
    ArchiveId, BroadcastId, ConnectionId, Credentials, Environment, Error, ErrorKind, Operation,
    Reason, Role, Sent, SessionId, StreamId, TokenError, TokenPolicy, WebhookEvent, operations::*,
};
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use crate::{Client, ClientBuilder};
