//! Lists that are read while their server pages wrongly: what a list must hold, and that it ends.

use std::{
    collections::{BTreeSet, HashSet},
    time::Duration,
};

use vonage_video::{
    Error, Paged,
    operations::{ListArchives, ListBroadcasts, ListConnections, ListRenders, ListStreams},
};

use super::{existing::Existing, work::Work};

/// Longer than any list of a soak takes to be read.
const LONGEST: Duration = Duration::from_secs(60);
/// More than a soak makes: a list that returns this many never ends.
const MOST: usize = 100_000;

impl Work {
    /// Reads every list to its end. A list that ends without an error is whole.
    pub(super) async fn lists(&self, existing: &Existing) {
        let (session, video) = (&self.session, &self.video);
        // Windows of a few items, so that there are many.
        let archives = ListArchives::new().session_id(session).count(5);
        self.whole(archives, &existing.archives).await;
        let broadcasts = ListBroadcasts::new().session_id(session).count(3);
        self.whole(broadcasts, &existing.broadcasts).await;
        // Of the whole project, so in larger windows.
        self.whole(ListRenders::new().count(100), &existing.renders)
            .await;

        let listener = |ids: Vec<String>| ids.contains(&self.connection.to_string());
        if let Ok(page) = video.send(ListConnections::new(session)).await {
            let ids = page.items.into_iter().map(|it| it.id.to_string());
            let there = listener(ids.collect());
            self.ledger.list("list_connections", there, "the listener");
        }
        if let Ok(page) = video.send(ListStreams::new(session)).await {
            let there = page.items.iter().any(|it| it.id == self.stream);
            self.ledger.list("list_streams", there, "the stream");
        }
    }

    async fn whole<O: Paged>(&self, list: O, existing: &BTreeSet<String>) {
        let read = tokio::time::timeout(LONGEST, self.read(list)).await;
        match read {
            Err(_) => self.ledger.endless(O::META.id),
            Ok(Err(_)) => self.ledger.list_refused(),
            Ok(Ok(ids)) if ids.len() >= MOST => self.ledger.endless(O::META.id),
            Ok(Ok(ids)) => {
                let known: HashSet<&str> = ids.iter().map(String::as_str).collect();
                let twice = ids.len() - known.len();
                self.ledger.list(O::META.id, twice == 0, "each item once");
                let missing = existing.iter().find(|id| !known.contains(id.as_str()));
                let what = missing.map_or("", String::as_str);
                self.ledger.list(O::META.id, missing.is_none(), what);
            }
        }
    }

    async fn read<O: Paged>(&self, list: O) -> Result<Vec<String>, Error> {
        let mut pages = self.video.pages(list);
        let mut ids = Vec::new();
        while let Some(item) = pages.next().await {
            ids.push(O::key(&item?).to_owned());
            if ids.len() >= MOST {
                break;
            }
        }
        Ok(ids)
    }
}
