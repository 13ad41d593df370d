//! The seats of web pages. A seat outlives the socket of its page, which may come back to it.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ring::{
    digest::{SHA256, digest},
    rand::{SecureRandom, SystemRandom},
};
use tokio::sync::Notify;
use vonage_video_core::{ConnectionId, SessionId, models::ConnectionReason};

use crate::world::World;

/// Most answers that are kept for a page that did not get them before it lost its socket.
const MOST_ANSWERS: usize = 256;

/// Most pages that have a seat.
const MOST_SEATS: usize = 500;

/// The seats of all pages.
#[derive(Clone, Default)]
pub(crate) struct Seats(Arc<Mutex<HashMap<ConnectionId, Arc<Seat>>>>);

/// The seat of one page.
pub(super) struct Seat {
    pub(super) session: SessionId,
    secret: String,
    state: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    /// The number of the latest request.
    latest: u64,
    answers: VecDeque<(u64, String)>,
    /// Tells the present socket that another one took its place.
    replaced: Arc<Notify>,
}

/// Whether a request was performed before.
pub(super) enum Performed {
    No,
    /// It was, with this answer.
    Yes(String),
    /// It was, and its answer is forgotten.
    Forgotten,
}

impl Seats {
    /// A seat for a page that joined. `None` where the system has no randomness.
    pub(super) fn add(
        &self,
        session: &SessionId,
        id: &ConnectionId,
        world: &mut World,
    ) -> Option<Arc<Seat>> {
        let mut secret = [0; 16];
        SystemRandom::new().fill(&mut secret).ok()?;
        let secret = secret.iter().map(|byte| format!("{byte:02x}")).collect();
        let seat = Arc::new(Seat {
            session: session.clone(),
            secret,
            state: Mutex::default(),
        });
        let mut seats = lock(&self.0);
        // Pages that were disconnected without a socket left theirs behind.
        seats.retain(|id, seat| {
            let session = world.sessions().get(&seat.session);
            session.is_some_and(|session| session.connections.contains(id))
        });
        if seats.len() >= MOST_SEATS {
            disconnect_a_lost_page(&seats, world);
        }
        seats.insert(id.clone(), seat.clone());
        Some(seat)
    }

    /// The seat of a page that knows its secret.
    pub(super) fn find(&self, id: &ConnectionId, secret: &str) -> Option<Arc<Seat>> {
        let seat = lock(&self.0).get(id).cloned()?;
        // Comparing digests takes a time that tells nothing of the secret.
        let digests = [&seat.secret, secret].map(|text| digest(&SHA256, text.as_bytes()));
        (digests[0].as_ref() == digests[1].as_ref()).then_some(seat)
    }

    pub(super) fn remove(&self, id: &ConnectionId) {
        lock(&self.0).remove(id);
    }
}

impl Seat {
    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// A socket takes the seat; the one before it, if it is still there, ends.
    pub(super) fn take(&self) -> Arc<Notify> {
        let mut taken = lock(&self.state);
        taken.replaced.notify_one();
        taken.replaced = Arc::default();
        taken.replaced.clone()
    }

    /// Whether the request of a number was performed over this socket or one before it.
    pub(super) fn performed(&self, id: u64) -> Performed {
        let taken = lock(&self.state);
        if id > taken.latest {
            return Performed::No;
        }
        let answers = taken.answers.iter();
        answers
            .filter(|(number, _)| *number == id)
            .map(|(_, answer)| Performed::Yes(answer.clone()))
            .next()
            .unwrap_or(Performed::Forgotten)
    }

    /// Keeps the answer to a request.
    pub(super) fn keep(&self, id: u64, answer: &str) {
        let mut taken = lock(&self.state);
        taken.latest = taken.latest.max(id);
        taken.answers.push_back((id, answer.to_owned()));
        if taken.answers.len() > MOST_ANSWERS {
            taken.answers.pop_front();
        }
    }
}

/// Disconnects the page that has been without a socket for longest. Where the clock stands still,
/// nothing else would.
fn disconnect_a_lost_page(seats: &HashMap<ConnectionId, Arc<Seat>>, world: &mut World) {
    let lost = seats.iter().filter_map(|(id, seat)| {
        let since = world.lost_at(&seat.session, id)?;
        Some((since, id, &seat.session))
    });
    if let Some((_, id, session)) = lost.min() {
        let _ = world.leave_as(session, id, ConnectionReason::NetworkDisconnected);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
