//! The same calls to an emulator with a handful of sessions and to a full one, in turns.

use std::time::{Duration, Instant};

use vonage_video_core::operations::{
    CreateSession, ListArchives, ListConnections, ListStreams, SignalSession, StartArchive,
};
use vonage_video_emulator::Publish;

use crate::{
    effort::Effort,
    facts,
    world::{CLIENTS, FEW, World},
};

/// Calls of each kind in a round.
const CALLS: usize = 100;
/// More requests than are kept, to see that the log does not grow.
const MORE_REQUESTS: usize = 20_000;

/// What a kind of call took with few sessions and with many, in each round.
pub struct Call {
    pub name: &'static str,
    pub few: Vec<Duration>,
    pub many: Vec<Duration>,
}

pub struct Figures {
    pub calls: Vec<Call>,
    /// How long it took to fill, and what was held in memory, in kB.
    pub filling: Duration,
    pub before_kb: u64,
    pub full_kb: u64,
    pub after_requests_kb: u64,
    pub kept_requests: usize,
    /// What a client that joins and publishes takes in one session, by how many were in it before.
    pub crowd: Vec<(usize, Duration)>,
}

pub async fn measure(effort: Effort) -> Figures {
    let mut few = World::new();
    few.fill(FEW).await;
    let before_kb = facts::memory_kb("VmRSS");
    let mut many = World::new();
    let began = Instant::now();
    many.fill(effort.sessions).await;
    let filling = began.elapsed();
    let full_kb = facts::memory_kb("VmRSS");
    for _ in 0..MORE_REQUESTS {
        many.send(ListStreams::new(&many.sessions[0])).await;
    }
    let after_requests_kb = facts::memory_kb("VmRSS");
    let kept_requests = many.emulator.requests().len();
    let mut calls: Vec<Call> = KINDS
        .iter()
        .map(|name| Call {
            name,
            few: Vec::new(),
            many: Vec::new(),
        })
        .collect();
    for round in 0..effort.rounds {
        for (kind, call) in calls.iter_mut().enumerate() {
            // Neither is always the one that goes first.
            let order = if round % 2 == 0 {
                [&few, &many]
            } else {
                [&many, &few]
            };
            let times = [
                spend(kind, order[0], round).await,
                spend(kind, order[1], round).await,
            ];
            let (short, long) = if round % 2 == 0 { (0, 1) } else { (1, 0) };
            call.few.push(times[short]);
            call.many.push(times[long]);
        }
    }
    Figures {
        calls,
        filling,
        before_kb,
        full_kb,
        after_requests_kb,
        kept_requests,
        crowd: crowd().await,
    }
}

/// The service takes up to 15,000 clients in a session.
const CROWDS: [usize; 3] = [10, 1_000, 10_000];

async fn crowd() -> Vec<(usize, Duration)> {
    let world = World::new();
    let session = world.send(CreateSession::new()).await.id;
    let enter = |clients: usize| {
        let tokens: Vec<String> = (0..clients).map(|_| world.token(&session)).collect();
        let began = Instant::now();
        for token in tokens {
            let client = world.emulator.join(session.clone(), &token).expect("in");
            client.publish(Publish::camera("camera")).expect("a stream");
        }
        began.elapsed()
    };
    let mut inside = 1;
    enter(inside);
    world.send(StartArchive::new(&session)).await;
    let mut found = Vec::new();
    for crowd in CROWDS {
        enter(crowd - inside);
        found.push((crowd, enter(CALLS) / CALLS as u32));
        inside = crowd + CALLS;
    }
    found
}

const KINDS: [&str; 10] = [
    "a client joins (its token is verified) and leaves",
    "the same, always in the same ten sessions",
    "a stream begins and ends, in a session that is recorded",
    "`create_session`",
    "`list_streams`, 10 in the session",
    "`list_connections`, 10 in the session",
    "`list_archives` of a session",
    "`list_archives` of the project, the latest 10",
    "`signal_session`, to 10 clients",
    "the control API's list of the latest 100 sessions",
];

/// The kind that shows how much of a difference is the processor's caches: ten sessions fit in
/// them, ten thousand do not.
const SAME_TEN: usize = 1;

/// What one call of this kind takes, of many to sessions from everywhere in the emulator.
async fn spend(kind: usize, world: &World, round: usize) -> Duration {
    let sessions = || {
        let all = match kind {
            SAME_TEN => &world.sessions[..FEW],
            _ => &world.sessions,
        };
        let step = (all.len() / CALLS).max(1);
        (0..CALLS).map(move |at| &all[(round + at * step) % all.len()])
    };
    let tokens: Vec<String> = sessions().map(|session| world.token(session)).collect();
    let began = Instant::now();
    match kind {
        0 | SAME_TEN => {
            for (session, token) in sessions().zip(&tokens) {
                let client = world.emulator.join(session.clone(), token).expect("in");
                client.leave().expect("out");
            }
        }
        2 => {
            // Of all that is timed, only the stream: its client joins before.
            let mut spent = Duration::ZERO;
            for session in sessions() {
                let client = world.join(session);
                let began = Instant::now();
                let stream = client.publish(Publish::camera("camera")).expect("a stream");
                client.unpublish(&stream).expect("ended");
                spent += began.elapsed();
                client.leave().expect("out");
            }
            return spent / CALLS as u32;
        }
        3 => {
            for _ in 0..CALLS {
                world.send(CreateSession::new()).await;
            }
        }
        4 => {
            for session in sessions() {
                let page = world.send(ListStreams::new(session)).await;
                assert_eq!(page.items.len(), CLIENTS);
            }
        }
        5 => {
            for session in sessions() {
                let found = world.send(ListConnections::new(session)).await;
                assert_eq!(found.items.len(), CLIENTS);
            }
        }
        6 => {
            for session in sessions() {
                let list = ListArchives::new().session_id(session);
                assert_eq!(world.send(list).await.items.len(), 1);
            }
        }
        7 => {
            for _ in 0..CALLS {
                let page = world.send(ListArchives::new().count(10)).await;
                assert_eq!(page.items.len(), 10);
            }
        }
        8 => {
            for session in sessions() {
                world.send(SignalSession::new(session, "hello")).await;
            }
        }
        _ => {
            for _ in 0..CALLS {
                world.control("sessions?count=100").await;
            }
        }
    }
    began.elapsed() / CALLS as u32
}
