//! What is going to happen, in order.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    hash::Hash,
    sync::Arc,
};

use tokio::sync::Notify;

use crate::world::clock::Millis;

/// Reminders by time, and in the order in which they were added when they are due together.
///
/// An entry is a reminder, never the fact: what it names decides for itself whether there is
/// anything to do.
#[derive(Debug)]
pub(crate) struct Agenda<R> {
    next: u64,
    heap: BinaryHeap<Reverse<(Millis, u64, R)>>,
    /// The next time at which each is looked at. Later entries of the heap are void.
    pending: HashMap<R, Millis>,
    wake: Arc<Notify>,
}

impl<R: Ord> Default for Agenda<R> {
    fn default() -> Self {
        Self {
            next: 0,
            heap: BinaryHeap::new(),
            pending: HashMap::new(),
            wake: Arc::default(),
        }
    }
}

impl<R: Clone + Hash + Ord> Agenda<R> {
    /// Makes sure that something is looked at by its time.
    pub(crate) fn add(&mut self, due: Millis, reminder: R) {
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

    /// Forgets every reminder.
    pub(crate) fn clear(&mut self) {
        self.heap.clear();
        self.pending.clear();
        self.wake.notify_one();
    }

    /// Is notified when something is due earlier than everything else was.
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
    pub(crate) fn take(&mut self, now: Millis) -> Option<(Millis, R)> {
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
        agenda.add(20, 1);
        agenda.add(10, 2);
        agenda.add(10, 3);
        agenda.add(30, 3);
        assert_eq!(agenda.next_due(), Some(10));
        assert_eq!(agenda.take(9), None);
        let taken: Vec<_> = std::iter::from_fn(|| agenda.take(20)).collect();
        assert_eq!(taken, [(10, 2), (10, 3), (20, 1)]);
    }

    #[test]
    fn the_earliest_of_several_reminders_counts() {
        let mut agenda = Agenda::default();
        agenda.add(30, 'a');
        agenda.add(10, 'a');
        agenda.add(20, 'a');
        assert_eq!(agenda.take(10), Some((10, 'a')));
        assert_eq!(agenda.next_due(), None, "what it names asks again");
        agenda.add(40, 'a');
        assert_eq!(agenda.take(40), Some((40, 'a')));
    }
}
