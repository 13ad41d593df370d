//! What each call said of its effect, to be held against what happened.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use vonage_video::{AttemptReport, CallReport, Error, ErrorKind, Observer, Sent, SessionId};

use super::{report::Report, words};

/// Sees all calls by being their clients' observer; those that have an effect to be counted are
/// told to it by hand.
#[derive(Default)]
pub(super) struct Ledger {
    claims: Mutex<Vec<(String, Result<(), Sent>)>>,
    /// Sessions in which one participant at most should be: the mark of the call that made it.
    rooms: Mutex<Vec<(String, SessionId)>>,
    calls: AtomicU64,
    retries: AtomicU64,
    operations: Mutex<BTreeSet<&'static str>>,
    errors: Mutex<BTreeMap<String, u64>>,
    /// Lists that ended, with an error or without.
    lists: AtomicU64,
    lists_refused: AtomicU64,
    /// What is wrong with lists that ended without an error, or did not end.
    wrong_lists: Mutex<Vec<String>>,
    /// What is wrong with the words of errors.
    wrong_words: Mutex<Vec<String>>,
}

/// A ledger as it looks on.
pub(super) struct Looking(pub(super) Arc<Ledger>);

impl Observer for Looking {
    fn attempt(&self, report: &AttemptReport<'_>) {
        if report.retry_after.is_some() {
            self.0.retries.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn call(&self, report: &CallReport<'_>) {
        self.0.calls.fetch_add(1, Ordering::Relaxed);
        locked(&self.0.operations).insert(report.operation);
        let Some(error) = report.error else { return };
        let kind = match error.kind() {
            ErrorKind::Api(api) => format!("Api {}", api.status.as_u16()),
            ErrorKind::Decode(_) => "Decode".to_owned(),
            kind => format!("{kind:?}"),
        };
        *locked(&self.0.errors).entry(kind).or_default() += 1;
        if let Some(complaint) = words::complaint(error) {
            locked(&self.0.wrong_words).push(complaint);
        }
    }
}

impl Ledger {
    /// What a call says of an effect that has a mark.
    pub(super) fn claim<T>(&self, mark: String, outcome: &Result<T, Error>) {
        let claim = outcome.as_ref().map(drop).map_err(Error::sent);
        locked(&self.claims).push((mark, claim));
    }

    /// As [`claim`](Self::claim), for a call whose effect is a participant in a session of its own.
    pub(super) fn claim_room<T>(&self, mark: String, room: SessionId, outcome: &Result<T, Error>) {
        locked(&self.rooms).push((mark.clone(), room));
        self.claim(mark, outcome);
    }

    /// What a list that ended without an error holds; `holds` says whether that is `what`.
    pub(super) fn list(&self, operation: &str, holds: bool, what: &str) {
        self.lists.fetch_add(1, Ordering::Relaxed);
        if !holds {
            locked(&self.wrong_lists).push(format!("{operation} is without {what}"));
        }
    }

    pub(super) fn list_refused(&self) {
        self.lists.fetch_add(1, Ordering::Relaxed);
        self.lists_refused.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn endless(&self, operation: &str) {
        locked(&self.wrong_lists).push(format!("{operation} does not end"));
    }

    pub(super) fn rooms(&self) -> Vec<(String, SessionId)> {
        locked(&self.rooms).clone()
    }

    /// Holds the claims against how often each effect was seen.
    pub(super) fn compare(&self, seen: &HashMap<String, u64>, report: &mut Report) {
        report.calls += self.calls.load(Ordering::Relaxed);
        report.retries += self.retries.load(Ordering::Relaxed);
        report.operations.extend(locked(&self.operations).iter());
        for (kind, count) in locked(&self.errors).iter() {
            *report.errors.entry(kind.clone()).or_default() += count;
        }
        report.lists += self.lists.load(Ordering::Relaxed);
        report.lists_refused += self.lists_refused.load(Ordering::Relaxed);
        report.wrong_lists.append(&mut locked(&self.wrong_lists));
        report.wrong_words.append(&mut locked(&self.wrong_words));
        let claims = locked(&self.claims);
        report.effects += claims.len() as u64;
        for (mark, claim) in claims.iter() {
            match (seen.get(mark).copied().unwrap_or(0), claim) {
                (0, Ok(())) => report.lost.push(mark.clone()),
                (1, Err(Sent::No)) => report.denied.push(mark.clone()),
                (0 | 1, _) => {}
                (_, _) => report.duplicated.push(mark.clone()),
            }
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
