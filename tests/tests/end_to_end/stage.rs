//! A session with a client in it, and whatever else the example of an operation needs.

use std::time::Duration;

use vonage_video::{
    Client, Credentials, Operation, Role,
    models::{BroadcastOutputs, Hls, StreamMode},
    operations::{
        AddArchiveStream, AddBroadcastStream, CreateProject, CreateSession, RegisterCallback,
        StartArchive, StartBroadcast, StartCaptions, StartRender, StopArchive,
    },
};
use vonage_video_emulator::{Emulator, Publish, SimulatedClient};

/// The account of the emulator's OpenTok projects.
const ACCOUNT: (&str, &str) = ("10000000", "fedcba9876543210fedcba9876543210fedcba98");

/// OpenTok's project, as it has every operation.
pub(crate) struct Stage {
    video: Client,
    account: Client,
    session: String,
    token: String,
    client: SimulatedClient,
    stream: String,
    /// What the operation acts on, by the name of its variable.
    target: String,
    emulator: Emulator,
}

impl Stage {
    pub(crate) async fn of(operation: &str) -> Self {
        let emulator = Emulator::start().await.unwrap();
        let client = |credentials| {
            let builder = Client::builder(credentials).base_url(emulator.url());
            builder.build().unwrap()
        };
        let project = emulator.opentok().unwrap().credentials().unwrap().clone();
        let video = client(project);
        let account = client(Credentials::opentok_account(ACCOUNT.0, ACCOUNT.1).unwrap());

        let session = video.send(CreateSession::new()).await.unwrap().id;
        let token = video.token(&session);
        let token = token.role(Role::Moderator).sign().unwrap();
        let client = emulator.join(&session, &token).unwrap();
        let stream = client.publish(Publish::default()).unwrap().to_string();
        let mut stage = Self {
            video,
            account,
            session: session.to_string(),
            token,
            client,
            stream,
            target: String::new(),
            emulator,
        };
        stage.target = stage.prepare(operation).await;
        stage
    }

    /// Starts what the operation acts on, in the state that it needs.
    async fn prepare(&self, operation: &str) -> String {
        let (video, session) = (&self.video, self.session.as_str());
        let mode = if operation.ends_with("_stream") {
            StreamMode::Manual
        } else {
            StreamMode::Auto
        };
        if operation.contains("callback") {
            let register = RegisterCallback::new("archive", "status", "https://example.com/hooks");
            return video.send(register).await.unwrap().id.to_string();
        }
        if operation.contains("project") {
            let project = self.account.send(CreateProject::new()).await.unwrap();
            return project.id.to_string();
        }
        if operation.contains("captions") && operation != "start_captions" {
            let start = StartCaptions::new(session, self.token());
            return video.send(start).await.unwrap().id.to_string();
        }
        if operation.contains("render") {
            let start = StartRender::new(session, self.token(), "https://example.com/room");
            return video.send(start).await.unwrap().id.to_string();
        }
        if operation.contains("broadcast") && operation != "start_broadcast" {
            let outputs = BroadcastOutputs::new().hls(Hls::new());
            let start = StartBroadcast::new(session, outputs).stream_mode(mode);
            let broadcast = video.send(start).await.unwrap().id;
            if operation == "remove_broadcast_stream" {
                let add = AddBroadcastStream::new(&broadcast, self.stream_id());
                video.send(add).await.unwrap();
            }
            return broadcast.to_string();
        }
        if operation.contains("archive") && operation != "start_archive" {
            let start = StartArchive::new(session).stream_mode(mode);
            let archive = video.send(start).await.unwrap().id;
            if operation == "remove_archive_stream" {
                let add = AddArchiveStream::new(&archive, self.stream_id());
                video.send(add).await.unwrap();
            }
            if operation == "delete_archive" {
                video.send(StopArchive::new(&archive)).await.unwrap();
                self.emulator.advance(Duration::from_secs(600)).await;
            }
            return archive.to_string();
        }
        String::new()
    }

    /// Sends the request of an example, which must succeed.
    pub(crate) async fn send<O: Operation>(&self, request: O) -> O::Output {
        let client = if O::META.account {
            &self.account
        } else {
            &self.video
        };
        client.send(request).await.unwrap()
    }

    pub(crate) fn session_id(&self) -> &str {
        &self.session
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn connection_id(&self) -> &str {
        self.client.id().as_str()
    }

    pub(crate) fn stream_id(&self) -> &str {
        &self.stream
    }

    pub(crate) fn archive_id(&self) -> &str {
        &self.target
    }

    pub(crate) fn broadcast_id(&self) -> &str {
        &self.target
    }

    pub(crate) fn render_id(&self) -> &str {
        &self.target
    }

    pub(crate) fn captions_id(&self) -> &str {
        &self.target
    }

    pub(crate) fn callback_id(&self) -> &str {
        &self.target
    }

    pub(crate) fn project_id(&self) -> &str {
        &self.target
    }
}
