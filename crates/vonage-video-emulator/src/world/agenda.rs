//! What is going to happen, in order.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    sync::Arc,
};

use tokio::sync::Notify;

use crate::world::clock::Millis;

/// Something that has to be looked at when its time comes. An entry is a reminder, never the fact: what it names decides for itself, by its own
/// deadlines, whether there is anything to do, and when to be looked at next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Reminder {
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
    /// The next time at which each is looked at. Entries of the heap that are later than that are void.
    pending: HashMap<Reminder, Millis>,
    wake: Arc<Notify>,
}

impl Agenda {
    /// Makes sure that something is looked at by its time.
    pub(crate) fn add(&mut self, due: Millis, reminder: Reminder) {
        if self.pending.get(&reminder).is_some_and(|it| *it <= due) {
            return;
        }
        let earlier = self.next_due().is_none_or(|next| due < next);
        self.pending.insert(reminder.clone(), due);
        self.heap.push(Reverse((due, self.next, reminder)));
        self.next += 1;
        if earlier {
            self.wake.notify_one();
        }
    }

    /// Is notified when something is due earlier than all else was.
    pub(crate) fn wake(&self) -> Arc<Notify> {
        self.wake.clone()
    }

    /// When the next reminder is due.
    pub(crate) fn next_due(&mut self) -> Option<Millis> {
        while let Some(Reverse((due, _, reminder))) = self.heap.peek() {
            if self.pending.get(reminder) == Some(due) {
                return Some(*due);
            }
            self.heap.pop();
        }
        None
    }

    /// Takes the next reminder if it is due by `now`.
    pub(crate) fn take(&mut self, now: Millis) -> Option<(Millis, Reminder)> {
        if self.next_due()? > now {
            return None;
        }
        let Reverse((due, _, reminder)) = self.heap.pop()?;
        self.pending.remove(&reminder);
        Some((due, reminder))
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
        agenda.add(30, Reminder::Delivery(3));
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

    #[test]
    fn the_earliest_of_several_reminders_counts() {
        let mut agenda = Agenda::default();
        let it = || Reminder::Archive("a".to_owned());
        agenda.add(30, it());
        agenda.add(10, it());
        agenda.add(20, it());
        assert_eq!(agenda.take(10), Some((10, it())));
        assert_eq!(agenda.next_due(), None, "what it names asks again");
        agenda.add(40, it());
        assert_eq!(agenda.take(40), Some((40, it())));
    }
}
