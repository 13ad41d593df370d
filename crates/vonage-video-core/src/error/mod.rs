//! The error of a call. It answers three questions: was it sent, may it be retried, and what did
//! the server say?

mod display;
mod judge;
mod kind;

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;

pub use self::kind::{ErrorKind, Phase, Sent};
use crate::{
    api_error::ApiError, decode_error::DecodeError, generated::reasons::Reason, invalid::Invalid,
    operation::Replay,
};

/// Any error that can be a cause.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a call failed.
///
/// `Display` is one line without the cause, which is [`source`](std::error::Error::source).
/// [`sent`](Self::sent) is whether the request reached the server,
/// [`is_retryable`](Self::is_retryable) whether to try again, and [`api_error`](Self::api_error)
/// what the server said.
#[doc(alias("OpenTokException", "VideoError"))]
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
    /// Values of one's own caller caused it.
    callers_fault: bool,
    attempts: u32,
    elapsed: Duration,
    status: Option<StatusCode>,
    body: Bytes,
}

impl Error {
    /// A value of the operation, or a setting of the client, is invalid. Nothing was sent.
    pub fn invalid(invalid: Invalid) -> Self {
        Self::of(ErrorKind::Invalid(invalid), Sent::No)
    }

    /// The request, or a client's token, cannot be signed.
    pub fn credentials(source: impl Into<BoxError>) -> Self {
        Self::of(ErrorKind::Credentials, Sent::No).caused_by(source)
    }

    /// No connection to `target`, such as `api.opentok.com:443`.
    pub fn connect(target: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self::of(ErrorKind::Connect, Sent::No)
            .detailed(target)
            .caused_by(source)
    }

    /// Time ran out after `timeout`. `sent` is whether the request may have reached the server.
    pub fn timeout(phase: Phase, timeout: Duration, sent: Sent) -> Self {
        Self::of(ErrorKind::Timeout(phase), sent).detailed(format!("{timeout:?}"))
    }

    /// A layer around the transport ran out of time and returned an error of its own.
    pub fn timeout_of_layer(sent: Sent, source: impl Into<BoxError>) -> Self {
        Self::of(ErrorKind::Timeout(Phase::Attempt), sent)
            .detailed("the limit of a layer")
            .caused_by(source)
    }

    /// The connection broke during something, such as "waiting for the response".
    pub fn transport(while_doing: impl Into<String>, source: impl Into<BoxError>) -> Self {
        Self::of(ErrorKind::Transport, Sent::Maybe)
            .detailed(while_doing)
            .caused_by(source)
    }

    /// The server sent an error response.
    pub fn api(error: ApiError) -> Self {
        let (status, body) = (error.status, error.body.clone());
        let mut this = Self::of(ErrorKind::Api(error), Sent::Yes);
        this.0.status = Some(status);
        this.0.body = body;
        this
    }

    /// The server sent a 2xx response whose body cannot be read.
    pub fn decode(error: DecodeError, status: StatusCode, body: Bytes) -> Self {
        let mut this = Self::of(ErrorKind::Decode(error), Sent::Yes);
        this.0.status = Some(status);
        this.0.body = body;
        this
    }

    /// Sets the name of the operation that failed.
    #[must_use]
    pub fn in_operation(mut self, id: &'static str) -> Self {
        self.0.operation = Some(id);
        self
    }

    /// Sets whether the request may be sent twice: not unless set.
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

    /// Marks a failure that values of your own caller caused, such as a role that a policy forbids:
    /// [`suggested_status`](Self::suggested_status) is 400.
    #[must_use]
    pub fn callers_fault(mut self) -> Self {
        self.0.callers_fault = true;
        self
    }

    /// Marks a failure after which another attempt was due that the client's budget for retries did
    /// not allow.
    #[must_use]
    pub fn out_of_retry_budget(mut self) -> Self {
        self.0.out_of_budget = true;
        self
    }

    /// Sets the number of attempts, and how long they took in all.
    #[must_use]
    pub fn after(mut self, attempts: u32, elapsed: Duration) -> Self {
        self.0.attempts = attempts;
        self.0.elapsed = elapsed;
        self
    }

    /// Adds that an earlier attempt of the same call may have reached the server.
    #[must_use]
    pub fn sent_before(mut self, earlier: Sent) -> Self {
        if self.0.sent == Sent::No {
            self.0.sent = earlier;
        }
        self
    }

    /// Returns what went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Returns whether the request reached the server.
    pub fn sent(&self) -> Sent {
        self.0.sent
    }

    /// Returns the error response of the server, if there is one.
    pub fn api_error(&self) -> Option<&ApiError> {
        match &self.0.kind {
            ErrorKind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the condition behind an error response, for a program to act on; [`Reason::Other`]
    /// when it is not known.
    pub fn reason(&self) -> Option<Reason> {
        self.api_error()
            .map(|error| Reason::of(self.0.operation.unwrap_or_default(), error))
    }

    /// Returns the status of the response, if there is one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the body of the response; empty if there is none. It may hold secrets, so do not log
    /// it.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// Returns the name of the operation, such as `start_archive`.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Returns the number of attempts; 0 when nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns how long the call took in all.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
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
            callers_fault: false,
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

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
