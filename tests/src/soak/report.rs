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
    /// Lists that were read until they ended, with an error or without.
    pub lists: u64,
    /// Lists that ended with an error.
    pub lists_refused: u64,
    /// Lists that did not end, or ended without an error but lack something or hold it twice.
    pub wrong_lists: Vec<String>,
    /// Errors that show a secret, or do not say what the server sent.
    pub wrong_words: Vec<String>,
    /// Runs, each with an emulator of its own.
    pub runs: u64,
    /// Resident memory in KiB after each run.
    pub memory_of_runs: Vec<u64>,
    /// Open file descriptors, at the start and at the end.
    pub descriptors: (usize, usize),
    /// Resident memory in KiB, at the start and at the end.
    pub memory: (u64, u64),
    /// How long it took.
    pub elapsed: Duration,
}

/// By how much memory may grow after the second run, in KiB and beyond: what is kept of a run is
/// kept by a factor, not by a sum.
const GROWTH: u64 = 64 * 1024;

impl Report {
    /// What is wrong; empty if nothing is.
    pub fn faults(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut each = |what: &str, found: &[String]| {
            wrong.extend(found.iter().map(|it| format!("{what}: {it}")));
        };
        each("happened twice", &self.duplicated);
        each("did not happen", &self.lost);
        each("happened, though nothing was sent", &self.denied);
        each("list", &self.wrong_lists);
        each("error", &self.wrong_words);
        if self.descriptors.1 > self.descriptors.0 {
            wrong.push(format!("left open: {:?}", self.descriptors));
        }
        if let [first, second, .., last] = self.memory_of_runs[..] {
            let most = first.max(second);
            if last > most + most / 2 + GROWTH {
                wrong.push(format!("memory grows: {:?}", self.memory_of_runs));
            }
        }
        wrong
    }
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
        writeln!(f, "| lists read to their end | {} |", self.lists)?;
        writeln!(f, "| of these ended by an error | {} |", self.lists_refused)?;
        writeln!(f, "| lists that are wrong | {} |", self.wrong_lists.len())?;
        writeln!(
            f,
            "| errors that show a secret, or not what came | {} |",
            self.wrong_words.len()
        )?;
        writeln!(f, "| runs | {} |", self.runs)?;
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
