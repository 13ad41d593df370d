//! Options of a client and of a single call.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use vonage_video_core::{Invalid, Replay};

/// How the client names itself to servers.
pub(crate) const USER_AGENT: &str = concat!("vonage-video-rust/", env!("CARGO_PKG_VERSION"));

/// Below the idle timeouts of common load balancers, which are 60 s and up, and of most servers.
pub(crate) const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// As many connections to one server as common limits for descriptors leave room for.
pub(crate) const MAX_CONNECTIONS: usize = 256;

/// A list of 1,000 archives, the longest there is, has about 600 kB.
pub(crate) const MAX_RESPONSE_BYTES: usize = 16 << 20;

pub(crate) const MAX_HEADER_BYTES: usize = 64 << 10;

/// The three time limits of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deadlines {
    /// Until there is a connection, new or pooled, on which the request is written.
    pub(crate) connect: Duration,
    /// One attempt, to the last byte of its response.
    pub(crate) attempt: Duration,
    /// All attempts and the waits between them.
    pub(crate) total: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            attempt: Duration::from_secs(15),
            total: Duration::from_secs(30),
        }
    }
}

/// Options of one call that override its client's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) connect: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) total: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    pub(crate) replay: Option<Replay>,
    pub(crate) headers: HeaderMap,
    /// The first option that is invalid; the call fails with it.
    pub(crate) problem: Option<Invalid>,
}

impl Options {
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        let invalid = |rule| Invalid::new("header", rule, format!("{name:?}"));
        let outcome = match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Err(_), _) => Err(invalid("must have a header's name")),
            (_, Err(_)) => Err(invalid("must have a value without line breaks")),
            (Ok(name), Ok(_)) if RESERVED.contains(&name.as_str()) => {
                Err(invalid("is set by the client itself"))
            }
            (Ok(name), Ok(mut value)) => {
                // It may hold a secret, so never log it.
                value.set_sensitive(true);
                self.headers.insert(name, value);
                Ok(())
            }
        };
        if let Err(invalid) = outcome {
            self.problem.get_or_insert(invalid);
        }
    }

    /// The headers, unless an option is invalid.
    pub(crate) fn take_headers(&mut self) -> Result<HeaderMap, Invalid> {
        match self.problem.take() {
            Some(problem) => Err(problem),
            None => Ok(std::mem::take(&mut self.headers)),
        }
    }

    pub(crate) fn deadlines(&self, of_client: Deadlines) -> Deadlines {
        Deadlines {
            connect: self.connect.unwrap_or(of_client.connect),
            attempt: self.attempt.unwrap_or(of_client.attempt),
            total: self.total.unwrap_or(of_client.total),
        }
    }
}

/// Headers that decide on whose behalf a request is made, and where a message ends.
const RESERVED: [&str; 9] = [
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "host",
    "proxy-authorization",
    "te",
    "transfer-encoding",
    "x-opentok-auth",
];
