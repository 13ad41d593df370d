//! What handlers return, and how it becomes the body of a response.

use bytes::Bytes;
use http::StatusCode;
use vonage_video_auth::Environment;
use vonage_video_core::{DecodeError, Invalid, Matched, Operation};

use crate::api::nulls;

/// Who calls, once its credentials have been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// Which of the two services it calls.
    pub(crate) environment: Environment,
    /// The application id or API key that its credentials belong to; for account-level credentials, the account's key.
    pub(crate) project: String,
    /// Whether these are account-level credentials of OpenTok.
    pub(crate) account: bool,
}

/// What a handler gives back: the answer's model, or why not.
pub(crate) type Reply<T> = Result<T, Refusal>;

/// An answer that is no success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// The platform's own code, where the live service was seen to send one.
    pub(crate) code: Option<i64>,
    pub(crate) message: String,
    pub(crate) description: Option<String>,
    /// Whether it is the gateway that refuses, in the form of RFC 7807.
    pub(crate) gateway: bool,
}

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
    pub(crate) fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
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

/// What is sent back, before it becomes an HTTP response in the caller's format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The operation's own status and a JSON body, which may be empty.
    Success {
        status: StatusCode,
        body: Bytes,
    },
    Refusal(Refusal),
}

/// Reads the request, checks it, serves it, and writes the answer with the documented status.
pub(crate) fn answer<O: Operation>(
    matched: &Matched,
    serve: impl FnOnce(O) -> Reply<O::Output>,
) -> Answer {
    let served = matched
        .decode::<O>()
        .map_err(Refusal::from)
        .and_then(|request| {
            request.validate()?;
            serve(request)
        });
    let output = match served {
        Ok(output) => output,
        Err(refusal) => return Answer::Refusal(refusal),
    };
    match O::encode_output(&output) {
        Ok(body) => Answer::Success {
            status: StatusCode::from_u16(O::META.status).unwrap_or(StatusCode::OK),
            body: nulls::written(O::META.id, body).into(),
        },
        Err(error) => Answer::Refusal(Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("the answer has no JSON form: {error}"),
        )),
    }
}
