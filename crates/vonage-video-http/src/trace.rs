//! What is recorded with `tracing`: a span for each call, an event for each attempt, with
//! OpenTelemetry's names for HTTP. Only the fields listed here are recorded, and none of them holds
//! a secret: no query, no path except the template, no header, no body.

use std::time::Duration;

use http::Method;
use tracing::{Level, Span, debug, event_enabled, field::Empty, info_span};
use vonage_video_core::{Error, ErrorKind, Phase};

use crate::{
    observe::{AttemptReport, CallReport},
    prepared::Description,
    principal::Principal,
};

pub(crate) const TARGET: &str = "vonage_video";

pub(crate) fn call_span(description: &Description, method: &Method, principal: &Principal) -> Span {
    info_span!(
        target: TARGET,
        "vonage_video",
        "otel.name" = description.operation,
        "otel.kind" = "client",
        "otel.status_code" = Empty,
        "vonage.video.operation" = description.operation,
        "vonage.video.environment" = principal.credentials().environment().as_str(),
        "vonage.video.project" = principal.credentials().project(),
        "http.request.method" = method.as_str(),
        "url.template" = description.template,
        "server.address" = principal.base().host(),
        "server.port" = principal.base().port(),
        "http.response.status_code" = Empty,
        "http.request.resend_count" = Empty,
        "vonage.video.request_id" = Empty,
        "vonage.video.invalid" = Empty,
        "error.type" = Empty,
    )
}

/// Whether anything records what [`attempt`] emits.
pub(crate) fn attempts_are_recorded() -> bool {
    event_enabled!(target: TARGET, Level::DEBUG)
}

pub(crate) fn attempt(report: &AttemptReport<'_>) {
    debug!(
        target: TARGET,
        {
            "vonage.video.operation" = report.operation,
            "http.request.resend_count" = report.attempt.saturating_sub(1),
            "http.response.status_code" = report.status.map(|status| status.as_u16()),
            "error.type" = report.error.map(error_type),
            duration_ms = milliseconds(report.duration),
            retry_after_ms = report.retry_after.map(milliseconds),
            retries_left = report.retries_left,
        },
        "attempt ended"
    );
}

pub(crate) fn call(span: &Span, report: &CallReport<'_>) {
    if let Some(status) = report.status {
        span.record("http.response.status_code", status.as_u16());
    }
    if report.attempts > 1 {
        span.record("http.request.resend_count", report.attempts - 1);
    }
    if let Some(id) = report.request_id {
        span.record("vonage.video.request_id", id);
    }
    if let Some(error) = report.error {
        // Exporters turn it into the span's status; without it a failed call counts as a success.
        span.record("otel.status_code", "ERROR");
        span.record("error.type", error_type(error));
        if let ErrorKind::Invalid(invalid) = error.kind() {
            span.record("vonage.video.invalid", &*invalid.field);
        }
    }
}

fn error_type(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Timeout(Phase::Connect) => "timeout.connect",
        ErrorKind::Timeout(Phase::Attempt) => "timeout.attempt",
        ErrorKind::Timeout(_) => "timeout.total",
        kind => kind.as_str(),
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
