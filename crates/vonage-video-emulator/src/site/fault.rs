//! Faults: failures on request.

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use vonage_video_core::ROUTES;

use crate::{suggest::no_such, world::Random};

/// A failure that calls of the API meet on request.
///
/// ```
/// use std::time::Duration;
/// use vonage_video_emulator::Fault;
///
/// // The first two starts of an archive get 503; a tenth of all calls is slow.
/// let busy = Fault::status(503).on("start_archive").times(2);
/// let slow = Fault::delay(Duration::from_millis(300)).chance(0.1);
/// ```
///
/// As JSON, for the control API: `{"on": "start_archive", "skip": 0, "times": 2, "chance": 1, "do":
/// "status", "status": 503}`; everything but `do` and its own members may be left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Fault {
    /// The operation that it applies to, such as `start_archive`; all when unset.
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
    /// Resets new connections before anything is read. `on` is ignored.
    Refuse,
    /// Serves new connections with a certificate that expired yesterday; only with TLS. `on` is
    /// ignored.
    ExpiredCertificate,
}

impl FaultAction {
    /// Whether it applies to connections instead of calls.
    fn is_of_connections(&self) -> bool {
        matches!(self, Self::Refuse | Self::ExpiredCertificate)
    }

    fn ends_call(&self) -> bool {
        !matches!(self, Self::Delay { .. } | Self::DelayBody { .. })
    }
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

    /// Resets new connections before anything is read.
    pub fn refuse() -> Self {
        Self::new(FaultAction::Refuse)
    }

    /// Serves new connections with a certificate that expired yesterday.
    pub fn expired_certificate() -> Self {
        Self::new(FaultAction::ExpiredCertificate)
    }

    /// Applies to one operation only, such as `start_archive`.
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
            let known: Vec<&str> = ROUTES.iter().map(|meta| meta.id).collect();
            if !known.contains(&on.as_str()) {
                return Err(BadFault(no_such("operation", on, &known)));
            }
        }
        match &self.action {
            FaultAction::Status { status, .. } if !(200..=599).contains(status) => Err(BadFault(
                format!("`status` must be from 200 to 599, got {status}"),
            )),
            FaultAction::Delay { seconds } | FaultAction::DelayBody { seconds }
                if !(0.0..=3600.0).contains(seconds) =>
            {
                Err(BadFault(format!(
                    "`seconds` must be from 0 to 3600, got {seconds}"
                )))
            }
            _ => Ok(()),
        }
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

/// The active faults.
#[derive(Debug)]
pub(crate) struct Faults {
    random: Random,
    rules: Vec<Fault>,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed ^ 0x5EED_FA17),
            rules: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, fault: Fault) -> Result<(), BadFault> {
        fault.check()?;
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
            .add(Fault::reset_before().on("a").skip(1).times(2))
            .unwrap();
        let hits: Vec<bool> = ["a", "b", "a", "a", "a"]
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
            Fault::new(FaultAction::Delay { seconds: -1.0 }),
            Fault::new(FaultAction::DelayBody {
                seconds: f64::INFINITY,
            }),
        ] {
            assert!(Faults::new(1).add(fault.clone()).is_err(), "{fault:?}");
        }
    }
}
