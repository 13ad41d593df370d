//! A client without `async`.
//!
//! The same values, the same errors. Calls are driven by a thread of the client's own, which begins with the first call and ends with the last
//! clone; so a blocking call works anywhere, also within a runtime, where it blocks the thread that it is made on and nothing else.
//!
//! ```no_run
//! use vonage_video::{Credentials, blocking, operations::CreateSession};
//!
//! let video = blocking::Client::new(Credentials::from_env()?)?;
//! let session = video.send(CreateSession::new())?;
//! let token = video.token(&session.id).sign()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod thread;

use std::{future::IntoFuture, sync::Arc};

use vonage_video_auth::{ClientToken, Credentials};
use vonage_video_core::{Error, Operation};

use self::thread::Driver;

/// A [`Client`](crate::Client) whose calls return when they are done.
#[derive(Clone, Debug)]
pub struct Client {
    client: crate::Client,
    driver: Arc<Driver>,
}

impl Client {
    /// A client with default settings: see [`crate::Client::new`]. No thread is begun yet.
    ///
    /// # Errors
    ///
    /// As [`crate::Client::new`].
    pub fn new(credentials: Credentials) -> Result<Self, Error> {
        crate::Client::new(credentials).map(Self::from)
    }

    /// Does an operation, with the client's deadlines.
    ///
    /// # Errors
    ///
    /// As awaiting [`crate::Client::send`].
    pub fn send<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        self.driver.run(self.client.send(operation).into_future())
    }

    /// Begins a token with which a client joins a session; see [`crate::Client::token`].
    pub fn token<'a>(&self, session_id: &'a (impl AsRef<str> + ?Sized)) -> ClientToken<'a> {
        self.client.token(session_id)
    }
}

impl From<crate::Client> for Client {
    /// The same client, blocking: made with [`crate::Client::builder`] for settings of your own.
    fn from(client: crate::Client) -> Self {
        Self {
            client,
            driver: Arc::default(),
        }
    }
}
