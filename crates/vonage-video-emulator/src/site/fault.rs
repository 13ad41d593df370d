//! Faults: failures on request.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use vonage_video_core::ROUTES;

use super::fault_action::FaultAction;
use crate::suggest::no_such;

/// The name by which a fault is for downloads of archives, where others name an operation.
pub(super) const DOWNLOAD: &str = "download";
/// The names by which a fault is for what web pages do over their sockets.
const OF_PAGES: &[&str] = &["connect", "publish", "subscribe"];

/// A failure that calls of the API and downloads meet on request.
///
/// ```
/// use std::time::Duration;
/// use vonage_video_emulator::Fault;
///
/// // The first two starts of an archive get 503; a tenth of all calls is slow.
/// let busy = Fault::status(503).on("start_archive").times(2);
/// let slow = Fault::delay(Duration::from_millis(300)).chance(0.1);
/// // The next download breaks off.
/// let broken = Fault::truncate().on("download").times(1);
/// // The next web page that publishes loses its socket, and so does every page that has one.
/// let lost = Fault::reset_before().on("publish").times(1);
/// let cut = Fault::cut().times(1);
/// ```
///
/// As JSON, for the control API: `{"on": "start_archive", "skip": 0, "times": 2, "chance": 1, "do":
/// "status", "status": 503}`; everything but `do` and its own members may be left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[doc(alias("chaos", "inject"))]
pub struct Fault {
    /// The operation that it applies to, such as `start_archive`; or `download` for the files of
    /// archives; or `connect`, `publish` or `subscribe` for what web pages do over their sockets,
    /// to which only `status`, `delay` and `reset` happen. All operations when unset, but no
    /// downloads and no pages.
    #[serde(default)]
    pub on: Option<String>,
    /// How many calls it skips first.
    #[serde(default)]
    pub skip: u32,
    /// How many calls it applies to; all when unset.
    #[serde(default)]
    pub times: Option<u32>,
    /// The probability with which it applies to a call, from 0 to 1; drawn from the emulator's
    /// seed.
    #[serde(default = "always")]
    pub chance: f64,
    /// What it does to a call or to a connection.
    #[serde(flatten)]
    pub action: FaultAction,
}

fn always() -> f64 {
    1.0
}

impl Fault {
    /// Creates a fault that applies to every call.
    pub fn new(action: FaultAction) -> Self {
        Self {
            on: None,
            skip: 0,
            times: None,
            chance: 1.0,
            action,
        }
    }

    /// Responds with a status; the call has no effect.
    pub fn status(status: u16) -> Self {
        Self::new(FaultAction::Status {
            status,
            retry_after: None,
            body: None,
            after_effect: false,
        })
    }

    /// Responds with 429 and `Retry-After`, in seconds; the call has no effect.
    pub fn too_many(retry_after: u32) -> Self {
        Self::new(FaultAction::Status {
            status: 429,
            retry_after: Some(retry_after),
            body: None,
            after_effect: false,
        })
    }

    /// Waits before anything is done, in real time.
    pub fn delay(delay: Duration) -> Self {
        Self::new(FaultAction::Delay {
            seconds: delay.as_secs_f64(),
        })
    }

    /// Waits in the middle of the response's body, in real time.
    pub fn delay_body(delay: Duration) -> Self {
        Self::new(FaultAction::DelayBody {
            seconds: delay.as_secs_f64(),
        })
    }

    /// Resets the connection before the call has any effect.
    pub fn reset_before() -> Self {
        Self::new(FaultAction::Reset {
            after_effect: false,
        })
    }

    /// Resets the connection after the call has had its effect.
    pub fn reset_after() -> Self {
        Self::new(FaultAction::Reset { after_effect: true })
    }

    /// Breaks the connection in the middle of the response's body.
    pub fn truncate() -> Self {
        Self::new(FaultAction::Truncate)
    }

    /// Replaces the response's body by a page of HTML.
    pub fn garble() -> Self {
        Self::new(FaultAction::Garble)
    }

    /// Sends another header `Date`.
    pub fn date(date: impl Into<String>) -> Self {
        Self::new(FaultAction::Date { date: date.into() })
    }

    /// Lists ignore the parameter `offset`: every page is the first one.
    pub fn ignore_offset() -> Self {
        Self::new(FaultAction::IgnoreOffset)
    }

    /// Lists repeat their last page for an offset past the end.
    pub fn repeat_last_page() -> Self {
        Self::new(FaultAction::RepeatLastPage)
    }

    /// Responds with JSON that is not the Video API's; the call has no effect.
    pub fn foreign(status: u16) -> Self {
        Self::new(FaultAction::Foreign { status })
    }

    /// Responds with an error that repeats the request's token and body; the call has no effect.
    pub fn echo(status: u16) -> Self {
        Self::new(FaultAction::Echo { status })
    }

    /// Resets new connections before anything is read.
    pub fn refuse() -> Self {
        Self::new(FaultAction::Refuse)
    }

    /// Cuts the sockets of web pages: each open one and each new one, as often as
    /// [`times`](Self::times) allows.
    pub fn cut() -> Self {
        Self::new(FaultAction::Cut)
    }

    /// Serves new connections with a certificate that expired yesterday.
    pub fn expired_certificate() -> Self {
        Self::new(FaultAction::ExpiredCertificate)
    }

    /// Applies to one operation only, such as `start_archive`, or to `download`.
    #[must_use]
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.on = Some(operation.into());
        self
    }

    /// Skips this many calls first.
    #[must_use]
    pub fn skip(mut self, calls: u32) -> Self {
        self.skip = calls;
        self
    }

    /// Applies to at most this many calls.
    #[must_use]
    pub fn times(mut self, calls: u32) -> Self {
        self.times = Some(calls);
        self
    }

    /// Applies to a call with this probability, from 0 to 1.
    #[must_use]
    pub fn chance(mut self, chance: f64) -> Self {
        self.chance = chance;
        self
    }

    /// Whether it is for what web pages do over their sockets.
    pub(super) fn is_of_pages(&self) -> bool {
        self.on.as_deref().is_some_and(|on| OF_PAGES.contains(&on))
    }

    /// Says what is out of bounds.
    pub(super) fn check(&self) -> Result<(), BadFault> {
        if !(0.0..=1.0).contains(&self.chance) {
            return Err(BadFault("`chance` must be from 0 to 1".to_owned()));
        }
        if let Some(on) = &self.on {
            let operations = ROUTES.iter().map(|meta| meta.id);
            let others = [DOWNLOAD].iter().chain(OF_PAGES).copied();
            let known: Vec<&str> = operations.chain(others).collect();
            if !known.contains(&on.as_str()) {
                return Err(BadFault(no_such("operation", on, &known)));
            }
            if self.is_of_pages() && !self.action.is_for_messages() {
                return Err(BadFault(format!(
                    "only `status`, `delay` and `reset` happen to `{on}`, which web pages do over a socket"
                )));
            }
        }
        self.action.check().map_err(BadFault)
    }
}

/// The error of a fault that can never happen: a number is out of bounds, or there is no such
/// operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFault(pub(super) String);

impl fmt::Display for BadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadFault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_form_is_short() {
        let fault: Fault =
            serde_json::from_str(r#"{"on":"start_archive","times":2,"do":"status","status":503}"#)
                .unwrap();
        assert_eq!(fault, Fault::status(503).on("start_archive").times(2));
        assert!(serde_json::from_str::<Fault>(r#"{"do":"nothing"}"#).is_err());
    }
}
