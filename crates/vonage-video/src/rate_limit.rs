//! A limit to how often a project is called that many processes share.
//!
//! One client, with its clones, has a limit of its own: `ClientBuilder::rate_limit`. A fleet shares
//! one over a store, such as that of `vonage-video-redis`:
//!
//! ```
//! use std::time::Duration;
//! use vonage_video::{Client, Credentials, rate_limit::{RateLimit, RateLimited}};
//!
//! fn client(
//!     credentials: Credentials,
//!     limit: impl RateLimit,
//! ) -> Result<Client, vonage_video::Error> {
//!     let project = credentials.project().to_owned();
//!     Client::builder(credentials)
//!         .layer(|inner| RateLimited::new(inner, limit, project))
//!         .build()
//! }
//! ```

use std::{sync::Arc, time::Duration};

use http::Request;
use vonage_video_core::{Error, Phase, Sent};
use vonage_video_http::{Body, Transport, TransportFuture};

use crate::webhook::{BoxFuture, StoreError};

/// How long a request waits for its turn unless set otherwise.
const PATIENCE: Duration = Duration::from_secs(10);

/// Says when a project may be called. Implement it for a store of your own.
pub trait RateLimit: Send + Sync + 'static {
    /// Takes a turn of `project`, and returns how long to wait for it: nothing if it is now.
    /// `None`, and no turn, if that would be longer than `patience`.
    fn turn<'a>(
        &'a self,
        project: &'a str,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Duration>, StoreError>>;
}

impl<L: RateLimit + ?Sized> RateLimit for Arc<L> {
    fn turn<'a>(
        &'a self,
        project: &'a str,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Duration>, StoreError>> {
        (**self).turn(project, patience)
    }
}

/// A transport that waits for the turn of its project before each attempt.
///
/// It fails open: if the limit cannot be asked, the request is sent. The service has limits of its
/// own, and a client that obeys 429.
#[derive(Clone, Debug)]
pub struct RateLimited<T, L> {
    inner: T,
    limit: L,
    project: String,
    patience: Duration,
}

impl<T: Transport, L: RateLimit> RateLimited<T, L> {
    /// Limits what is sent over `inner` on behalf of `project`: any name that the processes agree
    /// on.
    pub fn new(inner: T, limit: L, project: impl Into<String>) -> Self {
        Self {
            inner,
            limit,
            project: project.into(),
            patience: PATIENCE,
        }
    }

    /// How long a request waits for its turn. One that would wait longer fails at once, as one that
    /// was not sent. Default: 10 s. The deadlines of the client go on meanwhile.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }
}

impl<T: Transport, L: RateLimit> Transport for RateLimited<T, L> {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            match self.limit.turn(&self.project, self.patience).await {
                Ok(Some(Duration::ZERO)) => {}
                Ok(Some(wait)) => tokio::time::sleep(wait).await,
                Ok(None) => {
                    return Err(Error::timeout(Phase::Connect, self.patience, Sent::No));
                }
                Err(error) => {
                    tracing::warn!(target: "vonage_video", %error, "the shared rate limit cannot be asked");
                }
            }
            self.inner.send(request).await
        })
    }
}
