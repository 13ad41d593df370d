//! An expectation in the making.

use std::{
    fmt,
    marker::PhantomData,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;
use vonage_video_core::{Matched, Operation, Output as _};

use super::state::{Expectation, Outcome, State};

/// An expectation in the making. From [`Mock::expect`](super::Mock::expect).
#[must_use = "nothing is expected before the outcome is set, as with `returns`"]
pub struct Expect<'a, O> {
    mock: &'a Mutex<State>,
    times: u32,
    delay: Duration,
    headers: HeaderMap,
    problem: Option<String>,
    condition: Box<dyn Fn(&O) -> bool + Send>,
    operation: PhantomData<O>,
}

impl<'a, O: Operation> Expect<'a, O> {
    pub(super) fn new(mock: &'a Mutex<State>) -> Self {
        Self {
            mock,
            times: 1,
            delay: Duration::ZERO,
            headers: HeaderMap::new(),
            problem: None,
            condition: Box::new(|_| true),
            operation: PhantomData,
        }
    }

    /// Expects only operations for which `condition` holds.
    pub fn when(mut self, condition: impl Fn(&O) -> bool + Send + 'static) -> Self {
        self.condition = Box::new(condition);
        self
    }

    /// Sets how many times the operation is expected: once unless set.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Adds a header to the response, such as `retry-after`. An invalid header is an error of the
    /// call.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
            }
            _ => {
                self.problem
                    .get_or_insert_with(|| format!("`{name}` is not a header"));
            }
        }
        self
    }

    /// Delays the outcome by tokio's clock, which a test can pause.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Responds with 200 and this output.
    pub fn returns(self, output: O::Output) {
        let body = O::encode_output(&output).map_err(|error| error.to_string());
        self.add(move |_| match &body {
            Ok(body) => Outcome::Response(StatusCode::OK, body.clone()),
            Err(error) => Outcome::Impossible(error.clone()),
        });
    }

    /// Responds with what a function returns for the operation: an output, or an error response's
    /// status and body.
    pub fn responds_with(
        self,
        respond: impl Fn(O) -> Result<O::Output, (u16, Value)> + Send + 'static,
    ) {
        self.add(move |matched| {
            let operation = match matched.decode::<O>() {
                Ok(operation) => operation,
                Err(error) => return Outcome::Impossible(error.to_string()),
            };
            match respond(operation) {
                Ok(output) => match O::encode_output(&output) {
                    Ok(body) => Outcome::Response(StatusCode::OK, body),
                    Err(error) => Outcome::Impossible(error.to_string()),
                },
                Err((status, body)) => error_response(status, &body),
            }
        });
    }

    /// Responds with an error response: a status and a body.
    pub fn refuses(self, status: u16, body: Value) {
        self.add(move |_| error_response(status, &body));
    }

    /// Fails to connect: nothing is sent.
    pub fn unreachable(self) {
        self.add(|_| Outcome::Unreachable);
    }

    /// Breaks the connection after the request was sent.
    pub fn breaks(self) {
        self.add(|_| Outcome::Broken);
    }

    /// Never responds, so that a timeout of the call expires.
    pub fn hangs(self) {
        self.add(|_| Outcome::Silence);
    }

    fn add(self, mut outcome: impl FnMut(&Matched) -> Outcome + Send + 'static) {
        let (condition, problem) = (self.condition, self.problem);
        let expectation = Expectation {
            operation: O::META.id,
            times: self.times,
            met: 0,
            delay: self.delay,
            headers: self.headers,
            matches: Box::new(move |matched| {
                matched
                    .decode::<O>()
                    .is_ok_and(|operation| condition(&operation))
            }),
            outcome: Box::new(move |matched| match &problem {
                Some(problem) => Outcome::Impossible(problem.clone()),
                None => outcome(matched),
            }),
        };
        let mut state = self.mock.lock().unwrap_or_else(PoisonError::into_inner);
        state.expected.push(expectation);
    }
}

fn error_response(status: u16, body: &Value) -> Outcome {
    match (StatusCode::from_u16(status), body.encode()) {
        (Ok(status), Ok(body)) => Outcome::Response(status, body),
        _ => Outcome::Impossible(format!("{status} is not a status")),
    }
}

impl<O> fmt::Debug for Expect<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expect")
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}
