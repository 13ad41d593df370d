//! What is going to happen, in order.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::clock::Millis;

/// Something that has to be looked at when its time comes. An entry is a reminder, never the fact: what it names decides for itself, by its own
/// deadlines, whether there is anything to do. So nothing is ever taken off the agenda.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reminder {
    Session(String),
    Archive(String),
    Broadcast(String),
    Render(String),
    Captions(String),
    Call(String),
    Delivery(u64),
}

/// Reminders by time, and by the order in which they were made when they are due together.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    next: u64,
    heap: BinaryHeap<Reverse<(Millis, u64, Reminder)>>,
}

impl Agenda {
    pub(crate) fn add(&mut self, due: Millis, reminder: Reminder) {
        self.heap.push(Reverse((due, self.next, reminder)));
        self.next += 1;
    }

    /// When the next reminder is due.
    pub(crate) fn next_due(&self) -> Option<Millis> {
        self.heap.peek().map(|Reverse((due, ..))| *due)
    }

    /// Takes the next reminder if it is due by `now`.
    pub(crate) fn take(&mut self, now: Millis) -> Option<(Millis, Reminder)> {
        if self.next_due()? > now {
            return None;
        }
        self.heap
            .pop()
            .map(|Reverse((due, _, reminder))| (due, reminder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_come_by_time_then_by_age() {
        let mut agenda = Agenda::default();
        agenda.add(20, Reminder::Delivery(1));
        agenda.add(10, Reminder::Delivery(2));
        agenda.add(10, Reminder::Delivery(3));
        assert_eq!(agenda.next_due(), Some(10));
        assert_eq!(agenda.take(9), None);
        let taken: Vec<_> = std::iter::from_fn(|| agenda.take(20)).collect();
        assert_eq!(
            taken,
            [
                (10, Reminder::Delivery(2)),
                (10, Reminder::Delivery(3)),
                (20, Reminder::Delivery(1))
            ]
        );
    }
}
