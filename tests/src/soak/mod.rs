//! Load with faults: what is done once is done once, lists are whole, and errors say what came,
//! whatever happens on the way.

#![expect(
    clippy::disallowed_methods,
    reason = "a report of how long real sockets took needs the real clock"
)]

mod existing;
mod hostile;
mod ledger;
mod lists;
mod measure;
mod report;
mod words;
mod work;

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use vonage_video::{
    Client, Credentials, RetryPolicy, SessionId, StreamId,
    operations::{
        CreateSession, ListArchives, ListBroadcasts, ListConnections, ListProjects, ListRenders,
    },
};
use vonage_video_emulator::{Emulator, Notice, Publish, SimulatedClient};

use existing::Existing;
use hostile::misbehave;
use ledger::{Ledger, Looking};
use measure::{descriptors, memory, settled};
pub use report::Report;
use work::{Work, join};

const ACCOUNT: (&str, &str) = ("10000000", "fedcba9876543210fedcba9876543210fedcba98");

/// How much, and how bad.
pub struct Settings {
    /// Rounds of all operations a worker, in each environment of a run.
    pub rounds: u64,
    /// Workers at the same time.
    pub workers: u64,
    /// The seed of the first run's faults; each run has the next one.
    pub seed: u64,
    /// After how long no further round is begun.
    pub limit: Duration,
    /// Whether one run follows another until the limit, each with an emulator of its own.
    pub again: bool,
}

/// Runs calls of all operations in both environments, one after the other, against an emulator that
/// misbehaves and whose clock steps.
pub async fn soak(settings: Settings) -> Report {
    let begun = Instant::now();
    let end = begun + settings.limit;
    let (descriptors, memory) = (descriptors(), memory());
    let mut report = Report::default();
    loop {
        one_run(&settings, end, &mut report).await;
        report.runs += 1;
        report.memory_of_runs.push(self::memory());
        if !settings.again || Instant::now() >= end {
            break;
        }
    }
    report.descriptors = (descriptors, settled(descriptors));
    report.memory = (memory, self::memory());
    report.elapsed = begun.elapsed();
    report
}

async fn one_run(settings: &Settings, end: Instant, report: &mut Report) {
    let seed = settings.seed + report.runs;
    let emulator = Emulator::builder()
        .seed(seed)
        .account(ACCOUNT.0, ACCOUNT.1)
        .start()
        .await
        .expect("an emulator");
    let emulator = Arc::new(emulator);
    let half = end.saturating_duration_since(Instant::now()) / 2;
    for (project, until) in [(emulator.opentok(), end - half), (emulator.vonage(), end)] {
        let project = project.expect("a project");
        let credentials = project.credentials().expect("credentials").clone();
        one_environment(&emulator, credentials, settings, until, report).await;
    }
    let emulator = Arc::into_inner(emulator).expect("the workers are done");
    emulator.stop().await;
}

async fn one_environment(
    emulator: &Arc<Emulator>,
    credentials: Credentials,
    settings: &Settings,
    until: Instant,
    report: &mut Report,
) {
    let ledger = Arc::new(Ledger::default());
    let video = client(emulator, credentials, &ledger);
    let account = Credentials::opentok_account(ACCOUNT.0, ACCOUNT.1).expect("an account");
    let account = client(emulator, account, &ledger);
    let mut rooms = Vec::new();
    for _ in 0..settings.workers {
        rooms.push(Room::open(emulator, &video).await);
    }
    misbehave(emulator);
    let workers: Vec<_> = (0..)
        .zip(&rooms)
        .map(|(worker, room)| {
            let work = Work {
                video: video.clone(),
                account: account.clone(),
                emulator: Arc::clone(emulator),
                session: room.session.clone(),
                connection: room.listener.id().clone(),
                stream: room.stream.clone(),
                ledger: Arc::clone(&ledger),
            };
            let rounds = settings.rounds;
            tokio::spawn(async move {
                let mut existing = Existing::default();
                for round in 0..rounds {
                    if Instant::now() >= until {
                        break;
                    }
                    // One worker steps the clock while the others are at work.
                    if worker == 0 {
                        work.step_clock(round);
                    }
                    work.round(worker * rounds + round, &mut existing).await;
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.expect("a worker does not panic");
    }
    emulator.clear_faults();
    emulator.skew_clock(0);
    let seen = effects(&video, &account, &rooms, &ledger).await;
    ledger.compare(&seen, report);
}

/// A worker's session. Each has its own, since what reaches a listener is kept in an inbox that
/// ends.
struct Room {
    session: SessionId,
    listener: SimulatedClient,
    stream: StreamId,
}

impl Room {
    async fn open(emulator: &Emulator, video: &Client) -> Self {
        let session = video.send(CreateSession::new()).await;
        let session = session.expect("a session").id;
        let listener = join(emulator, video, &session);
        let stream = listener.publish(Publish::camera("camera"));
        Self {
            stream: stream.expect("a stream"),
            session,
            listener,
        }
    }

    /// What reached the listener.
    fn heard(&self) -> Vec<Notice> {
        let inbox = self.listener.inbox();
        assert!(
            inbox.len() < LONGEST_INBOX,
            "the inbox is full, and what is not in it cannot be counted: take fewer rounds"
        );
        inbox
    }
}

/// How much the emulator keeps in an inbox.
const LONGEST_INBOX: usize = 10_000;

fn client(emulator: &Emulator, credentials: Credentials, ledger: &Arc<Ledger>) -> Client {
    // The waits are short, so that the time goes into calls.
    let policy = RetryPolicy::default()
        .first_backoff(Duration::from_millis(1))
        .max_backoff(Duration::from_millis(10));
    Client::builder(credentials)
        .base_url(emulator.url())
        .retry(policy)
        .observer(Looking(Arc::clone(ledger)))
        .build()
        .expect("a client")
}

/// How often each marked effect happened, as the other side tells it.
async fn effects(
    video: &Client,
    account: &Client,
    rooms: &[Room],
    ledger: &Ledger,
) -> HashMap<String, u64> {
    let mut seen = HashMap::new();
    let mut count = |mark: Option<String>| *seen.entry(mark.unwrap_or_default()).or_default() += 1;
    for Room { session, .. } in rooms {
        let archives = video.pages(ListArchives::new().session_id(session));
        for archive in archives.collect().await.expect("the archives") {
            count(archive.name);
        }
        let broadcasts = video.pages(ListBroadcasts::new().session_id(session));
        for broadcast in broadcasts.collect().await.expect("the broadcasts") {
            count(broadcast.multi_broadcast_tag);
        }
    }
    let renders = video.pages(ListRenders::new());
    for render in renders.collect().await.expect("the renders") {
        count(render.name);
    }
    for project in account
        .send(ListProjects::new())
        .await
        .expect("the projects")
    {
        count(project.name);
    }
    for notice in rooms.iter().flat_map(Room::heard) {
        match notice {
            Notice::Signal { data, .. } => count(Some(data)),
            Notice::Dtmf { digits } => count(Some(format!("dtmf-{digits}"))),
            _ => {}
        }
    }
    for (mark, room) in ledger.rooms() {
        let there = video.send(ListConnections::new(&room)).await;
        for _ in there.expect("the connections").items {
            count(Some(mark.clone()));
        }
    }
    seen
}
