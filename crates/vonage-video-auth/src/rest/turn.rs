//! One task at a time, without a runtime: a task that has to wait leaves a waker, and the end of a
//! turn wakes them all.

use std::{
    future::poll_fn,
    sync::{Mutex, PoisonError},
    task::{Poll, Waker},
};

pub(super) struct Turns(Mutex<State>);

struct State {
    taken: bool,
    waiting: Vec<Waker>,
}

/// Ends when dropped, so that a cancelled task does not block the others.
pub(super) struct Turn<'a>(&'a Turns);

impl Turns {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(State {
            taken: false,
            waiting: Vec::new(),
        }))
    }

    pub(super) fn try_take(&self) -> Option<Turn<'_>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut state.taken, true) {
            None
        } else {
            Some(Turn(self))
        }
    }

    pub(super) async fn take(&self) -> Turn<'_> {
        poll_fn(|context| {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if !std::mem::replace(&mut state.taken, true) {
                return Poll::Ready(Turn(self));
            }
            if !state
                .waiting
                .iter()
                .any(|waker| waker.will_wake(context.waker()))
            {
                state.waiting.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let waiting = {
            let mut state = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.taken = false;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }
}
