//! Whether the receivers know who is in each session, and all of them the same.

use std::{collections::BTreeMap, time::Duration};

use vonage_video::{
    Client, SessionId, Timestamp,
    operations::{ListConnections, ListStreams},
    webhook::{Presence, PresenceStore},
};
use vonage_video_redis::RedisPresence;

use super::{Fleet, clock};

impl Fleet<'_> {
    /// Whether the store knows of each session what its events tell.
    pub(super) async fn compare(&mut self, video: &Client, sessions: &[SessionId]) {
        let store = self.servers.store().presence();
        let mut expected: BTreeMap<&SessionId, Presence> = BTreeMap::new();
        for event in self.events.values() {
            if let Some(session) = event.session_id().filter(|id| sessions.contains(id)) {
                let presence = expected
                    .entry(session)
                    .or_insert_with(|| Presence::new(session));
                presence.apply(event, clock().into());
            }
        }
        let (mut reconciled, mut differs) = (0, Vec::new());
        for (session, expected) in expected {
            let expected = seen(&expected, self.horizon);
            let all = tokio::task::block_in_place(|| {
                let receivers = self.receivers.iter();
                receivers.map(|it| it.presence(session)).collect::<Vec<_>>()
            });
            if all.windows(2).any(|two| two[0] != two[1]) {
                differs.push(format!("{session}: receivers disagree: {all:?}"));
            }
            if known(&store, session, self.horizon).await == expected {
                continue;
            }
            if !self.outages.is_empty() {
                // An acknowledged write was lost. The lists tell.
                let taken_at = self.horizon;
                let connections = video.send(ListConnections::new(session)).await.unwrap();
                let streams = video.send(ListStreams::new(session)).await.unwrap();
                let changed =
                    store.reconcile(session, &streams.items, &connections.items, taken_at);
                changed.await.unwrap();
                let now_known = known(&store, session, self.horizon).await;
                if now_known.participants == expected.participants
                    && now_known.streams == expected.streams
                {
                    reconciled += 1;
                    continue;
                }
            }
            let known = known(&store, session, self.horizon).await;
            differs.push(format!("{session}: {expected:?} is {known:?}"));
        }
        self.report.reconciled += reconciled;
        self.report.presence_differs.extend(differs);
    }
}

/// What is compared of a presence.
#[derive(Debug, PartialEq)]
struct Seen {
    participants: Vec<String>,
    streams: Vec<String>,
    connected: Duration,
    published: Duration,
}

fn seen(presence: &Presence, until: Timestamp) -> Seen {
    let usage = presence.usage(until);
    Seen {
        participants: presence
            .participants()
            .map(|it| it.connection_id().to_string())
            .collect(),
        streams: presence
            .streams()
            .map(|it| it.stream_id().to_string())
            .collect(),
        connected: usage.connected,
        published: usage.published,
    }
}

async fn known(store: &RedisPresence, session: &SessionId, until: Timestamp) -> Seen {
    let presence = store.get(session).await.unwrap();
    seen(&presence.unwrap_or_else(|| Presence::new(session)), until)
}
