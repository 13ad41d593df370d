//! Whatever is called in whatever order, nothing breaks and what is true stays true.

use std::{collections::HashMap, time::Duration};

use crate::common::Api;
use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use vonage_video_auth::Role;
use vonage_video_core::{
    ArchiveId, BroadcastId, RenderId, SessionId, StreamId,
    models::{ArchiveMode, ArchiveStatus, BroadcastOutputs, Hls, MediaMode, StreamMode},
    operations::{
        AddArchiveStream, CreateSession, DeleteArchive, ForceDisconnect, ListArchives,
        ListConnections, MuteAll, RemoveArchiveStream, SignalSession, StartArchive, StartBroadcast,
        StartRender, StopArchive, StopBroadcast, StopRender,
    },
};
use vonage_video_emulator::{Publish, SimulatedClient};

/// Something that is done; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    Create { relayed: bool, always: bool },
    Join(u8, u8),
    Publish(u8),
    Unpublish(u8),
    Leave(u8),
    ThrowOut(u8),
    Mute(u8),
    Signal(u8),
    StartArchive(u8, bool, u8),
    AddStream(u8, u8),
    RemoveStream(u8, u8),
    StopArchive(u8),
    DeleteArchive(u8),
    StartBroadcast(u8),
    StopBroadcast(u8),
    StartRender(u8),
    StopRender(u8),
    Pass(u32),
}

fn step() -> impl Strategy<Value = Step> {
    let n = any::<u8>;
    prop_oneof![
        (any::<bool>(), any::<bool>())
            .prop_map(|(relayed, always)| Step::Create { relayed, always }),
        (n(), n()).prop_map(|(session, role)| Step::Join(session, role)),
        n().prop_map(Step::Publish),
        n().prop_map(Step::Unpublish),
        n().prop_map(Step::Leave),
        n().prop_map(Step::ThrowOut),
        n().prop_map(Step::Mute),
        n().prop_map(Step::Signal),
        (n(), any::<bool>(), n())
            .prop_map(|(session, manual, tag)| Step::StartArchive(session, manual, tag)),
        (n(), n()).prop_map(|(archive, client)| Step::AddStream(archive, client)),
        (n(), n()).prop_map(|(archive, client)| Step::RemoveStream(archive, client)),
        n().prop_map(Step::StopArchive),
        n().prop_map(Step::DeleteArchive),
        n().prop_map(Step::StartBroadcast),
        n().prop_map(Step::StopBroadcast),
        n().prop_map(Step::StartRender),
        n().prop_map(Step::StopRender),
        prop_oneof![Just(1), 1..120u32, 1..20_000u32, Just(300_000)].prop_map(Step::Pass),
    ]
}

/// What has been made so far.
#[derive(Default)]
struct Made {
    sessions: Vec<SessionId>,
    clients: Vec<SimulatedClient>,
    archives: Vec<ArchiveId>,
    broadcasts: Vec<BroadcastId>,
    renders: Vec<RenderId>,
    seen: HashMap<ArchiveId, ArchiveStatus>,
}

fn pick<T>(items: &[T], number: u8) -> Option<&T> {
    items.get(usize::from(number) % items.len().max(1))
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 32,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn nothing_breaks(steps in proptest::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let api = Api::opentok();
            let mut made = Made::default();
            for step in &steps {
                take(&api, &mut made, step).await;
                check(&api, &mut made, step).await;
            }
        });
    }
}

async fn take(api: &Api, made: &mut Made, step: &Step) {
    let broken = match step {
        Step::Create { relayed, always } => {
            let media = if *relayed {
                MediaMode::Relayed
            } else {
                MediaMode::Routed
            };
            let archive = if *always && !relayed {
                ArchiveMode::Always
            } else {
                ArchiveMode::Manual
            };
            let request = CreateSession::new().media_mode(media).archive_mode(archive);
            api.send(request)
                .await
                .map(|session| made.sessions.push(session.id))
                .err()
        }
        Step::Join(session, role) => {
            let roles = [
                Role::Publisher,
                Role::Subscriber,
                Role::Moderator,
                Role::PublisherOnly,
            ];
            if let (Some(session), Some(role)) =
                (pick(&made.sessions, *session), pick(&roles, *role))
            {
                made.clients.push(api.join(session, role.clone()));
            }
            None
        }
        Step::Publish(client) => {
            if let Some(client) = pick(&made.clients, *client) {
                let _ = client.publish(Publish::camera("any"));
            }
            None
        }
        Step::Unpublish(client) => {
            if let Some(client) = pick(&made.clients, *client)
                && let Some(stream) = client.streams().first()
            {
                client.unpublish(&stream.id).unwrap();
            }
            None
        }
        Step::Leave(client) => {
            if let Some(client) = pick(&made.clients, *client) {
                let was_in = client.is_connected();
                assert_eq!(client.leave().is_ok(), was_in);
            }
            None
        }
        Step::ThrowOut(client) => match pick(&made.clients, *client) {
            Some(client) => api
                .send(ForceDisconnect::new(client.session(), client.id()))
                .await
                .err(),
            None => None,
        },
        Step::Mute(session) => match pick(&made.sessions, *session) {
            Some(session) => api.send(MuteAll::new(session)).await.err(),
            None => None,
        },
        Step::Signal(session) => match pick(&made.sessions, *session) {
            Some(session) => api.send(SignalSession::new(session, "any")).await.err(),
            None => None,
        },
        other => return take_more(api, made, other).await,
    };
    assert!(
        broken
            .as_ref()
            .is_none_or(|error| error.status.as_u16() < 500),
        "{broken:?}"
    );
}

async fn take_more(api: &Api, made: &mut Made, step: &Step) {
    let broken = match step {
        Step::StartArchive(session, manual, tag) => match pick(&made.sessions, *session) {
            Some(session) => {
                let mode = if *manual {
                    StreamMode::Manual
                } else {
                    StreamMode::Auto
                };
                let mut request = StartArchive::new(session).stream_mode(mode);
                if tag % 2 == 1 {
                    request = request.multi_archive_tag((tag % 8).to_string());
                }
                api.send(request)
                    .await
                    .map(|archive| made.archives.push(archive.id))
                    .err()
            }
            None => None,
        },
        Step::AddStream(archive, client) => match pick(&made.archives, *archive) {
            Some(archive) => api
                .send(AddArchiveStream::new(archive, stream_of(made, *client)))
                .await
                .err(),
            None => None,
        },
        Step::RemoveStream(archive, client) => match pick(&made.archives, *archive) {
            Some(archive) => api
                .send(RemoveArchiveStream::new(archive, stream_of(made, *client)))
                .await
                .err(),
            None => None,
        },
        Step::StopArchive(archive) => match pick(&made.archives, *archive) {
            Some(archive) => api.send(StopArchive::new(archive)).await.err(),
            None => None,
        },
        Step::DeleteArchive(archive) => match pick(&made.archives, *archive) {
            Some(archive) => api.send(DeleteArchive::new(archive)).await.err(),
            None => None,
        },
        Step::StartBroadcast(session) => match pick(&made.sessions, *session) {
            Some(session) => {
                let outputs = BroadcastOutputs::new().hls(Hls::new());
                let request = StartBroadcast::new(session, outputs);
                api.send(request)
                    .await
                    .map(|broadcast| made.broadcasts.push(broadcast.id))
                    .err()
            }
            None => None,
        },
        Step::StopBroadcast(broadcast) => match pick(&made.broadcasts, *broadcast) {
            Some(broadcast) => api.send(StopBroadcast::new(broadcast)).await.err(),
            None => None,
        },
        Step::StartRender(session) => match pick(&made.sessions, *session) {
            Some(session) => {
                let token = api.token(session, Role::Publisher);
                let request = StartRender::new(session, token, "https://page.example/");
                api.send(request)
                    .await
                    .map(|render| made.renders.push(render.id))
                    .err()
            }
            None => None,
        },
        Step::StopRender(render) => match pick(&made.renders, *render) {
            Some(render) => api.send(StopRender::new(render)).await.err(),
            None => None,
        },
        Step::Pass(seconds) => {
            api.pass(Duration::from_secs(u64::from(*seconds))).await;
            None
        }
        _ => None,
    };
    assert!(
        broken
            .as_ref()
            .is_none_or(|error| error.status.as_u16() < 500),
        "{broken:?}"
    );
}

fn stream_of(made: &Made, client: u8) -> StreamId {
    pick(&made.clients, client)
        .and_then(|client| client.streams().first().map(|stream| stream.id.clone()))
        .unwrap_or_else(|| StreamId::from("none"))
}

/// What is true after every step.
async fn check(api: &Api, made: &mut Made, step: &Step) {
    for client in &made.clients {
        assert!(client.is_connected() || client.streams().is_empty());
    }
    for session in &made.sessions {
        let connections = api.send(ListConnections::new(session)).await.unwrap();
        assert_eq!(connections.count as usize, connections.items.len());
        let here = made
            .clients
            .iter()
            .filter(|it| it.session() == session && it.is_connected());
        assert!(
            connections.items.len() >= here.count(),
            "pages are clients too"
        );
    }
    let archives = api.emulator.archives();
    let kept = archives
        .iter()
        .filter(|it| it.status != ArchiveStatus::Deleted)
        .count();
    let listed = api.send(ListArchives::new().count(1000)).await.unwrap();
    assert_eq!(listed.count as usize, kept);
    for archive in archives {
        let after = archive.status.clone();
        let before = made.seen.insert(archive.id.clone(), after.clone());
        assert!(
            follows(before.as_ref(), &after),
            "{before:?} -> {after:?} by {step:?}"
        );
        assert_eq!(archive.url.is_some(), after == ArchiveStatus::Available);
        assert!(archive.duration <= 4 * 60 * 60);
        let running = matches!(after, ArchiveStatus::Started | ArchiveStatus::Paused);
        assert!(running || archive.streams.is_empty());
        assert_eq!(archive.reason.unwrap().as_str().is_empty(), running);
    }
}

/// Whether one status may come after another. A leap in time may pass over those between.
fn follows(before: Option<&ArchiveStatus>, after: &ArchiveStatus) -> bool {
    let rank = |status: &ArchiveStatus| match status {
        ArchiveStatus::Started | ArchiveStatus::Paused => 0,
        ArchiveStatus::Stopped => 1,
        ArchiveStatus::Available => 2,
        ArchiveStatus::Expired | ArchiveStatus::Deleted => 3,
        other => panic!("{other} needs a broken target"),
    };
    match before {
        None => true,
        Some(before) if rank(before) == 3 => before == after,
        Some(before) => rank(after) >= rank(before),
    }
}
