//! Load with faults: what is done once is done once, whatever happens on the way.

#![expect(
    clippy::disallowed_methods,
    reason = "a report of how long real sockets took needs the real clock"
)]

use std::{
    collections::{BTreeMap, HashMap},
    fmt, fs,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use vonage_video::{
    AttemptReport, Client, Error, ErrorKind, Observer, RetryPolicy, Role, Sent, SessionId,
    models::{BroadcastOutputs, Hls, Layout, RenderProperties},
    operations::{
        CreateSession, DisableForceMute, GetArchive, ListArchives, ListBroadcasts, ListConnections,
        ListRenders, ListStreams, MuteAll, PlayDtmfSession, SetArchiveLayout, SignalSession,
        StartArchive, StartBroadcast, StartRender, StopArchive,
    },
};
use vonage_video_emulator::{Emulator, Fault, Notice, Publish, SimulatedClient};

/// How much, and how bad.
pub struct Settings {
    /// Rounds of all operations a worker.
    pub rounds: u64,
    /// Workers at the same time.
    pub workers: u64,
    /// The seed of the faults.
    pub seed: u64,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Report {
    /// Calls made.
    pub calls: u64,
    /// Attempts beyond the first.
    pub retries: u64,
    /// Failed calls by their kind of error.
    pub errors: BTreeMap<String, u64>,
    /// Effects that calls should have had once: archives, broadcasts, renders, signals, tones.
    pub effects: u64,
    /// Effects that happened more than once.
    pub duplicated: Vec<String>,
    /// Effects that did not happen though the call succeeded.
    pub lost: Vec<String>,
    /// Effects that happened though the error said that nothing was sent.
    pub denied: Vec<String>,
    /// Open file descriptors, at the start and at the end.
    pub descriptors: (usize, usize),
    /// Resident memory in KiB, at the start and at the end.
    pub memory: (u64, u64),
    /// How long it took.
    pub elapsed: Duration,
}

/// Runs calls of all kinds against an emulator that misbehaves.
pub async fn soak(settings: Settings) -> Report {
    let begun = Instant::now();
    let descriptors = descriptors();
    let memory = memory();
    let retries = Arc::new(Retries::default());
    let mut report = {
        let emulator = Emulator::builder()
            .seed(settings.seed)
            .start()
            .await
            .expect("an emulator");
        let video = client(&emulator, &retries);
        let session = video
            .send(CreateSession::new())
            .await
            .expect("a session")
            .id;
        let token = video
            .token(&session)
            .role(Role::Moderator)
            .sign()
            .expect("a token");
        let listener = emulator.join(&session, &token).expect("a client");
        listener
            .publish(Publish::camera("camera"))
            .expect("a stream");
        misbehave(&emulator);

        let ledger = Arc::new(Ledger::default());
        let workers: Vec<_> = (0..settings.workers)
            .map(|worker| {
                let work = Work {
                    video: video.clone(),
                    session: session.clone(),
                    token: token.clone(),
                    ledger: Arc::clone(&ledger),
                };
                tokio::spawn(async move {
                    for round in 0..settings.rounds {
                        work.round(worker * settings.rounds + round).await;
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.await.expect("a worker does not panic");
        }
        emulator.clear_faults();
        let seen = effects(&video, &session, &listener).await;
        drop(video);
        let report = ledger.compare(&seen);
        emulator.stop().await;
        report
    };
    report.retries = retries.0.load(Ordering::Relaxed);
    report.descriptors = (descriptors, settled(descriptors));
    report.memory = (memory, self::memory());
    report.elapsed = begun.elapsed();
    report
}

fn client(emulator: &Emulator, retries: &Arc<Retries>) -> Client {
    let credentials = emulator
        .opentok()
        .and_then(|project| project.credentials())
        .expect("a project")
        .clone();
    // The waits are short, so that the time goes into calls.
    let mut policy = RetryPolicy::default();
    (policy.base, policy.cap) = (Duration::from_millis(1), Duration::from_millis(10));
    Client::builder(credentials)
        .base_url(emulator.url())
        .retry(policy)
        .observer(Counter(Arc::clone(retries)))
        .build()
        .expect("a client")
}

fn misbehave(emulator: &Emulator) {
    let faults = [
        Fault::reset_before().chance(0.03),
        Fault::reset_after().chance(0.03),
        Fault::truncate().chance(0.02),
        Fault::garble().chance(0.02),
        Fault::refuse().chance(0.02),
        Fault::too_many(0).chance(0.03),
        Fault::status(500).chance(0.02),
        Fault::status(503).chance(0.03),
        Fault::delay(Duration::from_millis(2)).chance(0.05),
        Fault::delay_body(Duration::from_millis(2)).chance(0.02),
    ];
    for fault in faults {
        emulator.fault(fault).expect("a good fault");
    }
}

#[derive(Default)]
struct Retries(AtomicU64);

struct Counter(Arc<Retries>);

impl Observer for Counter {
    fn attempt(&self, report: &AttemptReport<'_>) {
        if report.retry_after.is_some() {
            self.0.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// What each call said of its effect.
#[derive(Default)]
struct Ledger {
    claims: Mutex<Vec<(String, Result<(), Sent>)>>,
    others: AtomicU64,
    errors: Mutex<BTreeMap<String, u64>>,
}

impl Ledger {
    fn claim<T>(&self, mark: String, outcome: &Result<T, Error>) {
        let claim = outcome.as_ref().map(drop).map_err(Error::sent);
        self.failed(outcome);
        self.claims
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((mark, claim));
    }

    fn other<T>(&self, outcome: &Result<T, Error>) {
        self.others.fetch_add(1, Ordering::Relaxed);
        self.failed(outcome);
    }

    fn failed<T>(&self, outcome: &Result<T, Error>) {
        let Err(error) = outcome else { return };
        let kind = match error.kind() {
            ErrorKind::Api(api) => format!("Api {}", api.status.as_u16()),
            ErrorKind::Decode(_) => "Decode".to_owned(),
            kind => format!("{kind:?}"),
        };
        *self
            .errors
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(kind)
            .or_default() += 1;
    }

    fn compare(&self, seen: &HashMap<String, u64>) -> Report {
        let claims = self.claims.lock().unwrap_or_else(PoisonError::into_inner);
        let mut report = Report {
            calls: claims.len() as u64 + self.others.load(Ordering::Relaxed),
            effects: claims.len() as u64,
            errors: self
                .errors
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            ..Report::default()
        };
        for (mark, claim) in claims.iter() {
            match (seen.get(mark).copied().unwrap_or(0), claim) {
                (0, Ok(())) => report.lost.push(mark.clone()),
                (1, Err(Sent::No)) => report.denied.push(mark.clone()),
                (0 | 1, _) => {}
                (_, _) => report.duplicated.push(mark.clone()),
            }
        }
        report
    }
}

/// One worker's work.
struct Work {
    video: Client,
    session: SessionId,
    token: String,
    ledger: Arc<Ledger>,
}

impl Work {
    async fn round(&self, number: u64) {
        let (video, session, ledger) = (&self.video, &self.session, &self.ledger);
        let mark = |kind: &str| format!("{kind}-{number}");

        let signal = SignalSession::new(session, mark("signal")).kind("soak");
        ledger.claim(mark("signal"), &video.send(signal).await);

        let digits = format!("{number}");
        ledger.claim(
            format!("dtmf-{number}"),
            &video.send(PlayDtmfSession::new(session, &*digits)).await,
        );

        let start = StartArchive::new(session)
            .name(mark("archive"))
            .multi_archive_tag(mark("archive"));
        let archive = video.send(start).await;
        ledger.claim(mark("archive"), &archive);
        if let Ok(archive) = archive {
            ledger.other(&video.send(GetArchive::new(&archive.id)).await);
            ledger.other(
                &video
                    .send(SetArchiveLayout::new(&archive.id, Layout::new("pip")))
                    .await,
            );
            ledger.other(&video.send(StopArchive::new(&archive.id)).await);
        }

        let outputs = BroadcastOutputs::new().hls(Hls::new());
        let broadcast = video
            .send(StartBroadcast::new(session, outputs).multi_broadcast_tag(mark("broadcast")))
            .await;
        ledger.claim(mark("broadcast"), &broadcast);
        if let Ok(broadcast) = broadcast {
            ledger.other(&video.send(broadcast.stop()).await);
        }

        let render = StartRender::new(session, &self.token, "https://example.com/a-page")
            .properties(RenderProperties::new(mark("render")));
        let render = video.send(render).await;
        ledger.claim(mark("render"), &render);
        if let Ok(render) = render {
            ledger.other(&video.send(render.stop()).await);
        }

        ledger.other(&video.send(ListStreams::new(session)).await);
        ledger.other(&video.send(ListConnections::new(session)).await);
        ledger.other(&video.send(ListArchives::new().count(3)).await);
        ledger.other(&video.send(MuteAll::new(session)).await);
        ledger.other(&video.send(DisableForceMute::new(session)).await);
    }
}

/// How often each marked effect happened, as the other side tells it.
async fn effects(
    video: &Client,
    session: &SessionId,
    listener: &SimulatedClient,
) -> HashMap<String, u64> {
    let mut seen = HashMap::new();
    let mut count = |mark: String| *seen.entry(mark).or_default() += 1;
    for archive in video
        .pages(ListArchives::new().session_id(session))
        .collect()
        .await
        .expect("the archives")
    {
        count(archive.name.unwrap_or_default());
    }
    for broadcast in video
        .pages(ListBroadcasts::new().session_id(session))
        .collect()
        .await
        .expect("the broadcasts")
    {
        count(broadcast.multi_broadcast_tag.unwrap_or_default());
    }
    for render in video
        .pages(ListRenders::new())
        .collect()
        .await
        .expect("the renders")
    {
        count(render.name.unwrap_or_default());
    }
    for notice in listener.inbox() {
        match notice {
            Notice::Signal { data, .. } => count(data),
            Notice::Dtmf { digits } => count(format!("dtmf-{digits}")),
            _ => {}
        }
    }
    seen
}

fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// Sockets are closed by tasks that end on their own; this waits for them, for a bounded time.
fn settled(before: usize) -> usize {
    let begun = Instant::now();
    while descriptors() > before && begun.elapsed() < Duration::from_secs(2) {
        std::thread::yield_now();
    }
    descriptors()
}

fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap_or_default();
    line.split_whitespace()
        .next()
        .and_then(|kib| kib.parse().ok())
        .unwrap_or(0)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| what | count |\n|---|---:|")?;
        writeln!(f, "| calls | {} |", self.calls)?;
        writeln!(f, "| retries | {} |", self.retries)?;
        for (kind, count) in &self.errors {
            writeln!(f, "| calls that failed: {kind} | {count} |")?;
        }
        writeln!(f, "| effects that should happen once | {} |", self.effects)?;
        writeln!(f, "| duplicated effects | {} |", self.duplicated.len())?;
        writeln!(f, "| lost effects | {} |", self.lost.len())?;
        writeln!(
            f,
            "| effects of calls whose error said that nothing was sent | {} |",
            self.denied.len()
        )?;
        writeln!(
            f,
            "| descriptors, start and end | {}, {} |",
            self.descriptors.0, self.descriptors.1
        )?;
        writeln!(
            f,
            "| resident memory in KiB, start and end | {}, {} |",
            self.memory.0, self.memory.1
        )?;
        writeln!(f, "| seconds | {:.1} |", self.elapsed.as_secs_f64())
    }
}
