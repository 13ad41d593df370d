//! The connections of web pages to their sessions. A connection outlives its page's socket, so that
//! the page can resume it over another one.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use ring::{
    digest::{SHA256, digest},
    rand::{SecureRandom, SystemRandom},
};
use tokio::sync::Notify;
use vonage_video_core::{ConnectionId, SessionId, models::ConnectionReason, shared::hex};

use crate::world::World;

/// Most responses that are kept for a page that did not get them before it lost its socket.
const MOST_RESPONSES: usize = 256;

/// Most pages whose connections are kept.
const MOST_PAGES: usize = 500;

/// The connections of all pages.
#[derive(Clone, Default)]
pub(crate) struct PageConnections(Arc<Mutex<HashMap<ConnectionId, Arc<PageConnection>>>>);

/// The connection of one page.
pub(super) struct PageConnection {
    pub(super) session: SessionId,
    secret: String,
    state: Mutex<ConnectionState>,
}

#[derive(Default)]
struct ConnectionState {
    /// The number of the latest request.
    latest: u64,
    responses: VecDeque<(u64, String)>,
    /// Tells the present socket that another one took its place.
    replaced: Arc<Notify>,
}

/// Whether a request was performed before.
pub(super) enum Performed {
    No,
    /// It was, with this response.
    Yes(String),
    /// It was, and its response is forgotten.
    Forgotten,
}

impl PageConnections {
    /// Adds the connection of a page that joined. `None` where the system has no randomness.
    pub(super) fn add(
        &self,
        session: &SessionId,
        id: &ConnectionId,
        world: &mut World,
    ) -> Option<Arc<PageConnection>> {
        let mut secret = [0; 16];
        SystemRandom::new().fill(&mut secret).ok()?;
        let secret = hex(&secret);
        let connection = Arc::new(PageConnection {
            session: session.clone(),
            secret,
            state: Mutex::default(),
        });
        let mut connections = lock(&self.0);
        // Pages that were disconnected without a socket left theirs behind.
        connections.retain(|id, connection| {
            let session = world.sessions().get(&connection.session);
            session.is_some_and(|session| session.connections.contains(id))
        });
        if connections.len() >= MOST_PAGES {
            disconnect_a_lost_page(&connections, world);
        }
        connections.insert(id.clone(), connection.clone());
        Some(connection)
    }

    /// The connection of a page that knows its secret.
    pub(super) fn find(&self, id: &ConnectionId, secret: &str) -> Option<Arc<PageConnection>> {
        let connection = lock(&self.0).get(id).cloned()?;
        // Comparing digests takes a time that tells nothing of the secret.
        let digests = [&connection.secret, secret].map(|text| digest(&SHA256, text.as_bytes()));
        (digests[0].as_ref() == digests[1].as_ref()).then_some(connection)
    }

    pub(super) fn remove(&self, id: &ConnectionId) {
        lock(&self.0).remove(id);
    }
}

impl PageConnection {
    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// Hands the connection to a new socket; the one before it, if it is still there, ends.
    pub(super) fn take(&self) -> Arc<Notify> {
        let mut state = lock(&self.state);
        state.replaced.notify_one();
        state.replaced = Arc::default();
        state.replaced.clone()
    }

    /// Whether the request of a number was performed over this socket or one before it.
    pub(super) fn performed(&self, id: u64) -> Performed {
        let state = lock(&self.state);
        if id > state.latest {
            return Performed::No;
        }
        let responses = state.responses.iter();
        responses
            .filter(|(number, _)| *number == id)
            .map(|(_, response)| Performed::Yes(response.clone()))
            .next()
            .unwrap_or(Performed::Forgotten)
    }

    /// Keeps the response to a request.
    pub(super) fn keep(&self, id: u64, response: &str) {
        let mut state = lock(&self.state);
        state.latest = state.latest.max(id);
        state.responses.push_back((id, response.to_owned()));
        if state.responses.len() > MOST_RESPONSES {
            state.responses.pop_front();
        }
    }
}

/// Disconnects the page that has been without a socket for longest. Where the clock stands still,
/// nothing else would.
fn disconnect_a_lost_page(
    connections: &HashMap<ConnectionId, Arc<PageConnection>>,
    world: &mut World,
) {
    let lost = connections.iter().filter_map(|(id, connection)| {
        let since = world.lost_at(&connection.session, id)?;
        Some((since, id, &connection.session))
    });
    if let Some((_, id, session)) = lost.min() {
        let _ = world.leave_as(session, id, ConnectionReason::NetworkDisconnected);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
