//! A transport in memory that responds as a test expects.

mod expect;
mod files;
mod state;
mod unexpected;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use vonage_video_auth::Credentials;
use vonage_video_core::{Error, Incoming, Operation, route};

pub use expect::Expect;

use self::state::{Outcome, Reaction, State};
use super::{response, unexpected};
use crate::{
    body::Body,
    client::Client,
    clock::Time,
    transport::{Transport, TransportFuture},
};

/// A transport in memory that responds to the operations a test expects. Any other request fails,
/// at once and without a retry, and nothing reaches a network.
///
/// Clones are one mock. Expectations are met in the order in which they were added; each once,
/// unless
/// [`times`](Expect::times) says otherwise.
///
/// ```
/// use vonage_video_auth::Credentials;
/// use vonage_video_core::{models::Archive, operations::{GetArchive, StartArchive}};
/// use vonage_video_http::{Client, test_util::Mock};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mock = Mock::new();
/// mock.expect::<StartArchive>()
///     .when(|start| start.name.as_deref() == Some("lesson"))
///     .returns(Archive::new("a1"));
/// mock.expect::<GetArchive>().refuses(404, serde_json::json!({"message": "no such archive"}));
///
/// let secret = "1234567890abcdef1234567890abcdef12345678";
/// let video = mock.client(Credentials::opentok("123456", secret)?)?;
/// let archive = video.send(StartArchive::new("1_MX4xMjM0NTZ-fn4").name("lesson")).await?;
/// let error = video.send(GetArchive::new(&archive.id)).await.unwrap_err();
/// assert!(error.is_not_found());
/// mock.verify()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
#[doc(alias("stub", "fake", "wiremock"))]
pub struct Mock(Arc<Mutex<State>>);

impl Mock {
    /// Creates a mock that expects nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts an expectation. Its last method, such as [`returns`](Expect::returns), adds it.
    pub fn expect<O: Operation>(&self) -> Expect<'_, O> {
        Expect::new(&self.0)
    }

    /// Serves a file to [`Client::download`]: `url` is what the mock returns as the archive's
    /// `url`. Ranges are served, and a file may be downloaded any number of times.
    pub fn file(&self, url: impl Into<String>, content: impl Into<Bytes>) {
        self.state().files.insert(url.into(), content.into());
    }

    /// Creates a client with this mock as its transport, which depends on nothing around it.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`](crate::ClientBuilder::build).
    pub fn client(&self, credentials: Credentials) -> Result<Client, Error> {
        Client::builder(credentials)
            .variables(|_| None)
            .base_url("http://localhost")
            .transport(self.clone())
            .build()
    }

    /// Checks that every expectation was met and that no other request came.
    ///
    /// # Errors
    ///
    /// The expectations that were not met, and the requests that met none.
    pub fn verify(&self) -> Result<(), Unmet> {
        let state = self.state();
        let unmet = Unmet {
            missing: state
                .expected
                .iter()
                .filter(|expected| expected.met < expected.times)
                .map(|expected| {
                    format!(
                        "{} (came {} of {} times)",
                        expected.operation, expected.met, expected.times
                    )
                })
                .collect(),
            unexpected: state.unexpected.clone(),
        };
        if unmet.missing.is_empty() && unmet.unexpected.is_empty() {
            Ok(())
        } else {
            Err(unmet)
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn react(&self, request: &Request<Body>) -> Reaction {
        let body = request.body().peek().cloned().unwrap_or_default();
        let incoming = Incoming {
            method: request.method(),
            path: request.uri().path(),
            query: request.uri().query().unwrap_or_default(),
            body: &body,
        };
        let mut state = self.state();
        let came = match route(&incoming) {
            Err(error) => format!("{} {}: {error}", request.method(), request.uri().path()),
            Ok(matched) => {
                let fitting = state.expected.iter_mut().find(|expected| {
                    expected.operation == matched.meta.id
                        && expected.met < expected.times
                        && (expected.matches)(&matched)
                });
                if let Some(expected) = fitting {
                    expected.met += 1;
                    return Reaction {
                        delay: expected.delay,
                        headers: expected.headers.clone(),
                        outcome: (expected.outcome)(&matched),
                    };
                }
                unexpected::describe(&matched, &state.expected)
            }
        };
        state.unexpected.push(came.clone());
        Reaction {
            delay: Duration::ZERO,
            headers: HeaderMap::new(),
            outcome: Outcome::Impossible(format!("the mock did not expect {came}")),
        }
    }
}

impl Transport for Mock {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            if request.method() == Method::GET {
                let file = self.state().files.respond(&request);
                if let Some(response) = file {
                    return Ok(response);
                }
            }
            let Reaction {
                delay,
                headers,
                outcome,
            } = self.react(&request);
            if !matches!(outcome, Outcome::Unreachable) {
                // From here on the request counts as sent.
                let _ = request.body().bytes();
            }
            if !delay.is_zero() {
                Time::System.sleep(delay).await;
            }
            match outcome {
                Outcome::Response(status, body) => {
                    let mut response = response(status, body);
                    response.headers_mut().extend(headers);
                    Ok(response)
                }
                Outcome::Unreachable => Err(Error::connect(
                    request.uri().host().unwrap_or_default(),
                    "the mock expects that nothing accepts connections",
                )),
                Outcome::Broken => Err(Error::transport(
                    "waiting for the response",
                    "the mock expects the connection to break",
                )),
                Outcome::Silence => std::future::pending().await,
                Outcome::Impossible(why) => Err(unexpected(why)),
            }
        })
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("expected", &self.state().expected.len())
            .finish_non_exhaustive()
    }
}

/// How the requests differ from the expectations.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmet {
    /// Expectations that were not met, or not often enough.
    pub missing: Vec<String>,
    /// Requests that met no expectation, each with the reason.
    pub unexpected: Vec<String>,
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if !self.missing.is_empty() {
            parts.push(format!("missing: {}", self.missing.join(", ")));
        }
        if !self.unexpected.is_empty() {
            parts.push(format!("not expected: {}", self.unexpected.join(", ")));
        }
        f.write_str(&parts.join("; "))
    }
}

impl std::error::Error for Unmet {}
