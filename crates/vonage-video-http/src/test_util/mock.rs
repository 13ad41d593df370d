//! A transport that answers as it is told.

use std::{
    fmt,
    marker::PhantomData,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::{Request, Response, StatusCode};
use serde_json::Value;
use vonage_video_auth::Credentials;
use vonage_video_core::{Error, Incoming, Matched, Operation, Output as _, route};

use super::{response, unexpected};
use crate::{
    body::Body,
    client::Client,
    transport::{Transport, TransportFuture},
};

/// A transport in memory that answers the operations it was told to expect. Anything else fails, at once and without a retry, and nothing ever reaches a
/// network.
///
/// Clones are one mock. Expectations are met in the order in which they were made; each once, unless it says how often.
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
/// let video = mock.client(Credentials::opentok("123456", "1234567890abcdef1234567890abcdef12345678")?)?;
/// let archive = video.send(StartArchive::new("1_MX4xMjM0NTZ-fn4").name("lesson")).await?;
/// let error = video.send(GetArchive::new(&archive.id)).await.unwrap_err();
/// assert!(error.is_not_found());
/// mock.verify()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    expected: Vec<Expectation>,
    /// What came and was not expected.
    unexpected: Vec<String>,
}

struct Expectation {
    operation: &'static str,
    times: u32,
    met: u32,
    matches: Box<dyn Fn(&Matched) -> bool + Send>,
    outcome: Box<dyn FnMut(&Matched) -> Outcome + Send>,
}

enum Outcome {
    ApiResponse(StatusCode, Vec<u8>),
    Broken,
    Silence,
    Impossible(String),
}

impl Mock {
    /// A mock that expects nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects an operation. What is to be answered is said next; without that, nothing is expected.
    pub fn expect<O: Operation>(&self) -> Expect<'_, O> {
        Expect {
            mock: self,
            times: 1,
            condition: Box::new(|_| true),
            operation: PhantomData,
        }
    }

    /// A client that has this mock for a transport, and depends on nothing around it.
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

    /// Whether everything that was expected came, and nothing else.
    ///
    /// # Errors
    ///
    /// What did not come, and what came instead.
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

    fn outcome(&self, request: &Request<Body>) -> Outcome {
        let body = request.body().bytes().cloned().unwrap_or_default();
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
                    return (expected.outcome)(&matched);
                }
                matched.meta.id.to_owned()
            }
        };
        state.unexpected.push(came.clone());
        Outcome::Impossible(format!("the mock did not expect {came}"))
    }
}

impl Transport for Mock {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let answer: Response<Body> = match self.outcome(&request) {
                Outcome::ApiResponse(status, body) => response(status, body),
                Outcome::Broken => {
                    return Err(Error::transport(
                        "waiting for the answer",
                        "as the mock was told",
                    ));
                }
                Outcome::Silence => std::future::pending().await,
                Outcome::Impossible(why) => return Err(unexpected(why)),
            };
            Ok(answer)
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

/// An expectation in the making. From [`Mock::expect`].
#[must_use = "nothing is expected before it is said what is to be answered"]
pub struct Expect<'a, O> {
    mock: &'a Mock,
    times: u32,
    condition: Box<dyn Fn(&O) -> bool + Send>,
    operation: PhantomData<O>,
}

impl<O: Operation> Expect<'_, O> {
    /// Only when this holds for the operation.
    pub fn when(mut self, condition: impl Fn(&O) -> bool + Send + 'static) -> Self {
        self.condition = Box::new(condition);
        self
    }

    /// So often: once unless set.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Answers with success.
    pub fn returns(self, output: O::Output) {
        let body = O::encode_output(&output).map_err(|error| error.to_string());
        self.add(move |_| match &body {
            Ok(body) => Outcome::ApiResponse(StatusCode::OK, body.clone()),
            Err(error) => Outcome::Impossible(error.clone()),
        });
    }

    /// Answers with what a function makes of the operation: a success, or a status and a body.
    pub fn answers(self, answer: impl Fn(O) -> Result<O::Output, (u16, Value)> + Send + 'static) {
        self.add(move |matched| {
            let operation = match matched.decode::<O>() {
                Ok(operation) => operation,
                Err(error) => return Outcome::Impossible(error.to_string()),
            };
            match answer(operation) {
                Ok(output) => match O::encode_output(&output) {
                    Ok(body) => Outcome::ApiResponse(StatusCode::OK, body),
                    Err(error) => Outcome::Impossible(error.to_string()),
                },
                Err((status, body)) => refusal(status, &body),
            }
        });
    }

    /// Answers with a refusal: a status and a body.
    pub fn refuses(self, status: u16, body: Value) {
        self.add(move |_| refusal(status, &body));
    }

    /// Breaks the connection after the request has been sent.
    pub fn breaks(self) {
        self.add(|_| Outcome::Broken);
    }

    /// Never answers.
    pub fn hangs(self) {
        self.add(|_| Outcome::Silence);
    }

    fn add(self, outcome: impl FnMut(&Matched) -> Outcome + Send + 'static) {
        let condition = self.condition;
        self.mock.state().expected.push(Expectation {
            operation: O::META.id,
            times: self.times,
            met: 0,
            matches: Box::new(move |matched| {
                matched
                    .decode::<O>()
                    .is_ok_and(|operation| condition(&operation))
            }),
            outcome: Box::new(outcome),
        });
    }
}

fn refusal(status: u16, body: &Value) -> Outcome {
    match (StatusCode::from_u16(status), body.encode()) {
        (Ok(status), Ok(body)) => Outcome::ApiResponse(status, body),
        _ => Outcome::Impossible(format!("{status} is no status")),
    }
}

impl<O> fmt::Debug for Expect<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expect")
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

/// How what came differs from what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmet {
    /// What did not come, or not often enough.
    pub missing: Vec<String>,
    /// What came without being expected.
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
