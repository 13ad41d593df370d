//! What an error means: whether to try again, and what to tell one's own caller.

use std::time::Duration;

use http::StatusCode;

use super::{
    Error,
    kind::{ErrorKind, Phase, Sent},
};
use crate::operation::Replay;

impl Error {
    /// Whether making the same call again may help and does nothing twice, by the table of
    /// [`decide`](crate::decide). The client has already retried as often as its policy allows.
    pub fn is_retryable(&self) -> bool {
        self.may_retry(self.0.replay)
    }

    /// The status to respond with when a request of your own failed because of this error.
    ///
    /// | error | status |
    /// |---|---|
    /// | a value of the operation is invalid, or the server responded 400, 405 or 422 | 400 |
    /// | a client's token cannot be signed with the caller's values: its role, ttl, data, session | 400 |
    /// | the server responded 404, 409 or 413 | the same |
    /// | the server responded 429, or asks to wait | 503: pass on [`retry_after`](Self::retry_after) |
    /// | no connection, a broken one, 5xx, or a response that cannot be read | 502 |
    /// | a timeout | 504 |
    /// | credentials, a setting of the client, 401, 403, and anything else | 500 |
    ///
    /// Your caller is not at fault for your credentials, so neither 401 nor 403 is suggested.
    pub fn suggested_status(&self) -> StatusCode {
        match &self.0.kind {
            _ if self.0.callers_fault => StatusCode::BAD_REQUEST,
            ErrorKind::Invalid(_) if self.0.operation.is_some() => StatusCode::BAD_REQUEST,
            ErrorKind::Invalid(_) | ErrorKind::Credentials => StatusCode::INTERNAL_SERVER_ERROR,
            ErrorKind::Timeout(_) => StatusCode::GATEWAY_TIMEOUT,
            ErrorKind::Connect | ErrorKind::Transport | ErrorKind::Decode(_) => {
                StatusCode::BAD_GATEWAY
            }
            ErrorKind::Api(error) => match error.status {
                status @ (StatusCode::NOT_FOUND
                | StatusCode::CONFLICT
                | StatusCode::PAYLOAD_TOO_LARGE) => status,
                StatusCode::BAD_REQUEST
                | StatusCode::METHOD_NOT_ALLOWED
                | StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
                StatusCode::TOO_MANY_REQUESTS => StatusCode::SERVICE_UNAVAILABLE,
                StatusCode::SERVICE_UNAVAILABLE if error.retry_after.is_some() => {
                    StatusCode::SERVICE_UNAVAILABLE
                }
                status if status.is_server_error() => StatusCode::BAD_GATEWAY,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// Returns how long the server asks to wait, if it does.
    pub fn retry_after(&self) -> Option<Duration> {
        self.api_error()?.retry_after
    }

    /// Whether another attempt may help and does nothing twice.
    pub(crate) fn may_retry(&self, replay: Replay) -> bool {
        if self.0.lasting {
            return false;
        }
        match &self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout(_) | ErrorKind::Transport => {
                replay == Replay::Safe || self.0.sent == Sent::No
            }
            ErrorKind::Api(error) => match error.status {
                StatusCode::TOO_MANY_REQUESTS => true,
                StatusCode::INTERNAL_SERVER_ERROR
                | StatusCode::BAD_GATEWAY
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT => replay == Replay::Safe,
                _ => false,
            },
            ErrorKind::Invalid(_) | ErrorKind::Credentials | ErrorKind::Decode(_) => false,
        }
    }

    /// Whether it was not retried because the client had spent its budget for retries.
    pub fn is_out_of_retry_budget(&self) -> bool {
        self.0.out_of_budget
    }

    /// Whether a timeout expired.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout(_))
    }

    /// Whether no connection could be made.
    pub fn is_connect(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::Connect | ErrorKind::Timeout(Phase::Connect)
        )
    }

    /// Whether the server responded that something does not exist: 404.
    pub fn is_not_found(&self) -> bool {
        self.refused_with(&[StatusCode::NOT_FOUND])
    }

    /// Whether the current state forbids the operation: 409. [`reason`](Self::reason) has the
    /// cause, when it is known.
    pub fn is_conflict(&self) -> bool {
        self.refused_with(&[StatusCode::CONFLICT])
    }

    /// Whether there were too many requests: 429.
    pub fn is_rate_limited(&self) -> bool {
        self.refused_with(&[StatusCode::TOO_MANY_REQUESTS])
    }

    /// Whether the server did not accept the credentials: 401 on Vonage, 403 on OpenTok. A wrong
    /// clock has the same effect: see [`ApiError::clock_skew`](crate::ApiError::clock_skew).
    pub fn is_refused_credentials(&self) -> bool {
        self.refused_with(&[StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN])
    }

    fn refused_with(&self, statuses: &[StatusCode]) -> bool {
        self.api_error()
            .is_some_and(|error| statuses.contains(&error.status))
    }
}
