//! A client without `async`.
//!
//! The same values, the same errors. Calls are driven by a thread of the client's own, which begins with the first call and ends with the last
//! clone; so a blocking call works anywhere, also within a runtime, where it blocks the thread that it is made on and nothing else.
//!
//! ```no_run
//! use std::time::Duration;
//! use vonage_video::{Credentials, blocking, operations::{CreateSession, ListArchives, StartArchive}};
//!
//! let video = blocking::Client::new(Credentials::from_env()?)?;
//! let session = video.send(CreateSession::new())?;
//! let token = video.token(&session.id).sign()?;
//!
//! // With options for one call: made as the async client makes it, then waited for.
//! let archive = video.run(video.client().send(StartArchive::new(&session.id)).timeout(Duration::from_secs(3)))?;
//!
//! for archive in video.pages(ListArchives::new()) {
//!     println!("{}", archive?.id);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod pages;
mod thread;

use std::{future::IntoFuture, path::PathBuf, sync::Arc};

use vonage_video_auth::{ClientTokenBuilder, Credentials};
use vonage_video_core::{Error, Operation, Paged};
use vonage_video_http::{DownloadError, DownloadSource, Downloaded, WaitError, Waitable};

pub use self::pages::Pages;
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
        self.run(self.client.send(operation))
    }

    /// Lists everything, page after page: see [`crate::Client::pages`].
    pub fn pages<O: Paged>(&self, operation: O) -> Pages<O> {
        Pages::new(self.client.pages(operation), Arc::clone(&self.driver))
    }

    /// Waits until something has become what it was made for: see [`crate::Client::wait`].
    ///
    /// # Errors
    ///
    /// As awaiting [`crate::Client::wait`].
    pub fn wait<O: Waitable>(&self, operation: O) -> Result<O::Output, WaitError> {
        self.run(self.client.wait(operation))
    }

    /// Downloads an archive to a file: see [`crate::Client::download`].
    ///
    /// # Errors
    ///
    /// As awaiting [`to_file`](crate::Download::to_file).
    pub fn download(
        &self,
        archive: impl Into<DownloadSource>,
        path: impl Into<PathBuf>,
    ) -> Result<Downloaded, DownloadError> {
        let (download, path) = (self.client.download(archive), path.into());
        self.driver.run(async move { download.to_file(path).await })
    }

    /// Begins a token with which a client joins a session; see [`crate::Client::token`].
    pub fn token<'a>(&self, session_id: &'a (impl AsRef<str> + ?Sized)) -> ClientTokenBuilder<'a> {
        self.client.token(session_id)
    }

    /// Waits for anything that the async client makes: a call with options of its own, a wait with another limit.
    ///
    /// # Errors
    ///
    /// Those of what is waited for.
    pub fn run<T, E, F>(&self, future: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: IntoFuture<Output = Result<T, E>>,
        F::IntoFuture: Send + 'static,
    {
        self.driver.run(future.into_future())
    }

    /// The async client within, which shares everything with this one.
    pub fn client(&self) -> &crate::Client {
        &self.client
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
