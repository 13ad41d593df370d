//! What came of a soak.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    time::Duration,
};

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    /// Calls made.
    pub calls: u64,
    /// Attempts beyond the first.
    pub retries: u64,
    /// The operations that were called.
    pub operations: BTreeSet<&'static str>,
    /// Failed calls by their kind of error.
    pub errors: BTreeMap<String, u64>,
    /// Effects that calls should have had once: archives, broadcasts, renders, signals, tones,
    /// calls by telephone, audio connectors, projects.
    pub effects: u64,
    /// Effects that happened more than once.
    pub duplicated: Vec<String>,
    /// Effects that did not happen though the call succeeded.
    pub lost: Vec<String>,
    /// Effects that happened though the error said that nothing was sent.
    pub denied: Vec<String>,
    /// Open file descriptors, at the start and at the end.
    pub descriptors: (usize, usize),
    /// Resident memory in KiB, at the start and at the end.
    pub memory: (u64, u64),
    /// How long it took.
    pub elapsed: Duration,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | count |\n|---|---:|")?;
        writeln!(f, "| calls | {} |", self.calls)?;
        writeln!(f, "| operations called | {} |", self.operations.len())?;
        writeln!(f, "| retries | {} |", self.retries)?;
        for (kind, count) in &self.errors {
            writeln!(f, "| calls that failed: {kind} | {count} |")?;
        }
        writeln!(f, "| effects that should happen once | {} |", self.effects)?;
        writeln!(f, "| duplicated effects | {} |", self.duplicated.len())?;
        writeln!(f, "| lost effects | {} |", self.lost.len())?;
        writeln!(
            f,
            "| effects of calls whose error said that nothing was sent | {} |",
            self.denied.len()
        )?;
        writeln!(
            f,
            "| descriptors, start and end | {}, {} |",
            self.descriptors.0, self.descriptors.1
        )?;
        writeln!(
            f,
            "| resident memory in KiB, the emulator and what it keeps included, start and end | {}, {} |",
            self.memory.0, self.memory.1
        )?;
        writeln!(f, "| seconds | {:.1} |", self.elapsed.as_secs_f64())
    }
}
