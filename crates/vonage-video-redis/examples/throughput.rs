//! How many events a server takes, and how long each waits: `throughput URL [CONCURRENT [EVENTS]]`.
//! It fills the server with keys that expire. For a cluster, the URLs of some of its nodes, joined
//! by commas.

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};

use vonage_video::{
    Timestamp,
    webhook::{Claimed, Inbox, PresenceStore, WebhookEvent},
};
use vonage_video_redis::{RedisInbox, RedisPresence, RedisStore};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let url = arguments
        .first()
        .ok_or("the URL of a server that may be filled")?;
    let concurrent: usize = arguments.get(1).map_or(Ok(32), |count| count.parse())?;
    let events: usize = arguments.get(2).map_or(Ok(20_000), |count| count.parse())?;
    let store = match url.split(',').collect::<Vec<_>>()[..] {
        [one] => RedisStore::single(one)?,
        ref several => RedisStore::cluster(several.iter().copied())?,
    };
    let store = store.prefix("throughput");
    let (inbox, presence) = (store.inbox(), store.presence());
    for (name, with_presence) in [
        ("claim and done", false),
        ("claim, presence and done", true),
    ] {
        let run = format!("{name} {}", std::process::id());
        let next = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let began = clock();
        let workers: Vec<_> = (0..concurrent)
            .map(|_| {
                let (next, run) = (Arc::clone(&next), run.clone());
                let (inbox, presence) = (inbox.clone(), presence.clone());
                tokio::spawn(async move {
                    let mut took = Vec::new();
                    loop {
                        let number = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        if number >= events {
                            return Ok::<_, vonage_video::webhook::StoreError>(took);
                        }
                        let began = clock();
                        take(&inbox, with_presence.then_some(&presence), &run, number).await?;
                        took.push(began.elapsed());
                    }
                })
            })
            .collect();
        let mut took = Vec::new();
        for worker in workers {
            took.extend(worker.await??);
        }
        let seconds = began.elapsed().as_secs_f64();
        took.sort();
        let at = |share: f64| {
            took.get((took.len() as f64 * share) as usize)
                .copied()
                .unwrap_or_default()
        };
        eprintln!(
            "{name}: {:.0} events a second, {concurrent} at once; median {:?}, 99 of 100 within {:?}",
            events as f64 / seconds,
            round(at(0.5)),
            round(at(0.99)),
        );
    }
    Ok(())
}

/// One event of one of a thousand sessions.
async fn take(
    inbox: &RedisInbox,
    presence: Option<&RedisPresence>,
    run: &str,
    number: usize,
) -> Result<(), vonage_video::webhook::StoreError> {
    let now = Timestamp::from_millis(1_728_036_000_000);
    let session = format!("1_MX4xMjM0NTZ-fjE3MjgwMzYwMDAwMDB-{run}-{}", number % 1000);
    let event = WebhookEvent::connection_created(
        session,
        format!("c053fcc8-c681-41d5-8ec2-{number:012}"),
        now,
    );
    let Claimed::New(claim) = inbox.claim(&event.key()).await? else {
        return Ok(());
    };
    if let Some(presence) = presence {
        presence.apply(&event, now).await?;
    }
    claim.done().await
}

fn round(duration: Duration) -> Duration {
    Duration::from_micros(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX))
}

#[expect(clippy::disallowed_methods, reason = "this measures")]
fn clock() -> Instant {
    Instant::now()
}
