//! The one error of a call. It answers three questions: was it sent, may I try again, what did the server say?

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::StatusCode;

use crate::{
    api_error::ApiError, decode_error::DecodeError, generated::reasons::Reason, invalid::Invalid,
    operation::Replay,
};

/// Any error, as a cause.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a call failed.
///
/// Its `Display` is one line without the cause; the cause is [`source`](std::error::Error::source).
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    sent: Sent,
    detail: String,
    source: Option<BoxError>,
    operation: Option<&'static str>,
    replay: Replay,
    /// The same call would fail again.
    lasting: bool,
    /// Another attempt was due, but the client had spent its budget for retries.
    out_of_budget: bool,
    attempts: u32,
    elapsed: Duration,
    status: Option<StatusCode>,
    body: Bytes,
}

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Refused before sending: a limit of the request, or a setting of the client.
    Invalid(Invalid),
    /// The key or secret cannot sign.
    Credentials,
    /// No connection: DNS, TCP, TLS, proxy, or a pooled connection that died before a byte was written.
    Connect,
    /// Time ran out.
    Timeout(Phase),
    /// The connection broke after the request may have been sent.
    Transport,
    /// The server refused.
    Api(ApiError),
    /// The server did it, but its answer is not of the expected shape.
    Decode(DecodeError),
}

impl ErrorKind {
    /// A short name for logs and metrics, such as `connect`, `timeout` or `api`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::Credentials => "credentials",
            Self::Connect => "connect",
            Self::Timeout(_) => "timeout",
            Self::Transport => "transport",
            Self::Api(_) => "api",
            Self::Decode(_) => "decode",
        }
    }
}

/// What took too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// Connecting: nothing was sent.
    Connect,
    /// One attempt, from its first byte to its answer's last.
    Attempt,
    /// The whole call, with all its attempts and waits.
    Total,
}

/// Whether the request reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sent {
    /// Certainly not: trying again is always safe.
    No,
    /// Perhaps: it may have had its effect.
    Maybe,
    /// Yes: the server answered.
    Yes,
}

impl Phase {
    /// A short name for logs and metrics: `connect`, `attempt` or `total`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Attempt => "attempt",
            Self::Total => "total",
        }
    }
}

impl Sent {
    /// A short name for logs and metrics: `no`, `maybe` or `yes`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Maybe => "maybe",
            Self::Yes => "yes",
        }
    }
}

impl Error {
    /// Refused before sending.
    pub fn invalid(invalid: Invalid) -> Self {
        Self::of(ErrorKind::Invalid(invalid), Sent::No)
    }

    /// The request cannot be signed.
    pub fn credentials(source: impl Into<BoxError>) -> Self {
        Self::of(ErrorKind::Credentials, Sent::No).caused_by(source)
    }

    /// No connection to `target`, such as `api.opentok.com:443`.
    pub fn connect(target: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self::of(ErrorKind::Connect, Sent::No)
            .detailed(target)
            .caused_by(source)
    }

    /// Time ran out after `limit`. `sent` says whether the request had been on its way.
    pub fn timeout(phase: Phase, limit: Duration, sent: Sent) -> Self {
        Self::of(ErrorKind::Timeout(phase), sent).detailed(format!("{limit:?}"))
    }

    /// A layer around the transport ran out of time, with an error of its own.
    pub fn timeout_of_layer(sent: Sent, source: impl Into<BoxError>) -> Self {
        Self::of(ErrorKind::Timeout(Phase::Attempt), sent)
            .detailed("the limit of a layer")
            .caused_by(source)
    }

    /// The connection broke while doing something, such as "waiting for the answer".
    pub fn transport(while_doing: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self::of(ErrorKind::Transport, Sent::Maybe)
            .detailed(while_doing)
            .caused_by(source)
    }

    /// The server refused.
    pub fn api(error: ApiError) -> Self {
        let (status, body) = (error.status, error.body.clone());
        let mut this = Self::of(ErrorKind::Api(error), Sent::Yes);
        this.0.status = Some(status);
        this.0.body = body;
        this
    }

    /// A 2xx whose body cannot be read.
    pub fn decode(error: DecodeError, status: StatusCode, body: Bytes) -> Self {
        let mut this = Self::of(ErrorKind::Decode(error), Sent::Yes);
        this.0.status = Some(status);
        this.0.body = body;
        this
    }

    /// Names the operation that failed.
    #[must_use]
    pub fn in_operation(mut self, id: &'static str) -> Self {
        self.0.operation = Some(id);
        self
    }

    /// Says whether what was asked for may be asked for twice; unless it is said, it may not.
    #[must_use]
    pub fn replayable(mut self, replay: Replay) -> Self {
        self.0.replay = replay;
        self
    }

    /// Marks a failure that another attempt would meet too, such as an expired certificate: it is
    /// never [retryable](Self::is_retryable).
    #[must_use]
    pub fn not_retryable(mut self) -> Self {
        self.0.lasting = true;
        self
    }

    /// Marks a failure after which another attempt was due that the client's budget for retries did
    /// not allow.
    #[must_use]
    pub fn out_of_retry_budget(mut self) -> Self {
        self.0.out_of_budget = true;
        self
    }

    /// Says how often it was tried, and how long it took in all.
    #[must_use]
    pub fn after(mut self, attempts: u32, elapsed: Duration) -> Self {
        self.0.attempts = attempts;
        self.0.elapsed = elapsed;
        self
    }

    /// Says whether an earlier attempt of the same call may have reached the server, which this one cannot take back.
    #[must_use]
    pub fn sent_before(mut self, earlier: Sent) -> Self {
        if self.0.sent == Sent::No {
            self.0.sent = earlier;
        }
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Whether the request reached the server.
    pub fn sent(&self) -> Sent {
        self.0.sent
    }

    /// What the server said, if it refused.
    pub fn api_error(&self) -> Option<&ApiError> {
        match &self.0.kind {
            ErrorKind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// The condition behind a refusal, for a program to act on; [`Reason::Other`] where the evidence allows no better.
    pub fn reason(&self) -> Option<Reason> {
        self.api_error()
            .map(|error| Reason::of(self.0.operation.unwrap_or_default(), error))
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The body of the answer; empty if there was none.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// The operation, such as `start_archive`.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// How often it was tried; 0 when it was refused before the first attempt.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call took in all.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// Whether the same call may be made again: it may help, and nothing is done twice that is to be done once. By the table of
    /// [`decide`](crate::decide); the client has tried as often as it was allowed to before it gave this error.
    pub fn is_retryable(&self) -> bool {
        self.may_retry(self.0.replay)
    }

    /// The status to respond with when a request of your own failed because of this error.
    ///
    /// | error | status |
    /// |---|---|
    /// | a value of the operation is invalid, or the server says so: 400, 405, 422 | 400 |
    /// | the server says 404, 409 or 413 | the same |
    /// | the server says 429, or asks to wait | 503: pass on [`retry_after`](Self::retry_after) |
    /// | no connection, a broken one, 5xx, or a response that cannot be read | 502 |
    /// | a timeout | 504 |
    /// | credentials, a setting of the client, 401, 403, and anything else | 500 |
    ///
    /// Credentials are never the fault of who calls you, so neither 401 nor 403 is suggested.
    pub fn suggested_status(&self) -> StatusCode {
        match &self.0.kind {
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

    /// How long the server asks to wait, if it does.
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

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Timeout(_))
    }

    /// Whether there was no connection.
    pub fn is_connect(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::Connect | ErrorKind::Timeout(Phase::Connect)
        )
    }

    /// Whether the thing does not exist: 404.
    pub fn is_not_found(&self) -> bool {
        self.refused_with(&[StatusCode::NOT_FOUND])
    }

    /// Whether the state forbids it: 409. [`reason`](Self::reason) says which, where the evidence allows.
    pub fn is_conflict(&self) -> bool {
        self.refused_with(&[StatusCode::CONFLICT])
    }

    /// Whether there were too many requests: 429.
    pub fn is_rate_limited(&self) -> bool {
        self.refused_with(&[StatusCode::TOO_MANY_REQUESTS])
    }

    /// Whether the credentials were not accepted: 401 on Vonage, 403 on OpenTok. A clock that is wrong has the same effect: see
    /// [`ApiError::clock_skew`].
    pub fn is_refused_credentials(&self) -> bool {
        self.refused_with(&[StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN])
    }

    fn refused_with(&self, statuses: &[StatusCode]) -> bool {
        self.api_error()
            .is_some_and(|error| statuses.contains(&error.status))
    }

    /// All text that came from the server, to be changed in place.
    pub(crate) fn texts(&mut self) -> Vec<&mut String> {
        match &mut self.0.kind {
            ErrorKind::Api(error) => error.texts().collect(),
            ErrorKind::Decode(error) => {
                vec![&mut error.path, &mut error.reason, &mut error.excerpt]
            }
            _ => Vec::new(),
        }
    }

    fn of(kind: ErrorKind, sent: Sent) -> Self {
        Self(Box::new(Inner {
            kind,
            sent,
            detail: String::new(),
            source: None,
            operation: None,
            replay: Replay::IfUnsent,
            lasting: false,
            out_of_budget: false,
            attempts: 0,
            elapsed: Duration::ZERO,
            status: None,
            body: Bytes::new(),
        }))
    }

    fn detailed(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = detail.into();
        self
    }

    fn caused_by(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::invalid(invalid)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        if let Some(operation) = inner.operation {
            write!(f, "{operation}: ")?;
        }
        match &inner.kind {
            ErrorKind::Invalid(invalid) => write!(f, "{invalid}")?,
            ErrorKind::Credentials => f.write_str("cannot sign the request")?,
            ErrorKind::Connect => write!(f, "cannot connect to {}", inner.detail)?,
            ErrorKind::Timeout(Phase::Connect) => {
                write!(f, "no connection within {}", inner.detail)?
            }
            ErrorKind::Timeout(Phase::Attempt) => write!(f, "no response within {}", inner.detail)?,
            ErrorKind::Timeout(Phase::Total) => {
                write!(f, "not done within {} in all", inner.detail)?
            }
            ErrorKind::Transport => write!(f, "the connection broke while {}", inner.detail)?,
            ErrorKind::Api(error) => write!(f, "{error}")?,
            ErrorKind::Decode(error) => {
                f.write_str("the response ")?;
                if let Some(status) = inner.status {
                    write!(f, "({status}) ")?;
                }
                write!(f, "cannot be read: {error}")?;
            }
        }
        if inner.attempts > 1 {
            write!(f, " (after {} attempts)", inner.attempts)?;
        }
        if inner.out_of_budget {
            f.write_str(" (not retried: the client has spent its budget for retries)")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.0;
        let mut out = f.debug_struct("Error");
        out.field("kind", &inner.kind)
            .field("sent", &inner.sent)
            .field("operation", &inner.operation)
            .field("attempts", &inner.attempts)
            .field("elapsed", &inner.elapsed);
        if !inner.detail.is_empty() {
            out.field("detail", &inner.detail);
        }
        if let Some(status) = inner.status {
            out.field("status", &status.as_u16());
        }
        if !inner.body.is_empty() {
            out.field("body", &format_args!("{} bytes", inner.body.len()));
        }
        if let Some(source) = &inner.source {
            out.field("source", source);
        }
        out.finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
