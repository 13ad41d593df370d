//! The one function that sends. Every request of every operation goes through here: signed, sent, its failure judged, and perhaps sent again.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use http::{Request, StatusCode, header::USER_AGENT};
use tracing::Span;
use vonage_video_core::{
    ApiError, Decision, DecodeError, Error, Phase, Replay, RetryPolicy, Sent, decide,
    shared::SentSecrets,
};

use crate::{
    attempt::{AttemptLimits, attempt},
    body::{Body, SentFlag},
    client::Client,
    clock::{Instant, Time},
    connect::is_permanent,
    identity::{Authorization, Identity},
    observe::{AttemptReport, CallReport},
    options::{Deadlines, Options},
    response::{Received, request_id},
    trace,
};

/// A request that is to be made, whatever it takes.
pub(crate) struct PreparedRequest {
    /// What it is called in errors, traces and metrics.
    pub(crate) operation: &'static str,
    /// Its path with the parameters still in braces.
    pub(crate) template: &'static str,
    pub(crate) replay: Replay,
    /// Which refusals are none, but an empty answer.
    pub(crate) means_empty: fn(&ApiError) -> bool,
    /// As `core::encode` makes it: a path below the base URL, and no signature.
    pub(crate) request: Request<Bytes>,
    pub(crate) options: Options,
}

/// An answer and what it took.
pub(crate) struct Completed<T> {
    pub(crate) value: T,
    pub(crate) received: Received,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
}

/// Makes a call. Its future is what a program may hold thousands of, so what is large is in the [`Execution`], once, and not handed from function to
/// function.
pub(crate) async fn execute<T, R>(
    operation: &'static str,
    begin: impl FnOnce() -> Result<Execution, Error>,
    decode: impl FnOnce(&[u8]) -> Result<T, DecodeError>,
    into_output: impl FnOnce(Completed<T>) -> R,
) -> Result<R, Error> {
    let mut execution = begin().map_err(|error| error.in_operation(operation))?;
    let outcome = execution.run().await;
    execution.end(outcome, decode, into_output)
}

/// A call on its way.
pub(crate) struct Execution {
    client: Client,
    identity: Arc<Identity>,
    operation: &'static str,
    replay: Replay,
    means_empty: fn(&ApiError) -> bool,
    deadlines: Deadlines,
    policy: RetryPolicy,
    /// What all attempts send; each puts its own signature into it.
    request: Request<Bytes>,
    span: Span,
    start: Instant,
    attempts: u32,
    /// Whether it was signed anew because of a wrong clock.
    resigned: bool,
    /// The correction of the clock with which the last attempt was signed.
    signed_with: i64,
    /// What the last retry cost.
    retry_cost: Option<u32>,
    /// Whether any attempt so far may have reached the server.
    sent: Sent,
}

impl Execution {
    pub(crate) fn begin(
        client: Client,
        identity: Arc<Identity>,
        mut prepared: PreparedRequest,
    ) -> Result<Self, Error> {
        let inner = client.inner();
        inner.check_runtime()?;
        let shared = &inner.shared;
        let span = trace::call_span(&prepared, identity.base());
        let deadlines = prepared.options.deadlines(shared.deadlines);
        let mut policy = shared.retry.clone();
        if let Some(attempts) = prepared.options.attempts {
            policy = policy.attempts(attempts);
        }
        let replay = prepared.options.replay.unwrap_or(prepared.replay);

        let uri = identity.base().join(prepared.request.uri())?;
        *prepared.request.uri_mut() = uri;
        let headers = prepared.request.headers_mut();
        headers.insert(USER_AGENT, shared.user_agent.clone());
        headers.extend(prepared.options.into_headers()?);
        Ok(Self {
            start: shared.time.elapsed(),
            operation: prepared.operation,
            means_empty: prepared.means_empty,
            request: prepared.request,
            client,
            identity,
            replay,
            deadlines,
            policy,
            span,
            attempts: 0,
            resigned: false,
            signed_with: 0,
            retry_cost: None,
            sent: Sent::No,
        })
    }

    /// Sends until there is an answer, or no more to be done.
    async fn run(&mut self) -> Result<Received, Error> {
        let (span, means_empty) = (self.span.clone(), self.means_empty);
        let mut sending = pin!(self.send());
        let outcome = poll_fn(|cx| span.in_scope(|| sending.as_mut().poll(cx))).await;
        match outcome {
            Err(error) if error.api_error().is_some_and(means_empty) => Ok(Received::empty(
                error.status().unwrap_or(StatusCode::NO_CONTENT),
            )),
            outcome => outcome,
        }
    }

    /// Reads the answer, and tells whoever listens how it all went.
    fn end<T, R>(
        &self,
        outcome: Result<Received, Error>,
        decode: impl FnOnce(&[u8]) -> Result<T, DecodeError>,
        into_output: impl FnOnce(Completed<T>) -> R,
    ) -> Result<R, Error> {
        let error = match outcome {
            Ok(received) => {
                let value = received
                    .check_encoding()
                    .and_then(|()| decode(&received.body));
                match value {
                    Ok(value) => {
                        let elapsed = self.time().since(self.start);
                        self.report_call(Ok(&received), elapsed);
                        return Ok(into_output(Completed {
                            value,
                            received,
                            attempts: self.attempts,
                            elapsed,
                        }));
                    }
                    Err(error) => Error::decode(error, received.status, received.body),
                }
            }
            Err(error) => error,
        };
        let elapsed = self.time().since(self.start);
        let error = error
            .in_operation(self.operation)
            .replayable(self.replay)
            .after(self.attempts, elapsed)
            .sent_before(self.sent);
        self.report_call(Err(&error), elapsed);
        Err(error)
    }

    async fn send(&mut self) -> Result<Received, Error> {
        let mut counts = true;
        loop {
            self.take_turn().await?;
            self.signed_with = self.identity.skew_seconds();
            let now = self.time().now();
            let Authorization { name, value } = self.identity.authorization(now).await?;
            self.request.headers_mut().insert(name, value);
            if counts {
                self.attempts += 1;
            }
            let began = self.time().elapsed();
            let outcome = self.attempt(began).await;
            let error = match outcome {
                Ok(received) => {
                    self.client.inner().budget.succeeded(self.retry_cost);
                    self.report_attempt(Ok(&received), began, None);
                    return Ok(received);
                }
                Err(error) => error,
            };
            match self.next_attempt(&error) {
                None => {
                    self.report_attempt(Err(&error), began, None);
                    self.record_failure(&error);
                    return Err(error);
                }
                Some(NextAttempt::Signed) => {
                    self.report_attempt(Err(&error), began, Some(Duration::ZERO));
                    counts = false;
                }
                Some(NextAttempt::After(wait)) => {
                    self.report_attempt(Err(&error), began, Some(wait));
                    self.record_failure(&error);
                    self.time().sleep(wait).await;
                    counts = true;
                }
            }
        }
    }

    async fn attempt(&self, began: Instant) -> Result<Received, Error> {
        let shared = &self.client.inner().shared;
        let sent_flag = SentFlag::new(self.deadlines.connect);
        let bounds = AttemptLimits {
            deadlines: self.deadlines,
            left: self.left(began),
            max_response_bytes: shared.max_response_bytes,
        };
        let answer = shared.transport.send(self.signed(&sent_flag));
        let received = attempt(answer, &sent_flag, bounds, &shared.time, began).await?;
        if received.status.is_success() {
            Ok(received)
        } else {
            let mut error = received.refusal(shared.time.now(), self.signed_with);
            // A server may repeat what it was sent.
            SentSecrets::of(&self.request).hide_in(&mut error);
            Err(error)
        }
    }

    /// A request of its own for an attempt.
    fn signed(&self, sent_flag: &SentFlag) -> Request<Body> {
        let body = Body::flagged(self.request.body().clone(), sent_flag.clone());
        let mut request = Request::new(body);
        *request.method_mut() = self.request.method().clone();
        *request.uri_mut() = self.request.uri().clone();
        *request.headers_mut() = self.request.headers().clone();
        self.client
            .inner()
            .shared
            .trace_context(request.headers_mut());
        request
    }

    /// Waits for this client's turn, if it limits itself.
    async fn take_turn(&self) -> Result<(), Error> {
        let Some(rate) = &self.client.inner().rate else {
            return Ok(());
        };
        match rate.turn(self.time(), self.left(self.time().elapsed())) {
            Some(Duration::ZERO) => Ok(()),
            Some(wait) => {
                self.time().sleep(wait).await;
                Ok(())
            }
            None => Err(Error::timeout(Phase::Total, self.deadlines.total, Sent::No)),
        }
    }

    /// Whether to try again, and when.
    fn next_attempt(&mut self, error: &Error) -> Option<NextAttempt> {
        if is_permanent(error) {
            return None;
        }
        let decision = decide(
            &self.policy,
            self.replay,
            error,
            self.attempts,
            self.resigned,
            self.left(self.time().elapsed()),
            self.time().jitter(),
        );
        match decision {
            Decision::Retry { after } => {
                self.retry_cost = Some(self.client.inner().budget.take(error)?);
                Some(NextAttempt::After(after))
            }
            Decision::Resign { .. } => {
                // Another call may have corrected the clock in the meantime.
                let mut skew = error.api_error().and_then(|error| error.clock_skew)?;
                skew.corrected_by = self.identity.skew_seconds();
                if let Some(correction) = skew.correction() {
                    self.identity.correct_skew(self.time().now(), correction);
                }
                self.resigned = true;
                Some(NextAttempt::Signed)
            }
            _ => None,
        }
    }

    /// What is left of the call's time.
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

    /// Tells how an attempt went.
    fn report_attempt(
        &self,
        outcome: Result<&Received, &Error>,
        began: Instant,
        retry_after: Option<Duration>,
    ) {
        let observer = &self.client.inner().shared.observer;
        if observer.is_none() && !trace::hears_attempts() {
            return;
        }
        let report = AttemptReport {
            operation: self.operation,
            attempt: self.attempts,
            status: status(outcome),
            error: outcome.err(),
            retry_after,
            duration: self.time().since(began),
        };
        trace::attempt(&report);
        if let Some(observer) = observer {
            observer.attempt(&report);
        }
    }

    /// Tells how the call went.
    fn report_call(&self, outcome: Result<&Received, &Error>, duration: Duration) {
        let observer = &self.client.inner().shared.observer;
        if observer.is_none() && self.span.is_disabled() {
            return;
        }
        let report = CallReport {
            operation: self.operation,
            status: status(outcome),
            request_id: match outcome {
                Ok(received) => request_id(&received.headers),
                Err(error) => error.api_error().and_then(|api| api.request_id.as_deref()),
            },
            error: outcome.err(),
            attempts: self.attempts,
            duration,
        };
        trace::call(&self.span, &report);
        if let Some(observer) = observer {
            observer.call(&report);
        }
    }
}

fn status(outcome: Result<&Received, &Error>) -> Option<StatusCode> {
    match outcome {
        Ok(received) => Some(received.status),
        Err(error) => error.status(),
    }
}

enum NextAttempt {
    /// At once, with another signature; that is no further attempt.
    Signed,
    After(Duration),
}
