//! The active faults, and which of them a call meets.

use serde::Serialize;

use crate::{
    site::{
        fault::{BadFault, DOWNLOAD, Fault},
        fault_action::FaultAction,
    },
    world::Random,
};

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
    /// How many rules there were.
    counted: u64,
    rules: Vec<Rule>,
    /// Whether the rules or their counts changed since the last look.
    changed: bool,
}

/// An active fault.
#[derive(Debug, Serialize)]
pub(crate) struct Rule {
    /// Counts up from 1.
    number: u64,
    /// How many calls or connections have met it.
    fired: u64,
    #[serde(flatten)]
    fault: Fault,
}

impl Rule {
    /// What it does.
    pub(crate) fn action(&self) -> &FaultAction {
        &self.fault.action
    }
}

/// The faults that a call or connection meets.
#[derive(Debug, Default)]
pub(crate) struct Picked {
    /// The numbers of their rules.
    pub(crate) numbers: Vec<u64>,
    pub(crate) actions: Vec<FaultAction>,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            transport: Transport::Memory,
            random: Random::new(seed ^ 0x5EED_FA17),
            counted: 0,
            rules: Vec::new(),
            changed: false,
        }
    }

    pub(crate) fn set_transport(&mut self, transport: Transport) {
        self.transport = transport;
    }

    pub(crate) fn add(&mut self, fault: Fault) -> Result<(), BadFault> {
        fault.check()?;
        let reason = match self.transport {
            Transport::Memory if fault.action.is_of_connections() || fault.is_of_pages() => {
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
        self.counted += 1;
        self.rules.push(Rule {
            number: self.counted,
            fired: 0,
            fault,
        });
        self.changed = true;
        Ok(())
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
        self.changed = true;
    }

    /// Removes the fault of a number. Returns whether there was one.
    pub(crate) fn remove(&mut self, number: u64) -> bool {
        let before = self.rules.len();
        self.rules.retain(|rule| rule.number != number);
        self.changed |= self.rules.len() < before;
        self.rules.len() < before
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether something changed since the last look.
    pub(super) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Picks the faults of a call of an operation.
    pub(crate) fn pick_for_call(&mut self, operation: Option<&str>) -> Picked {
        self.pick(|rule| {
            !rule.action.is_of_connections()
                && (rule.on.is_none() || rule.on.as_deref() == operation)
        })
    }

    /// Picks the faults of a download.
    pub(crate) fn pick_for_download(&mut self) -> Picked {
        self.pick(|rule| !rule.action.is_of_connections() && rule.on.as_deref() == Some(DOWNLOAD))
    }

    /// Picks the faults of what a web page does over its socket.
    #[cfg(feature = "browser")]
    pub(crate) fn pick_for_page(&mut self, what: &str) -> Vec<FaultAction> {
        let of_page = |rule: &Fault| rule.on.as_deref() == Some(what);
        self.pick(of_page).actions
    }

    /// Whether a fault of this kind applies to a new connection.
    pub(crate) fn pick_for_connection(&mut self, action: &FaultAction) -> bool {
        !self.pick(|rule| rule.action == *action).numbers.is_empty()
    }

    /// A call meets every delay, but only the first of the faults that end it; the others wait for
    /// the next call.
    fn pick(&mut self, applies: impl Fn(&Fault) -> bool) -> Picked {
        let mut picked = Picked::default();
        for rule in self.rules.iter_mut().filter(|rule| applies(&rule.fault)) {
            let fault = &mut rule.fault;
            if fault.action.ends_call() && picked.actions.iter().any(FaultAction::ends_call) {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            if fault.chance < 1.0 && self.random.fraction() >= fault.chance {
                continue;
            }
            match &mut fault.times {
                Some(0) => continue,
                Some(left) => *left -= 1,
                None => {}
            }
            rule.fired += 1;
            picked.numbers.push(rule.number);
            picked.actions.push(fault.action.clone());
        }
        self.changed |= !picked.numbers.is_empty();
        self.rules.retain(|rule| rule.fault.times != Some(0));
        picked
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

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
        .map(|operation| !faults.pick_for_call(Some(operation)).numbers.is_empty())
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
            let picked = faults.pick_for_call(None).actions;
            assert_eq!(picked.len(), 2);
            assert_eq!(picked[0], Fault::status(status).action);
        }
        assert_eq!(faults.pick_for_call(None).actions.len(), 1);
    }

    #[test]
    fn chance_follows_the_seed() {
        let draw = |seed| {
            let mut faults = Faults::new(seed);
            faults.add(Fault::garble().chance(0.3)).unwrap();
            (0..1000)
                .map(|_| !faults.pick_for_call(None).numbers.is_empty())
                .collect::<Vec<_>>()
        };
        assert_eq!(draw(5), draw(5));
        assert_ne!(draw(5), draw(6));
        let hits = draw(5).into_iter().filter(|hit| *hit).count();
        assert!((200..400).contains(&hits), "{hits}");
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
