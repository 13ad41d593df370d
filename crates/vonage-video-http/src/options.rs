//! What can be set for a whole client and for one call.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use vonage_video_core::{Invalid, Replay};

/// The three time limits of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Deadlines {
    /// Until there is a connection, new or pooled, on which the request is written.
    pub(crate) connect: Duration,
    /// One attempt, to the last byte of its answer.
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

/// What one call differs in from its client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) connect: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) total: Option<Duration>,
    pub(crate) attempts: Option<u32>,
    pub(crate) replay: Option<Replay>,
    pub(crate) headers: HeaderMap,
    /// The first option that could not be taken; the call fails with it.
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
                // Nobody knows what it is for, so nobody may show it.
                value.set_sensitive(true);
                self.headers.insert(name, value);
                Ok(())
            }
        };
        if let Err(invalid) = outcome {
            self.problem.get_or_insert(invalid);
        }
    }

    /// The headers, unless an option could not be taken.
    pub(crate) fn into_headers(self) -> Result<HeaderMap, Invalid> {
        self.problem.map_or(Ok(self.headers), Err)
    }

    pub(crate) fn deadlines(&self, of_client: Deadlines) -> Deadlines {
        Deadlines {
            connect: self.connect.unwrap_or(of_client.connect),
            attempt: self.attempt.unwrap_or(of_client.attempt),
            total: self.total.unwrap_or(of_client.total),
        }
    }
}

/// Headers that decide who asks, and where a message ends.
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
