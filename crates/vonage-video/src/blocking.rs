//! A client without `async`.
//!
//! It sends the same values and returns the same errors. Calls are driven by a thread of the
//! client's own, which starts with the first call and ends with the last clone. So a blocking call
//! works anywhere, also within a runtime, where it blocks the thread that makes it and nothing
//! else.
//!
//! ```no_run
//! use std::time::Duration;
//! use vonage_video::{
//!     Credentials, blocking,
//!     operations::{CreateSession, ListArchives, StartArchive},
//! };
//!
//! let video = blocking::Client::new(Credentials::from_env()?)?;
//! let session = video.send(CreateSession::new()).run()?;
//! let token = video.token(&session.id).sign()?;
//!
//! // With an option for this call alone.
//! let archive = video.send(StartArchive::new(&session.id)).timeout(Duration::from_secs(3)).run()?;
//!
//! for archive in video.pages(ListArchives::new()) {
//!     println!("{}", archive?.id);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod call;
mod pages;
mod thread;
mod wait;

use std::{future::IntoFuture, path::PathBuf, sync::Arc};

use http::Method;

use vonage_video_auth::{ClientTokenBuilder, Credentials};
use vonage_video_core::{Error, IntoWaitable, Operation, Paged};
use vonage_video_http::{DownloadError, DownloadSource, Downloaded, Raw};

use self::thread::Driver;
pub use self::{call::Call, pages::Pages, wait::Wait};

/// A [`Client`](crate::Client) whose calls block until they are done.
#[derive(Clone, Debug)]
#[doc(alias("sync", "synchronous"))]
pub struct Client {
    client: crate::Client,
    driver: Arc<Driver>,
}

impl Client {
    /// Creates a client with default settings: see [`crate::Client::new`]. No thread is started
    /// yet.
    ///
    /// # Errors
    ///
    /// As [`crate::Client::new`].
    pub fn new(credentials: Credentials) -> Result<Self, Error> {
        crate::Client::new(credentials).map(Self::from)
    }

    /// Creates a client with the credentials in environment variables: see
    /// [`crate::Client::from_env`].
    ///
    /// # Errors
    ///
    /// As [`crate::Client::from_env`].
    pub fn from_env() -> Result<Self, Error> {
        crate::Client::from_env().map(Self::from)
    }

    /// Creates a client from variables that `lookup` returns: see [`crate::Client::from_vars`].
    ///
    /// # Errors
    ///
    /// As [`crate::Client::from_vars`].
    pub fn from_vars(
        lookup: impl Fn(&str) -> Option<String> + Send + 'static,
    ) -> Result<Self, Error> {
        crate::Client::from_vars(lookup).map(Self::from)
    }

    /// Sends an operation. Nothing happens before [`Call::run`].
    pub fn send<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.client.send(operation), Arc::clone(&self.driver))
    }

    /// Sends a request built by hand: see [`crate::Client::request`].
    pub fn request(&self, method: Method, path: impl Into<String>) -> Call<Raw> {
        Call::new(self.client.request(method, path), Arc::clone(&self.driver))
    }

    /// Lists everything, page by page: see [`crate::Client::pages`].
    pub fn pages<O: Paged>(&self, operation: O) -> Pages<O> {
        Pages::new(self.client.pages(operation), Arc::clone(&self.driver))
    }

    /// Waits until something is ready: see [`crate::Client::wait`]. Nothing happens before
    /// [`Wait::run`].
    pub fn wait<W: IntoWaitable>(&self, what: W) -> Wait<W::Operation> {
        Wait::new(self.client.wait(what), Arc::clone(&self.driver))
    }

    /// Repeats an operation until `condition` holds for what it returns: see
    /// [`crate::Client::wait_until`]. Nothing happens before [`Wait::run`].
    pub fn wait_until<O: Operation>(
        &self,
        operation: O,
        condition: impl FnMut(&O::Output) -> bool + Send + 'static,
    ) -> Wait<O> {
        Wait::new(
            self.client.wait_until(operation, condition),
            Arc::clone(&self.driver),
        )
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

    /// Starts building a token that lets a client join a session: see [`crate::Client::token`].
    pub fn token<'a>(&self, session_id: &'a (impl AsRef<str> + ?Sized)) -> ClientTokenBuilder<'a> {
        self.client.token(session_id)
    }

    /// Runs anything that the async client creates, and returns what awaiting it returns. The
    /// future moves to the client's own thread, so it must own what it uses:
    ///
    /// ```no_run
    /// # use vonage_video::{ArchiveId, DownloadError, blocking::Client};
    /// # fn run(video: Client, id: ArchiveId) -> Result<(), DownloadError> {
    /// let client = video.client().clone();
    /// let bytes = video.run(async move {
    ///     let mut bytes = Vec::new();
    ///     client.download(&id).to_writer(&mut bytes).await?;
    ///     Ok::<_, DownloadError>(bytes)
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The error of the future.
    pub fn run<T, E, F>(&self, future: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: IntoFuture<Output = Result<T, E>>,
        F::IntoFuture: Send + 'static,
    {
        self.driver.run(future.into_future())
    }

    /// The async client inside, which shares everything with this one.
    pub fn client(&self) -> &crate::Client {
        &self.client
    }
}

impl From<crate::Client> for Client {
    /// Wraps an async client: one made with [`crate::Client::builder`] for settings of your own.
    fn from(client: crate::Client) -> Self {
        Self {
            client,
            driver: Arc::default(),
        }
    }
}
