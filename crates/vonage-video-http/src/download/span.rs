//! Which bytes of a file are wanted, and how many of them are there.

use http::HeaderValue;

/// A part of a file: from `start`, and `end` if it is not all the rest.
#[derive(Clone, Debug)]
pub(super) struct Span {
    start: u64,
    /// The first byte that does not belong to it.
    end: Option<u64>,
    received: u64,
}

impl Span {
    pub(super) fn from(start: u64) -> Self {
        Self {
            start,
            end: None,
            received: 0,
        }
    }

    pub(super) fn between(start: u64, end: u64) -> Self {
        Self {
            start,
            end: Some(end),
            received: 0,
        }
    }

    /// The first byte that is missing.
    pub(super) fn next(&self) -> u64 {
        self.start + self.received
    }

    pub(super) fn start(&self) -> u64 {
        self.start
    }

    pub(super) fn received(&self) -> u64 {
        self.received
    }

    pub(super) fn receive(&mut self, bytes: u64) {
        self.received += bytes;
    }

    pub(super) fn restart(&mut self) {
        self.received = 0;
    }

    /// Whether it has a known end, of its own or the file's, and that was reached.
    pub(super) fn is_complete(&self, total: Option<u64>) -> bool {
        self.end(total).is_some_and(|end| self.next() >= end)
    }

    /// Where it ends, if the size of the file, or its own end, is known.
    pub(super) fn end(&self, total: Option<u64>) -> Option<u64> {
        match (self.end, total) {
            (Some(end), Some(total)) => Some(end.min(total)),
            (end, total) => end.or(total),
        }
    }

    /// The header `range` for what is missing; nothing if that is the whole file.
    pub(super) fn range(&self) -> Option<HeaderValue> {
        let next = self.next();
        let range = match self.end {
            None if next == 0 => return None,
            None => format!("bytes={next}-"),
            Some(end) => format!("bytes={next}-{}", end.saturating_sub(1)),
        };
        HeaderValue::try_from(range).ok()
    }
}
