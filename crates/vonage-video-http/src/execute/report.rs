//! What observers and `tracing` learn of a call.

use std::time::Duration;

use http::StatusCode;
use vonage_video_core::Error;

use super::Execution;
use crate::{
    clock::Instant,
    observe::{AttemptReport, CallReport},
    response::{Received, request_id},
    trace,
};

impl Execution {
    /// Reports the end of an attempt.
    pub(super) fn report_attempt(
        &self,
        outcome: Result<&Received, &Error>,
        began: Instant,
        retry_after: Option<Duration>,
    ) {
        let inner = self.client.inner();
        let observers = &inner.shared.observers;
        if observers.is_empty() && !trace::attempts_are_recorded() {
            return;
        }
        let report = AttemptReport {
            operation: self.description.operation,
            attempt: self.attempts,
            status: status(outcome),
            error: outcome.err(),
            retry_after,
            retries_left: inner.budget.retries_left(),
            duration: self.time().since(began),
        };
        trace::attempt(&report);
        for observer in observers {
            observer.attempt(&report);
        }
    }

    /// Reports the end of the call, which took `duration`, or until now.
    pub(super) fn report_call(
        &self,
        outcome: Result<&Received, &Error>,
        duration: Option<Duration>,
    ) {
        let observers = &self.client.inner().shared.observers;
        if observers.is_empty() && self.span.is_disabled() {
            return;
        }
        let credentials = self.principal.credentials();
        let report = CallReport {
            operation: self.description.operation,
            environment: credentials.environment(),
            project: credentials.project(),
            status: status(outcome),
            request_id: match outcome {
                Ok(received) => request_id(&received.headers),
                Err(error) => error.api_error().and_then(|api| api.request_id.as_deref()),
            },
            error: outcome.err(),
            attempts: self.attempts,
            duration: duration.unwrap_or_else(|| self.time().since(self.start)),
        };
        trace::call(&self.span, &report);
        for observer in observers {
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
