//! The one function that sends. Every request of every operation goes through here: signed, sent, its failure judged, and perhaps sent again.

use std::time::Duration;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Request,
    header::{ACCEPT, CONTENT_TYPE, USER_AGENT},
};
use tracing::Instrument;
use vonage_video_core::{
    ApiError, Decision, Error, ErrorKind, Phase, Replay, RetryPolicy, Sent, decide,
};

use crate::{
    answer::{Received, matters, request_id},
    attempt::{Bounds, attempt},
    body::{Body, Mark},
    client::Inner,
    clock::{Moment, Time},
    hyper::Fresh,
    identity::{Authorization, Identity},
    observe::{AttemptReport, CallReport},
    options::{Deadlines, Options},
    trace,
};

/// A request that is to be made, whatever it takes.
pub(crate) struct Plan {
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
pub(crate) struct Done<T> {
    pub(crate) value: T,
    pub(crate) received: Received,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
}

/// Makes a request and reads what it answers.
pub(crate) async fn execute<T>(
    client: &Inner,
    identity: &Identity,
    plan: Plan,
    decode: impl FnOnce(&Received) -> Result<T, Error>,
) -> Result<Done<T>, Error> {
    client.check_runtime()?;
    let operation = plan.operation;
    let span = trace::call_span(&plan, identity.base().host(), identity.base().port());
    let mut course = Course {
        client,
        identity,
        operation,
        replay: plan.options.replay.unwrap_or(plan.replay),
        deadlines: plan.options.deadlines(client.shared.deadlines),
        policy: match plan.options.attempts {
            Some(attempts) => client.shared.retry.clone().attempts(attempts),
            None => client.shared.retry.clone(),
        },
        start: client.shared.time.elapsed(),
        attempts: 0,
        resigned: false,
        signed_with: 0,
        paid: None,
        broke: false,
        sent: Sent::No,
    };
    let outcome = async {
        let means_empty = plan.means_empty;
        let received = match course.run(plan).await {
            Err(error) => match error.api_error() {
                Some(refusal) if means_empty(refusal) => Received::empty(refusal.status),
                _ => return Err(error),
            },
            Ok(received) => received,
        };
        match received.check_encoding() {
            Ok(()) => decode(&received).map(|value| (value, received)),
            Err(error) => Err(Error::decode(error, received.status, received.body)),
        }
    }
    .instrument(span.clone())
    .await;

    let elapsed = client.shared.time.since(course.start);
    let attempts = course.attempts;
    let outcome = outcome.map_err(|error| {
        error
            .in_operation(operation)
            .replayable(course.replay)
            .after(attempts, elapsed)
            .sent_before(course.sent)
    });
    let report = CallReport {
        operation,
        status: match &outcome {
            Ok((_, received)) => Some(received.status),
            Err(error) => error.status(),
        },
        request_id: match &outcome {
            Ok((_, received)) => request_id(&received.headers),
            Err(error) => error.api_error().and_then(|api| api.request_id.as_deref()),
        },
        error: outcome.as_ref().err(),
        attempts,
        duration: elapsed,
    };
    trace::call(&span, &report);
    if let Some(observer) = &client.shared.observer {
        observer.call(&report);
    }
    outcome.map(|(value, received)| Done {
        value,
        received,
        attempts,
        elapsed,
    })
}

/// A call on its way.
struct Course<'a> {
    client: &'a Inner,
    identity: &'a Identity,
    operation: &'static str,
    replay: Replay,
    deadlines: Deadlines,
    policy: RetryPolicy,
    start: Moment,
    attempts: u32,
    /// Whether it was signed anew because of a wrong clock.
    resigned: bool,
    /// The correction of the clock with which the last attempt was signed.
    signed_with: i64,
    /// What the last retry cost.
    paid: Option<u32>,
    /// Whether the connection of the last attempt broke.
    broke: bool,
    /// Whether any attempt so far may have reached the server.
    sent: Sent,
}

impl Course<'_> {
    async fn run(&mut self, plan: Plan) -> Result<Received, Error> {
        let time = &self.client.shared.time;
        let template = Template::new(plan, self.identity, &self.client.shared.user_agent)?;
        let mut counts = true;
        loop {
            self.take_turn(time).await?;
            self.signed_with = self.identity.skew_seconds();
            let authorization = self.identity.authorization(time.now()).await?;
            let mark = Mark::default();
            let mut request = template.request(&mark, authorization);
            self.client.shared.trace_context(request.headers_mut());
            if self.broke {
                request.extensions_mut().insert(Fresh);
            }

            if counts {
                self.attempts += 1;
            }
            let bounds = Bounds {
                deadlines: self.deadlines,
                left: self.left(time),
                largest_answer: self.client.shared.max_answer_bytes,
            };
            let began = time.elapsed();
            let outcome = attempt(&*self.client.shared.transport, request, &mark, bounds, time)
                .await
                .and_then(|received| match received.refusal(time.now()) {
                    None => Ok(received),
                    Some(error) => Err(error),
                });
            let error = match outcome {
                Ok(received) => {
                    self.client.budget.succeeded(self.paid);
                    self.report(&Ok(&received), began, None);
                    return Ok(received);
                }
                Err(error) => error,
            };
            match self.judge(&error, time) {
                None => {
                    self.report(&Err(&error), began, None);
                    self.saw(&error);
                    return Err(error);
                }
                Some(Again::Signed) => {
                    self.report(&Err(&error), began, Some(Duration::ZERO));
                    counts = false;
                }
                Some(Again::After(wait)) => {
                    self.report(&Err(&error), began, Some(wait));
                    self.saw(&error);
                    time.sleep(wait).await;
                    counts = true;
                }
            }
        }
    }

    /// Waits for this client's turn, if it limits itself.
    async fn take_turn(&self, time: &Time) -> Result<(), Error> {
        let Some(rate) = &self.client.rate else {
            return Ok(());
        };
        match rate.turn(time, self.left(time)) {
            Some(Duration::ZERO) => Ok(()),
            Some(wait) => {
                time.sleep(wait).await;
                Ok(())
            }
            None => Err(Error::timeout(Phase::Total, self.deadlines.total, Sent::No)),
        }
    }

    /// Whether to try again, and when.
    fn judge(&mut self, error: &Error, time: &Time) -> Option<Again> {
        let skew = error.api_error().and_then(|api| api.clock_skew);
        let resigning_helps = !self.resigned
            && skew.is_none_or(|skew| matters(skew.seconds.saturating_sub(self.signed_with)));
        let decision = decide(
            &self.policy,
            self.replay,
            error,
            self.attempts,
            !resigning_helps,
            self.left(time),
            time.jitter(),
        );
        match decision {
            Decision::Retry { after } => {
                self.paid = Some(self.client.budget.take(error)?);
                Some(Again::After(after))
            }
            Decision::Resign { skew } => {
                // Another call may have learnt it meanwhile.
                if matters(skew.saturating_sub(self.identity.skew_seconds())) {
                    self.identity.correct_skew(time.now(), skew);
                }
                self.resigned = true;
                Some(Again::Signed)
            }
            _ => None,
        }
    }

    fn left(&self, time: &Time) -> Duration {
        self.deadlines.total.saturating_sub(time.since(self.start))
    }

    fn saw(&mut self, error: &Error) {
        self.broke = matches!(error.kind(), ErrorKind::Transport);
        // A server that refused did nothing; one that failed may have done anything.
        let failed = error
            .status()
            .is_some_and(|status| status.is_server_error());
        if failed || error.sent() == Sent::Maybe {
            self.sent = Sent::Maybe;
        }
    }

    fn report(
        &self,
        outcome: &Result<&Received, &Error>,
        began: Moment,
        retry_after: Option<Duration>,
    ) {
        let shared = &self.client.shared;
        let report = AttemptReport {
            operation: self.operation,
            attempt: self.attempts,
            status: match outcome {
                Ok(received) => Some(received.status),
                Err(error) => error.status(),
            },
            error: outcome.err(),
            retry_after,
            duration: shared.time.since(began),
        };
        trace::attempt(&report);
        if let Some(observer) = &shared.observer {
            observer.attempt(&report);
        }
    }
}

enum Again {
    /// At once, with another signature; that is no further attempt.
    Signed,
    After(Duration),
}

/// What the requests of all attempts have in common.
struct Template {
    method: http::Method,
    uri: http::Uri,
    content_type: Option<HeaderValue>,
    accept: Option<HeaderValue>,
    user_agent: HeaderValue,
    headers: HeaderMap,
    body: Bytes,
}

impl Template {
    fn new(plan: Plan, identity: &Identity, user_agent: &HeaderValue) -> Result<Self, Error> {
        if let Some(problem) = plan.options.problem {
            return Err(Error::invalid(problem));
        }
        let (mut head, body) = plan.request.into_parts();
        Ok(Self {
            uri: identity.base().join(&head.uri)?,
            method: head.method,
            content_type: head.headers.remove(CONTENT_TYPE),
            accept: head.headers.remove(ACCEPT),
            user_agent: user_agent.clone(),
            headers: plan.options.headers,
            body,
        })
    }

    /// A request of its own for each attempt.
    fn request(&self, mark: &Mark, authorization: Authorization) -> Request<Body> {
        let mut request = Request::new(Body::marked(self.body.clone(), mark.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        let headers = request.headers_mut();
        headers.reserve(8 + self.headers.len());
        headers.insert(authorization.name, authorization.value);
        headers.insert(USER_AGENT, self.user_agent.clone());
        if let Some(accept) = &self.accept {
            headers.insert(ACCEPT, accept.clone());
        }
        if let Some(content_type) = &self.content_type {
            headers.insert(CONTENT_TYPE, content_type.clone());
        }
        headers.extend(
            self.headers
                .iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        request
    }
}
