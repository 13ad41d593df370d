//! What can go wrong with a call, and whether its request reached the server.

use crate::{api_error::ApiError, decode_error::DecodeError, invalid::Invalid};

/// What went wrong with a call. [`Error::sent`](crate::Error::sent) is whether its request left.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value of the operation, or a setting of the client, is invalid. Nothing was sent.
    Invalid(Invalid),
    /// The key or secret cannot sign.
    Credentials,
    /// No connection: DNS, TCP, TLS, the proxy, or a pooled connection that died before a byte was
    /// written.
    Connect,
    /// Time ran out.
    Timeout(Phase),
    /// The connection broke after the request may have been sent.
    Transport,
    /// The server sent an error response.
    Api(ApiError),
    /// The server sent a 2xx response whose body does not have the expected shape. The operation
    /// took effect, unless something else than the API responded.
    Decode(DecodeError),
}

impl ErrorKind {
    /// Returns a short name for logs and metrics, such as `connect`, `timeout` or `api`.
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

/// The timeout that expired.
///
/// [`ErrorKind::Timeout`] holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// That of connecting. Nothing was sent.
    Connect,
    /// That of one attempt, from its first byte to the last of its response.
    Attempt,
    /// That of the whole call, with all its attempts and waits.
    Total,
}

/// Whether the request reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sent {
    /// It did not: trying again is always safe.
    No,
    /// It may have, and may have had its effect.
    Maybe,
    /// It did: the server responded.
    Yes,
}

impl Phase {
    /// Returns a short name for logs and metrics: `connect`, `attempt` or `total`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Attempt => "attempt",
            Self::Total => "total",
        }
    }
}

impl Sent {
    /// Returns a short name for logs and metrics: `no`, `maybe` or `yes`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Maybe => "maybe",
            Self::Yes => "yes",
        }
    }
}
