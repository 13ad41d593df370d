//! The one function that sends: every request is signed, sent and judged here, and perhaps retried.

mod report;

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header::USER_AGENT};
use tracing::{Instrument, Span};
use vonage_video_core::{
    Decision, DecodeError, Error, Invalid, Phase, Replay, RetryPolicy, Sent, decide,
    shared::SentSecrets,
};

use crate::{
    attempt::{AttemptLimits, attempt},
    authorization::Authorization,
    body::{Body, SentFlag},
    client::Client,
    clock::{Instant, Time},
    connect::is_permanent,
    empty_result::means_empty,
    options::{Deadlines, Options},
    prepared::Description,
    principal::Principal,
    rate::Turn,
    response::{ApiResponse, Received},
    trace,
};

/// A call under way. Its future is what a program may hold thousands of, so whatever is large
/// stands here once and is not passed from function to function.
pub(crate) struct Execution {
    client: Client,
    principal: Arc<Principal>,
    description: Description,
    deadlines: Deadlines,
    policy: RetryPolicy,
    replay: Replay,
    /// What every attempt sends; each adds its own signature.
    request: Request<Bytes>,
    span: Span,
    start: Instant,
    attempts: u32,
    /// Whether it was signed again because a clock is wrong.
    resigned: bool,
    /// The clock correction with which the last attempt was signed.
    signed_with: i64,
    /// What the last retry cost.
    retry_cost: Option<u32>,
    /// Whether any attempt so far may have reached the server.
    sent: Sent,
}

impl Execution {
    /// Checks and encodes a request. One that is refused here is reported like a failed call.
    ///
    /// `build` returns the request with an absolute URI and without a signature.
    pub(crate) fn begin(
        client: Client,
        description: Description,
        method: &Method,
        mut options: Options,
        build: impl FnOnce(&Principal) -> Result<Request<Bytes>, Invalid>,
    ) -> Result<Box<Self>, Error> {
        let operation = description.operation;
        let inner = client.inner();
        inner
            .check_runtime()
            .map_err(|error| error.in_operation(operation))?;
        let shared = &inner.shared;
        let principal = inner.current.get();
        let span = trace::call_span(&description, method, &principal);
        let headers = options.take_headers();
        let mut execution = Box::new(Self {
            start: shared.time.elapsed(),
            deadlines: options.deadlines(shared.deadlines),
            policy: match options.attempts {
                Some(attempts) => shared.retry.clone().attempts(attempts),
                None => shared.retry.clone(),
            },
            replay: options.replay.unwrap_or(description.replay),
            request: Request::default(),
            client,
            principal,
            description,
            span,
            attempts: 0,
            resigned: false,
            signed_with: 0,
            retry_cost: None,
            sent: Sent::No,
        });
        match headers.and_then(|headers| Ok((headers, build(&execution.principal)?))) {
            Ok((headers, mut request)) => {
                let agent = execution.client.inner().shared.user_agent.clone();
                request.headers_mut().insert(USER_AGENT, agent);
                request.headers_mut().extend(headers);
                execution.request = request;
                Ok(execution)
            }
            Err(invalid) => Err(execution.failed(Error::invalid(invalid))),
        }
    }

    /// Sends until there is a response or nothing more to be done, and decodes the response.
    pub(crate) async fn value<T>(
        mut self: Box<Self>,
        decode: fn(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<T, Error> {
        let received = self.receive().await?;
        self.decoded(&received, decode)
    }

    /// As [`value`](Self::value), with what was received.
    pub(crate) async fn response<T>(
        mut self: Box<Self>,
        decode: fn(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<ApiResponse<T>, Error> {
        let received = self.receive().await?;
        Ok(ApiResponse {
            value: self.decoded(&received, decode)?,
            status: received.status,
            headers: received.headers,
            body: received.body,
            attempts: self.attempts,
            elapsed: self.time().since(self.start),
        })
    }

    async fn receive(&mut self) -> Result<Received, Error> {
        let span = self.span.clone();
        match self.send().instrument(span).await {
            Ok(received) => Ok(received),
            Err(error) if self.means_empty(&error) => Ok(Received::empty(
                error.status().unwrap_or(StatusCode::NO_CONTENT),
            )),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn decoded<T>(
        &self,
        received: &Received,
        decode: fn(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<T, Error> {
        match received
            .check_content()
            .and_then(|()| decode(&received.body))
        {
            Ok(value) => {
                self.report_call(Ok(received), None);
                Ok(value)
            }
            Err(error) => {
                let mut error = Error::decode(error, received.status, received.body.clone());
                SentSecrets::of(&self.request).hide_in(&mut error);
                Err(self.failed(error))
            }
        }
    }

    /// Completes the error of a call and reports it.
    fn failed(&self, error: Error) -> Error {
        let elapsed = self.time().since(self.start);
        let error = error
            .in_operation(self.description.operation)
            .replayable(self.replay)
            .after(self.attempts, elapsed)
            .sent_before(self.sent);
        self.report_call(Err(&error), Some(elapsed));
        error
    }

    async fn send(&mut self) -> Result<Received, Error> {
        let mut counts = true;
        loop {
            self.take_turn().await?;
            self.sign().await?;
            if counts {
                self.attempts += 1;
            }
            let began = self.time().elapsed();
            let outcome = self.attempt(began).await;
            let mut error = match outcome {
                Ok(received) => {
                    self.client.inner().budget.succeeded(self.retry_cost);
                    self.report_attempt(Ok(&received), began, None);
                    return Ok(received);
                }
                Err(error) => error,
            };
            let next = self.next_attempt(&error);
            if matches!(next, NextAttempt::OutOfBudget) {
                error = error.out_of_retry_budget();
            }
            match next {
                NextAttempt::None | NextAttempt::OutOfBudget => {
                    self.report_attempt(Err(&error), began, None);
                    self.record_failure(&error);
                    return Err(error);
                }
                NextAttempt::Resigned => {
                    self.report_attempt(Err(&error), began, Some(Duration::ZERO));
                    counts = false;
                }
                NextAttempt::After(wait) => {
                    self.report_attempt(Err(&error), began, Some(wait));
                    self.record_failure(&error);
                    self.time().sleep(wait).await;
                    counts = true;
                }
            }
        }
    }

    /// Waits for this client's turn, if it has a rate limit.
    async fn take_turn(&self) -> Result<(), Error> {
        let Some(rate) = &self.client.inner().rate else {
            return Ok(());
        };
        let credentials = self.principal.credentials();
        let turn = rate.turn(Turn {
            environment: credentials.environment(),
            project: credentials.project(),
            timeout: self.remaining(),
            time: self.time(),
        });
        match self.before_deadline(turn).await? {
            Some(Duration::ZERO) => Ok(()),
            Some(wait) if wait <= self.remaining() => {
                self.time().sleep(wait).await;
                Ok(())
            }
            _ => Err(self.out_of_time()),
        }
    }

    /// Signs the request, or reuses a signature that is still good.
    async fn sign(&mut self) -> Result<(), Error> {
        self.signed_with = self.principal.skew_seconds();
        let now = self.time().now();
        let authorization = self
            .before_deadline(self.principal.authorization(now))
            .await?;
        let Authorization { name, value } = authorization?;
        self.request.headers_mut().insert(name, value);
        Ok(())
    }

    /// Bounds what precedes an attempt by the call's deadline.
    async fn before_deadline<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        let mut work = pin!(work);
        // Mostly there is nothing to wait for, and so no need to look at the clock.
        let done = poll_fn(|cx| Poll::Ready(work.as_mut().poll(cx))).await;
        if let Poll::Ready(output) = done {
            return Ok(output);
        }
        self.time()
            .timeout(self.remaining(), work)
            .await
            .ok_or_else(|| self.out_of_time())
    }

    fn out_of_time(&self) -> Error {
        Error::timeout(Phase::Total, self.deadlines.total, Sent::No)
    }

    async fn attempt(&self, began: Instant) -> Result<Received, Error> {
        let shared = &self.client.inner().shared;
        let sent_flag = SentFlag::new(Some(self.deadlines.connect), began.of_runtime());
        let limits = AttemptLimits {
            deadlines: self.deadlines,
            remaining: self.left(began),
            max_response_bytes: shared.max_response_bytes,
        };
        let response = shared.transport.send(self.signed(&sent_flag));
        let outcome = attempt(response, &sent_flag, limits, &shared.time, began).await;
        let received = outcome.map_err(|error| match is_permanent(&error) {
            true => error.not_retryable(),
            false => error,
        })?;
        if received.status.is_success() {
            Ok(received)
        } else {
            let mut error = received.error(shared.time.now(), self.signed_with);
            // A server may repeat what it was sent.
            SentSecrets::of(&self.request).hide_in(&mut error);
            Err(error)
        }
    }

    /// The request of one attempt.
    fn signed(&self, sent_flag: &SentFlag) -> Request<Body> {
        let body = Body::flagged(self.request.body().clone(), sent_flag.clone());
        let mut request = Request::new(body);
        *request.method_mut() = self.request.method().clone();
        *request.uri_mut() = self.request.uri().clone();
        // With room for what a transport adds, such as `host`.
        let headers = self.request.headers();
        *request.headers_mut() = HeaderMap::with_capacity(headers.len() + 2);
        request.headers_mut().extend(
            headers
                .iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        self.client
            .inner()
            .shared
            .trace_context(request.headers_mut());
        request
    }

    /// Whether to try again, and when.
    fn next_attempt(&mut self, error: &Error) -> NextAttempt {
        if let Some(mut skew) = error.api_error().and_then(|error| error.clock_skew) {
            // Another call may have corrected the clock in the meantime.
            skew.corrected_by = self.principal.skew_seconds();
            if let Some(correction) = skew.correction() {
                self.principal.correct_skew(self.time().now(), correction);
            }
        }
        let decision = decide(
            &self.policy,
            self.replay,
            error,
            self.attempts,
            self.resigned,
            self.remaining(),
            self.time().jitter(),
        );
        match decision {
            Decision::Retry { after } => match self.client.inner().budget.take(error) {
                Some(cost) => {
                    self.retry_cost = Some(cost);
                    NextAttempt::After(after)
                }
                None => NextAttempt::OutOfBudget,
            },
            Decision::Resign { .. } => {
                self.resigned = true;
                NextAttempt::Resigned
            }
            _ => NextAttempt::None,
        }
    }

    fn means_empty(&self, error: &Error) -> bool {
        error.api_error().is_some_and(|api| {
            means_empty(
                self.description.meta,
                api,
                self.request.uri().path(),
                self.principal.credentials().project(),
            )
        })
    }

    /// The time that is left of the call.
    fn remaining(&self) -> Duration {
        self.left(self.time().elapsed())
    }

    fn left(&self, now: Instant) -> Duration {
        self.deadlines.total.saturating_sub(now.since(self.start))
    }

    fn time(&self) -> &Time {
        &self.client.inner().shared.time
    }

    fn record_failure(&mut self, error: &Error) {
        // A server that refused did nothing; one that failed may have done anything.
        let failed = error
            .status()
            .is_some_and(|status| status.is_server_error());
        if failed || error.sent() == Sent::Maybe {
            self.sent = Sent::Maybe;
        }
    }
}

enum NextAttempt {
    /// The call has failed.
    None,
    /// Another attempt would be allowed, but the client has spent its budget for retries.
    OutOfBudget,
    /// At once, with another signature; it does not count as an attempt.
    Resigned,
    After(Duration),
}
