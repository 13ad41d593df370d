//! What faults do.

use http::HeaderValue;
use serde::{Deserialize, Serialize};

/// What a fault does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[non_exhaustive]
pub enum FaultAction {
    /// Responds with a status.
    Status {
        /// The status, from 200 to 599.
        status: u16,
        /// The header `Retry-After`, in seconds.
        #[serde(default)]
        retry_after: Option<u32>,
        /// The body; a JSON message unless set.
        #[serde(default)]
        body: Option<String>,
        /// Whether the call has its effect before.
        #[serde(default)]
        after_effect: bool,
    },
    /// Waits, in real time, before anything is done.
    Delay {
        /// Seconds, from 0 to 3600.
        seconds: f64,
    },
    /// Waits, in real time, in the middle of the response's body.
    DelayBody {
        /// Seconds, from 0 to 3600.
        seconds: f64,
    },
    /// Resets the connection instead of responding.
    Reset {
        /// Whether the call has its effect before.
        #[serde(default)]
        after_effect: bool,
    },
    /// Breaks the connection in the middle of the response's body. The call has had its effect.
    Truncate,
    /// Replaces the response's body by a page of HTML, as proxies do, and keeps the status. The
    /// call has had its effect.
    Garble,
    /// Sends another header `Date`, and does the rest as usual.
    Date {
        /// The header's value, such as `Thu, 01 Jan 2099 00:00:00 GMT`; any text that a header may
        /// have.
        date: String,
    },
    /// Lists ignore the parameter `offset`: every page is the first one.
    IgnoreOffset,
    /// Lists repeat their last page for an offset past the end, instead of an empty one.
    RepeatLastPage,
    /// Responds with JSON that is not the Video API's, as another server would at this address; the
    /// call has no effect.
    Foreign {
        /// The status, from 200 to 599. A 404 has the words of an API gateway.
        status: u16,
    },
    /// Responds with an error whose message repeats the request's token, and whose description
    /// repeats its body; the call has no effect.
    Echo {
        /// The status, from 400 to 599.
        status: u16,
    },
    /// Resets new connections before anything is read. `on` is ignored. Refused in memory, where
    /// there are no connections.
    Refuse,
    /// Cuts the sockets by which web pages are in sessions: each open one and each new one, as
    /// often as `times` allows. A page whose socket was cut resumes with another one, or is
    /// disconnected after ten seconds of virtual time. `on` is ignored. Refused in memory.
    Cut,
    /// Serves new connections with a certificate that expired yesterday; refused without TLS. `on`
    /// is ignored.
    ExpiredCertificate,
}

impl FaultAction {
    /// Whether it applies to connections instead of calls.
    pub(super) fn is_of_connections(&self) -> bool {
        matches!(self, Self::Refuse | Self::Cut | Self::ExpiredCertificate)
    }

    /// Whether it can happen to a message of a web page.
    pub(super) fn is_for_messages(&self) -> bool {
        matches!(
            self,
            Self::Status { .. } | Self::Delay { .. } | Self::Reset { .. }
        )
    }

    /// Whether other faults that end a call wait for the next one.
    pub(super) fn ends_call(&self) -> bool {
        !matches!(
            self,
            Self::Delay { .. }
                | Self::DelayBody { .. }
                | Self::Date { .. }
                | Self::IgnoreOffset
                | Self::RepeatLastPage
        )
    }

    /// Whether a call has no effect.
    pub(super) fn prevents_effect(&self) -> bool {
        match self {
            Self::Status { after_effect, .. } | Self::Reset { after_effect } => !after_effect,
            Self::Foreign { .. } | Self::Echo { .. } => true,
            _ => false,
        }
    }

    /// Says what is out of bounds.
    pub(super) fn check(&self) -> Result<(), String> {
        match self {
            Self::Status { status, .. } | Self::Foreign { status }
                if !(200..=599).contains(status) =>
            {
                Err(format!("`status` must be from 200 to 599, got {status}"))
            }
            Self::Echo { status } if !(400..=599).contains(status) => {
                Err(format!("`status` must be from 400 to 599, got {status}"))
            }
            Self::Delay { seconds } | Self::DelayBody { seconds }
                if !(0.0..=3600.0).contains(seconds) =>
            {
                Err(format!("`seconds` must be from 0 to 3600, got {seconds}"))
            }
            Self::Date { date } if HeaderValue::from_str(date).is_err() => {
                Err("`date` must be text that a header may have".to_owned())
            }
            _ => Ok(()),
        }
    }
}
