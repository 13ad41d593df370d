//! What became of the events of a fleet.

use std::{fmt, time::Duration};

/// What became of it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Whether the receivers were behind an nginx.
    pub nginx: bool,
    /// Different events.
    pub events: usize,
    /// Deliveries that were handed to receivers, or to the nginx before them, copies and
    /// repetitions included; what nginx repeats is not counted.
    pub deliveries: usize,
    /// What receivers and servers died.
    pub deaths: usize,
    /// Events that nobody acted on.
    pub lost: Vec<String>,
    /// Acted on again after the receiver that had acted on it was killed.
    pub again_after_a_death: usize,
    /// Acted on again after it was first acted on while the store was away, or just before.
    pub again_after_an_outage: usize,
    /// Acted on again, and no page says why.
    pub unexplained: Vec<String>,
    /// Sessions whose presence is not that of their events, or not the same in all receivers.
    pub presence_differs: Vec<String>,
    /// Sessions whose presence was behind after an outage, and right after it was reconciled.
    pub reconciled: usize,
    /// How long the rounds took.
    pub took: Duration,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} events, {} deliveries{} in {:?}, {} deaths",
            self.events,
            self.deliveries,
            if self.nginx { " through nginx" } else { "" },
            self.took,
            self.deaths
        )?;
        writeln!(f, "lost: {}", self.lost.len())?;
        writeln!(
            f,
            "acted on again after the death of a receiver: {}",
            self.again_after_a_death
        )?;
        writeln!(
            f,
            "acted on again after an outage of the store: {}",
            self.again_after_an_outage
        )?;
        writeln!(
            f,
            "acted on again without a documented reason: {}",
            self.unexplained.len()
        )?;
        writeln!(
            f,
            "presences behind after an outage, and reconciled: {}",
            self.reconciled
        )?;
        write!(f, "presences that differ: {}", self.presence_differs.len())
    }
}
