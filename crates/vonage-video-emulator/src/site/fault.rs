//! Faults: failures on request.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use vonage_video_core::ROUTES;

use super::fault_action::FaultAction;
use crate::{suggest::no_such, world::Random};

/// The name by which a fault is for downloads of archives, where others name an operation.
const DOWNLOAD: &str = "download";

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
/// let cut = Fault::truncate().on("download").times(1);
/// ```
///
/// As JSON, for the control API: `{"on": "start_archive", "skip": 0, "times": 2, "chance": 1, "do":
/// "status", "status": 503}`; everything but `do` and its own members may be left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Fault {
    /// The operation that it applies to, such as `start_archive`, or `download` for the files of
    /// archives; all operations when unset, but no downloads.
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

    pub(crate) fn check(&self) -> Result<(), BadFault> {
        if !(0.0..=1.0).contains(&self.chance) {
            return Err(BadFault("`chance` must be from 0 to 1".to_owned()));
        }
        if let Some(on) = &self.on {
            let operations = ROUTES.iter().map(|meta| meta.id);
            let known: Vec<&str> = operations.chain([DOWNLOAD]).collect();
            if !known.contains(&on.as_str()) {
                return Err(BadFault(no_such("operation", on, &known)));
            }
        }
        self.action.check().map_err(BadFault)
    }
}

/// The error of a fault that can never happen: a number is out of bounds, or there is no such
/// operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFault(String);

impl fmt::Display for BadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadFault {}

/// What carries the calls: not every fault can happen to everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Memory,
    Socket { tls: bool },
}

/// The active faults.
#[derive(Debug)]
pub(crate) struct Faults {
    transport: Transport,
    random: Random,
    rules: Vec<Fault>,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            transport: Transport::Memory,
            random: Random::new(seed ^ 0x5EED_FA17),
            rules: Vec::new(),
        }
    }

    pub(crate) fn set_transport(&mut self, transport: Transport) {
        self.transport = transport;
    }

    pub(crate) fn add(&mut self, fault: Fault) -> Result<(), BadFault> {
        fault.check()?;
        let reason = match self.transport {
            Transport::Memory if fault.action.is_of_connections() => {
                Some("this fault happens to connections, and an emulator in memory has none")
            }
            Transport::Socket { tls: false } if fault.action == FaultAction::ExpiredCertificate => {
                Some("this fault needs TLS, and the emulator has none")
            }
            _ => None,
        };
        if let Some(reason) = reason {
            return Err(BadFault(reason.to_owned()));
        }
        self.rules.push(fault);
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    pub(crate) fn rules(&self) -> &[Fault] {
        &self.rules
    }

    /// Picks the faults of a call of an operation.
    pub(crate) fn pick_for_call(&mut self, operation: Option<&str>) -> Vec<FaultAction> {
        self.pick(|rule| {
            !rule.action.is_of_connections()
                && (rule.on.is_none() || rule.on.as_deref() == operation)
        })
    }

    /// Picks the faults of a download.
    pub(crate) fn pick_for_download(&mut self) -> Vec<FaultAction> {
        self.pick(|rule| !rule.action.is_of_connections() && rule.on.as_deref() == Some(DOWNLOAD))
    }

    /// Whether a fault of this kind applies to a new connection.
    pub(crate) fn pick_for_connection(&mut self, action: &FaultAction) -> bool {
        !self.pick(|rule| rule.action == *action).is_empty()
    }

    /// A call meets every delay, but only the first of the faults that end it; the others wait for
    /// the next call.
    fn pick(&mut self, applies: impl Fn(&Fault) -> bool) -> Vec<FaultAction> {
        let mut picked: Vec<FaultAction> = Vec::new();
        for rule in self.rules.iter_mut().filter(|rule| applies(rule)) {
            if rule.action.ends_call() && picked.iter().any(FaultAction::ends_call) {
                continue;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                continue;
            }
            if rule.chance < 1.0 && self.random.fraction() >= rule.chance {
                continue;
            }
            match &mut rule.times {
                Some(0) => continue,
                Some(left) => *left -= 1,
                None => {}
            }
            picked.push(rule.action.clone());
        }
        self.rules.retain(|rule| rule.times != Some(0));
        picked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_applies_to_its_operation_as_often_as_it_should() {
        let mut faults = Faults::new(1);
        faults
            .add(Fault::reset_before().on("start_archive").skip(1).times(2))
            .unwrap();
        let hits: Vec<bool> = [
            "start_archive",
            "stop_archive",
            "start_archive",
            "start_archive",
            "start_archive",
        ]
        .iter()
        .map(|operation| !faults.pick_for_call(Some(operation)).is_empty())
        .collect();
        assert_eq!(hits, [false, false, true, true, false]);
        assert!(faults.rules().is_empty(), "it is used up");
    }

    #[test]
    fn faults_take_turns() {
        let mut faults = Faults::new(1);
        faults.add(Fault::status(500).times(1)).unwrap();
        faults.add(Fault::status(503).times(1)).unwrap();
        faults.add(Fault::delay(Duration::from_secs(1))).unwrap();
        for status in [500, 503] {
            let picked = faults.pick_for_call(None);
            assert_eq!(picked.len(), 2);
            assert_eq!(picked[0], Fault::status(status).action);
        }
        assert_eq!(faults.pick_for_call(None).len(), 1);
    }

    #[test]
    fn chance_follows_the_seed() {
        let draw = |seed| {
            let mut faults = Faults::new(seed);
            faults.add(Fault::garble().chance(0.3)).unwrap();
            (0..1000)
                .map(|_| !faults.pick_for_call(None).is_empty())
                .collect::<Vec<_>>()
        };
        assert_eq!(draw(5), draw(5));
        assert_ne!(draw(5), draw(6));
        let hits = draw(5).into_iter().filter(|hit| *hit).count();
        assert!((200..400).contains(&hits), "{hits}");
    }

    #[test]
    fn the_json_form_is_short() {
        let fault: Fault =
            serde_json::from_str(r#"{"on":"start_archive","times":2,"do":"status","status":503}"#)
                .unwrap();
        assert_eq!(fault, Fault::status(503).on("start_archive").times(2));
        assert!(serde_json::from_str::<Fault>(r#"{"do":"nothing"}"#).is_err());
    }

    #[test]
    fn nonsense_is_refused() {
        for fault in [
            Fault::status(99),
            Fault::garble().chance(1.5),
            Fault::garble().chance(f64::NAN),
            Fault::foreign(600),
            Fault::echo(200),
            Fault::date("a\nb"),
            Fault::refuse(),
            Fault::expired_certificate(),
            Fault::new(FaultAction::Delay { seconds: -1.0 }),
            Fault::new(FaultAction::DelayBody {
                seconds: f64::INFINITY,
            }),
        ] {
            assert!(Faults::new(1).add(fault.clone()).is_err(), "{fault:?}");
        }
    }
}
