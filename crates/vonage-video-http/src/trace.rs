//! What is told to `tracing`: a span for each call, an event for each attempt, with OpenTelemetry's names for HTTP. Only what is listed here is
//! told, and none of it holds a secret: no query, no path but its template, no header, no body.

use std::time::Duration;

use tracing::{Level, Span, debug, event_enabled, field::Empty, info_span};
use vonage_video_core::{Error, ErrorKind, Phase};

use crate::{
    base_url::BaseUrl,
    execute::PreparedRequest,
    observe::{AttemptReport, CallReport},
};

pub(crate) const TARGET: &str = "vonage_video";

pub(crate) fn call_span(prepared: &PreparedRequest, base: &BaseUrl) -> Span {
    info_span!(
        target: TARGET,
        "vonage_video",
        "otel.name" = prepared.operation,
        "otel.kind" = "client",
        "vonage.video.operation" = prepared.operation,
        "http.request.method" = prepared.request.method().as_str(),
        "url.template" = prepared.template,
        "server.address" = base.host(),
        "server.port" = base.port(),
        "http.response.status_code" = Empty,
        "http.request.resend_count" = Empty,
        "vonage.video.request_id" = Empty,
        "error.type" = Empty,
    )
}

/// Whether anybody listens to what [`attempt`] tells.
pub(crate) fn hears_attempts() -> bool {
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
        span.record("error.type", error_type(error));
    }
}

fn error_type(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::Invalid(_) => "invalid",
        ErrorKind::Credentials => "credentials",
        ErrorKind::Connect => "connect",
        ErrorKind::Timeout(Phase::Connect) => "timeout.connect",
        ErrorKind::Timeout(Phase::Attempt) => "timeout.attempt",
        ErrorKind::Timeout(_) => "timeout.total",
        ErrorKind::Transport => "transport",
        ErrorKind::Api(_) => "api",
        ErrorKind::Decode(_) => "decode",
        _ => "other",
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
