//! An error response of the REST API, as its handlers return it.

use http::StatusCode;
use vonage_video_core::{DecodeError, Invalid};

/// A handler's result: the response's model, or an error response.
pub(crate) type ApiResult<T> = Result<T, Refusal>;

/// An error response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// The platform's own code, where the live service was seen to send one.
    pub(crate) code: Option<i64>,
    pub(crate) message: String,
    pub(crate) description: Option<String>,
    /// Whether the gateway in front of the service sends it, in the form of RFC 7807.
    pub(crate) gateway: bool,
}

/// The refusal of a key that no project has, in the service's words.
pub(crate) const NO_ISSUER: &str = "Issuer not found";

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            code: None,
            message: message.into(),
            description: None,
            gateway: false,
        }
    }

    #[must_use]
    pub(crate) fn code(mut self, code: i64) -> Self {
        self.code = Some(code);
        self
    }

    #[must_use]
    pub(crate) fn by_gateway(mut self) -> Self {
        self.gateway = true;
        self
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// The session does not exist, or has never had what is listed: the service's own words.
    pub(crate) fn no_session() -> Self {
        Self::not_found("Session not found").code(404).repeated()
    }

    /// Repeats the message as the description, as the service does.
    #[must_use]
    pub(crate) fn repeated(mut self) -> Self {
        self.description = Some(self.message.clone());
        self
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, message)
    }
}

impl From<DecodeError> for Refusal {
    fn from(error: DecodeError) -> Self {
        Self::bad_request(format!("Invalid request: {error}"))
    }
}

impl From<Invalid> for Refusal {
    fn from(error: Invalid) -> Self {
        Self::bad_request(format!("Invalid request: {error}"))
    }
}
