//! Everything that happens, as it happens: the one source of what is pushed to clients.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use vonage_video_core::{ConnectionId, SessionId};

use crate::world::{clock::Millis, happening::Happening, notice::Notice, peer_connection::Relay};

/// Most entries that are kept for readers that are behind.
const MOST: usize = 20_000;
/// Most entries that are kept until there is a first reader: what a timeline shows. Freeing old
/// ones, long out of the processor's caches, costs as much as the changes themselves.
const MOST_UNREAD: usize = 256;
/// Most bytes of these entries, roughly.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// Something that happened.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Counts up from 1.
    pub(crate) number: u64,
    /// Virtual time.
    pub(crate) at: Millis,
    pub(crate) news: News,
}

#[derive(Debug)]
#[cfg_attr(
    not(feature = "browser"),
    allow(dead_code, reason = "only web pages read all of it")
)]
pub(crate) enum News {
    /// A notice to clients of a session.
    Notice {
        session: SessionId,
        to: Audience,
        notice: Notice,
    },
    /// An event for webhooks.
    Happening(Arc<Happening>),
    /// A message to a web page about a peer connection.
    Relay { to: ConnectionId, relay: Relay },
    /// The socket of a web page is cut.
    Cut(ConnectionId),
    /// Something around the world changed, of which the world keeps only where to find it.
    Report(Report),
}

/// A change around the world.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) what: Changed,
    /// The session that it is about, if it is about one.
    pub(crate) session: Option<SessionId>,
}

/// What changed around the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    /// The request of this number was answered.
    Request(u64),
    /// A delivery was queued, or attempted for the time of this number.
    Delivery { number: u64, attempt: usize },
    /// A session was created, or changed without a notice to its clients.
    Session,
    /// A clock was set, or leapt by this much.
    Clock(Millis),
    /// The faults, or how often they were met.
    Faults,
    /// The targets of webhooks.
    Targets,
    /// The requests were forgotten.
    Forgotten,
}

/// The clients of a session that a notice is for.
#[derive(Clone, Debug)]
pub(crate) enum Audience {
    All,
    Only(ConnectionId),
    Except(ConnectionId),
}

impl Audience {
    fn includes(&self, client: &ConnectionId) -> bool {
        match self {
            Self::All => true,
            Self::Only(id) => id == client,
            Self::Except(id) => id != client,
        }
    }
}

impl Entry {
    /// The notice, if it is for a client of a session.
    pub(crate) fn notice_to(&self, session: &SessionId, client: &ConnectionId) -> Option<&Notice> {
        match &self.news {
            News::Notice {
                session: own,
                to,
                notice,
            } if own == session && to.includes(client) => Some(notice),
            _ => None,
        }
    }

    fn size(&self) -> usize {
        match &self.news {
            News::Notice { notice, .. } => 128 + notice.size(),
            News::Happening(_) => 1024,
            News::Relay { relay, .. } => 128 + relay.size(),
            News::Report(_) | News::Cut(_) => 128,
        }
    }
}

/// The latest entries. Dropping it ends every subscription.
#[derive(Debug, Default)]
pub(super) struct Feed(Arc<Mutex<Ring>>);

#[derive(Debug, Default)]
struct Ring {
    entries: VecDeque<Arc<Entry>>,
    bytes: usize,
    /// The number of the latest entry.
    latest: u64,
    subscribed: u64,
    readers: usize,
    /// What wakes the subscriptions that wait, by subscription.
    waiting: HashMap<u64, Waker>,
    closed: bool,
}

impl Feed {
    pub(super) fn push(&mut self, at: Millis, news: News) {
        let mut ring = lock(&self.0);
        ring.latest += 1;
        let number = ring.latest;
        let entry = Arc::new(Entry { number, at, news });
        ring.bytes += entry.size();
        ring.entries.push_back(entry);
        let most = if ring.subscribed == 0 {
            MOST_UNREAD
        } else {
            MOST
        };
        while ring.entries.len() > most || ring.bytes > MOST_BYTES {
            let Some(oldest) = ring.entries.pop_front() else {
                break;
            };
            ring.bytes -= oldest.size();
        }
        for (_, waker) in ring.waiting.drain() {
            waker.wake();
        }
    }

    /// The number of the latest entry.
    pub(super) fn latest(&self) -> u64 {
        lock(&self.0).latest
    }

    /// The latest entries that are wanted, oldest first.
    pub(super) fn recent(&self, most: usize, wanted: impl Fn(&Entry) -> bool) -> Vec<Arc<Entry>> {
        let ring = lock(&self.0);
        let entries = ring.entries.iter().rev().filter(|entry| wanted(entry));
        let mut found: Vec<_> = entries.take(most).cloned().collect();
        found.reverse();
        found
    }

    /// How many subscriptions there are.
    pub(super) fn readers(&self) -> usize {
        lock(&self.0).readers
    }

    /// Reads what comes after an entry.
    pub(super) fn subscribe(&self, after: u64) -> Subscription {
        let mut ring = lock(&self.0);
        ring.subscribed += 1;
        ring.readers += 1;
        Subscription {
            id: ring.subscribed,
            after,
            ring: self.0.clone(),
        }
    }

    /// Ends every subscription.
    pub(super) fn close(&mut self) {
        let mut ring = lock(&self.0);
        ring.closed = true;
        for (_, waker) in ring.waiting.drain() {
            waker.wake();
        }
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.close();
    }
}

/// One reader of the feed, at its own pace.
#[derive(Debug)]
pub(crate) struct Subscription {
    id: u64,
    after: u64,
    ring: Arc<Mutex<Ring>>,
}

/// The next thing that a subscription reads.
#[derive(Debug)]
pub(crate) enum Next {
    Entry(Arc<Entry>),
    /// The reader was too far behind: entries before this number are lost.
    Missed(u64),
}

impl Subscription {
    /// Reads the next entry; `None` once the feed has ended.
    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Next>> {
        let mut ring = lock(&self.ring);
        let first = ring.latest + 1 - ring.entries.len() as u64;
        if self.after + 1 < first {
            self.after = first - 1;
            return Poll::Ready(Some(Next::Missed(first)));
        }
        let behind = usize::try_from(self.after + 1 - first).unwrap_or(usize::MAX);
        if let Some(entry) = ring.entries.get(behind) {
            self.after += 1;
            return Poll::Ready(Some(Next::Entry(entry.clone())));
        }
        if ring.closed {
            return Poll::Ready(None);
        }
        ring.waiting.insert(self.id, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let mut ring = lock(&self.ring);
        ring.waiting.remove(&self.id);
        ring.readers -= 1;
    }
}

fn lock(ring: &Mutex<Ring>) -> MutexGuard<'_, Ring> {
    ring.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(data: &str) -> News {
        News::Notice {
            session: "s".into(),
            to: Audience::All,
            notice: Notice::Signal {
                from: None,
                kind: None,
                data: data.to_owned(),
            },
        }
    }

    fn next(subscription: &mut Subscription) -> Poll<Option<Next>> {
        subscription.poll_next(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn a_subscription_reads_every_entry_once_and_ends_with_the_feed() {
        let mut feed = Feed::default();
        feed.push(1, signal("before"));
        let mut subscription = feed.subscribe(feed.latest());
        assert!(next(&mut subscription).is_pending());
        feed.push(2, signal("after"));
        let Poll::Ready(Some(Next::Entry(entry))) = next(&mut subscription) else {
            panic!("an entry");
        };
        assert_eq!((entry.number, entry.at), (2, 2));
        assert!(next(&mut subscription).is_pending());
        feed.push(3, signal("last"));
        drop(feed);
        assert!(matches!(
            next(&mut subscription),
            Poll::Ready(Some(Next::Entry(_)))
        ));
        assert!(matches!(next(&mut subscription), Poll::Ready(None)));
    }

    #[test]
    fn a_reader_that_is_too_far_behind_is_told_so() {
        let mut feed = Feed::default();
        let mut subscription = feed.subscribe(0);
        for _ in 0..MOST + 5 {
            feed.push(0, signal(""));
        }
        assert!(matches!(
            next(&mut subscription),
            Poll::Ready(Some(Next::Missed(6)))
        ));
        let Poll::Ready(Some(Next::Entry(entry))) = next(&mut subscription) else {
            panic!("an entry");
        };
        assert_eq!(entry.number, 6);
    }

    #[test]
    fn before_there_is_a_reader_little_is_kept() {
        let mut feed = Feed::default();
        for _ in 0..2 * MOST_UNREAD {
            feed.push(0, signal(""));
        }
        assert_eq!(lock(&feed.0).entries.len(), MOST_UNREAD);
        drop(feed.subscribe(feed.latest()));
        for _ in 0..MOST {
            feed.push(0, signal(""));
        }
        assert_eq!(lock(&feed.0).entries.len(), MOST);
    }

    #[test]
    fn what_is_kept_is_bounded_in_bytes_too() {
        let mut feed = Feed::default();
        drop(feed.subscribe(0));
        let data = "x".repeat(1024 * 1024);
        for _ in 0..100 {
            feed.push(0, signal(&data));
        }
        let ring = lock(&feed.0);
        assert!(ring.bytes <= MOST_BYTES);
        assert!(ring.entries.len() >= 15);
    }
}
