//! What a worker does in a round: every operation that its environment has.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use vonage_video::{
    Client, ConnectionId, Environment, Role, SessionId, StreamId,
    models::{
        ArchiveStorage, BroadcastOutputs, Hls, Layout, RenderProperties, SipAuth, SipTarget,
        StorageConfig, StreamClassList, Websocket,
    },
    operations::*,
};
use vonage_video_emulator::{Emulator, SimulatedClient};

use super::{existing::Existing, ledger::Ledger, words::SECRETS};

/// How far the service's clock goes off, in seconds.
const FURTHEST: i64 = 3 * 3600;

pub(super) struct Work {
    pub(super) video: Client,
    pub(super) account: Client,
    pub(super) emulator: Arc<Emulator>,
    pub(super) session: SessionId,
    /// A client that hears all, and its stream.
    pub(super) connection: ConnectionId,
    pub(super) stream: StreamId,
    pub(super) ledger: Arc<Ledger>,
}

impl Work {
    pub(super) async fn round(&self, number: u64, existing: &mut Existing) {
        self.signals(number).await;
        existing.archives.extend(self.archives(number).await);
        existing.broadcasts.extend(self.broadcasts(number).await);
        existing.renders.extend(self.renders(number).await);
        if number.is_multiple_of(2) {
            self.lists(existing).await;
        }
        self.participants(number).await;
        self.moderation().await;
        self.projects(number).await;
        if self.video.credentials().environment() == Environment::OpenTok {
            self.settings(number).await;
        }
    }

    async fn signals(&self, number: u64) {
        let (video, session, ledger) = (&self.video, &self.session, &self.ledger);
        let mark = format!("signal-{number}");
        let sent = video.send(SignalSession::new(session, &*mark).kind("soak"));
        ledger.claim(mark, &sent.await);

        let mark = format!("whisper-{number}");
        let sent = video.send(SignalConnection::new(session, &self.connection, &*mark));
        ledger.claim(mark, &sent.await);

        let digits = format!("1{number}");
        let played = video.send(PlayDtmfSession::new(session, &*digits)).await;
        ledger.claim(format!("dtmf-{digits}"), &played);

        let digits = format!("2{number}");
        let played = video.send(PlayDtmfConnection::new(session, &self.connection, &*digits));
        ledger.claim(format!("dtmf-{digits}"), &played.await);
    }

    /// Returns the id of an archive that stays.
    async fn archives(&self, number: u64) -> Option<String> {
        let (video, session) = (&self.video, &self.session);
        let mark = format!("archive-{number}");
        let start = StartArchive::new(session)
            .name(&*mark)
            .stream_mode("manual")
            .multi_archive_tag(&*mark);
        let archive = video.send(start).await;
        self.ledger.claim(mark, &archive);
        if let Ok(archive) = &archive {
            let (id, stream) = (&archive.id, &self.stream);
            let _ = video.send(GetArchive::new(id)).await;
            let _ = video
                .send(SetArchiveLayout::new(id, Layout::new("pip")))
                .await;
            let _ = video.send(AddArchiveStream::new(id, stream)).await;
            let _ = video.send(RemoveArchiveStream::new(id, stream)).await;
            let _ = video.send(StopArchive::new(id)).await;
        }
        let passing = format!("passing-{number}");
        let start = StartArchive::new(session).multi_archive_tag(passing);
        if let Ok(archive) = video.send(start).await {
            let _ = video.send(archive.stop()).await;
            let _ = video.send(DeleteArchive::new(&archive.id)).await;
        }
        let _ = video.send(ListArchives::new().count(3)).await;
        archive.ok().map(|archive| archive.id.to_string())
    }

    async fn broadcasts(&self, number: u64) -> Option<String> {
        let (video, stream) = (&self.video, &self.stream);
        let mark = format!("broadcast-{number}");
        let outputs = BroadcastOutputs::new().hls(Hls::new());
        let start = StartBroadcast::new(&self.session, outputs)
            .stream_mode("manual")
            .multi_broadcast_tag(&*mark);
        let broadcast = video.send(start).await;
        self.ledger.claim(mark, &broadcast);
        if let Ok(broadcast) = &broadcast {
            let id = &broadcast.id;
            let _ = video.send(GetBroadcast::new(id)).await;
            let _ = video
                .send(SetBroadcastLayout::new(id, Layout::new("pip")))
                .await;
            let _ = video.send(AddBroadcastStream::new(id, stream)).await;
            let _ = video.send(RemoveBroadcastStream::new(id, stream)).await;
            let _ = video.send(StopBroadcast::new(id)).await;
        }
        let _ = video.send(ListBroadcasts::new().count(3)).await;
        broadcast.ok().map(|broadcast| broadcast.id.to_string())
    }

    async fn renders(&self, number: u64) -> Option<String> {
        let video = &self.video;
        let mark = format!("render-{number}");
        let start = StartRender::new(
            &self.session,
            self.token(&self.session),
            "https://example.com/a-page",
        )
        .properties(RenderProperties::new(&*mark));
        let render = video.send(start).await;
        self.ledger.claim(mark, &render);
        if let Ok(render) = &render {
            let _ = video.send(GetRender::new(&render.id)).await;
            let _ = video.send(StopRender::new(&render.id)).await;
        }
        let _ = video.send(ListRenders::new().count(3)).await;
        let start = StartCaptions::new(&self.session, self.token(&self.session));
        if let Ok(captions) = video.send(start).await {
            let _ = video.send(StopCaptions::new(&captions.id)).await;
        }
        render.ok().map(|render| render.id.to_string())
    }

    /// Telephones and audio connectors, each in a session of its own, where they can be counted.
    async fn participants(&self, number: u64) {
        let video = &self.video;
        if let Ok(room) = video.send(CreateSession::new()).await {
            let login = SipAuth::new("someone", SECRETS[2]);
            let target = SipTarget::new("sip:someone@example.com").auth(login);
            let call = video
                .send(Dial::new(&room.id, self.token(&room.id), target))
                .await;
            self.ledger
                .claim_room(format!("dial-{number}"), room.id, &call);
        }
        if let Ok(room) = video.send(CreateSession::new()).await {
            let to = Websocket::new("wss://example.com/audio");
            let connect = ConnectWebsocket::new(&room.id, self.token(&room.id), to);
            let connected = video.send(connect).await;
            self.ledger
                .claim_room(format!("websocket-{number}"), room.id, &connected);
        }
        let guest = join(&self.emulator, video, &self.session);
        let _ = video
            .send(ForceDisconnect::new(&self.session, guest.id()))
            .await;
        let _ = guest.leave();
    }

    async fn moderation(&self) {
        let (video, session, stream) = (&self.video, &self.session, &self.stream);
        let _ = video.send(ListConnections::new(session)).await;
        let _ = video.send(ListStreams::new(session)).await;
        let _ = video.send(GetStream::new(session, stream)).await;
        let classes = StreamClassList::new(stream, ["focus"]);
        let _ = video
            .send(SetStreamClassLists::new(session, [classes]))
            .await;
        let _ = video.send(MuteStream::new(session, stream)).await;
        let _ = video.send(MuteAll::new(session)).await;
        let _ = video.send(DisableForceMute::new(session)).await;
    }

    async fn projects(&self, number: u64) {
        let (account, environment) = (&self.account, self.video.credentials().environment());
        let mark = format!("project-{environment}-{number}");
        let project = account.send(CreateProject::new().name(&*mark)).await;
        self.ledger.claim(mark, &project);
        if let Ok(project) = project {
            let _ = account.send(GetProject::new(&project.id)).await;
            let _ = account.send(RefreshProjectSecret::new(&project.id)).await;
            let _ = account
                .send(SetProjectStatus::new(&project.id, "SUSPENDED"))
                .await;
        }
        if let Ok(project) = account.send(CreateProject::new()).await {
            let _ = account.send(DeleteProject::new(&project.id)).await;
        }
        if number.is_multiple_of(8) {
            let _ = account.send(ListProjects::new()).await;
        }
    }

    /// What only OpenTok has.
    async fn settings(&self, number: u64) {
        let video = &self.video;
        let config = StorageConfig::new()
            .access_key(SECRETS[0])
            .secret_key(SECRETS[1])
            .bucket("bucket");
        let _ = video
            .send(SetArchiveStorage::new(ArchiveStorage::new("s3", config)))
            .await;
        let _ = video.send(DeleteArchiveStorage::new()).await;
        let url = format!("https://example.com/{number}");
        if let Ok(callback) = video
            .send(RegisterCallback::new("archive", "status", url))
            .await
        {
            let _ = video.send(ListCallbacks::new()).await;
            let _ = video.send(UnregisterCallback::new(&callback.id)).await;
        }
    }

    /// Sets the service's clock off: a little, far ahead, far behind, and right again.
    pub(super) fn step_clock(&self, round: u64) {
        let steps = [0, FURTHEST, 20, -FURTHEST, 600, -600];
        let index = usize::try_from(round).unwrap_or(0) % steps.len();
        self.emulator.skew_clock(steps[index]);
    }

    fn token(&self, session: &SessionId) -> String {
        token(&self.video, session)
    }
}

/// Brings a client into a session.
pub(super) fn join(emulator: &Emulator, video: &Client, session: &SessionId) -> SimulatedClient {
    emulator
        .join(session, &token(video, session))
        .expect("a client")
}

/// A token that is valid by every clock of the soak.
fn token(video: &Client, session: &SessionId) -> String {
    let early = SystemTime::now() - 2 * Duration::from_secs(FURTHEST.unsigned_abs());
    let token = video.token(session).role(Role::Moderator);
    token.sign_at(early).expect("a token")
}
