// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

//! The example of every operation, as in its documentation, against the emulator.

use vonage_video::{
    Page,
    models::{
        Archive, ArchiveMode, ArchiveStorage, AudioConnector, AudioRate, Broadcast,
        BroadcastOutputs, Callback, Captions, CaptionsLanguage, ConnectionList, Hls, Layout,
        LayoutType, Project, ProjectDetails, ProjectStatus, Render, Resolution, Session, SipCall,
        SipTarget, StorageConfig, StorageType, Stream, StreamClassList, Websocket,
    },
    operations::{
        AddArchiveStream, AddBroadcastStream, ConnectWebsocket, CreateProject, CreateSession,
        DeleteArchive, DeleteArchiveStorage, DeleteProject, Dial, DisableForceMute,
        ForceDisconnect, GetArchive, GetBroadcast, GetProject, GetRender, GetStream, ListArchives,
        ListBroadcasts, ListCallbacks, ListConnections, ListProjects, ListRenders, ListStreams,
        MuteAll, MuteStream, PlayDtmfConnection, PlayDtmfSession, RefreshProjectSecret,
        RegisterCallback, RemoveArchiveStream, RemoveBroadcastStream, SetArchiveLayout,
        SetArchiveStorage, SetBroadcastLayout, SetProjectStatus, SetStreamClassLists,
        SignalConnection, SignalSession, StartArchive, StartBroadcast, StartCaptions, StartRender,
        StopArchive, StopBroadcast, StopCaptions, StopRender, UnregisterCallback,
    },
};

use crate::stage::Stage;

#[tokio::test]
async fn set_archive_storage() {
    let stage = Stage::of("set_archive_storage").await;
    let request = SetArchiveStorage::new(ArchiveStorage::new(
        StorageType::S3,
        StorageConfig::new()
            .access_key("access-key")
            .secret_key("secret-key")
            .bucket("recordings"),
    ));
    let _: Option<ArchiveStorage> = stage.send(request).await;
}

#[tokio::test]
async fn delete_archive_storage() {
    let stage = Stage::of("delete_archive_storage").await;
    let request = DeleteArchiveStorage::new();
    stage.send(request).await;
}

#[tokio::test]
async fn start_archive() {
    let stage = Stage::of("start_archive").await;
    let session_id = stage.session_id();
    let request = StartArchive::new(session_id)
        .name("Weekly")
        .resolution(Resolution::Hd);
    let _: Archive = stage.send(request).await;
}

#[tokio::test]
async fn get_archive() {
    let stage = Stage::of("get_archive").await;
    let archive_id = stage.archive_id();
    let request = GetArchive::new(archive_id);
    let _: Archive = stage.send(request).await;
}

#[tokio::test]
async fn list_archives() {
    let stage = Stage::of("list_archives").await;
    let session_id = stage.session_id();
    let request = ListArchives::new().count(10).session_id(session_id);
    let _: Page<Archive> = stage.send(request).await;
}

#[tokio::test]
async fn stop_archive() {
    let stage = Stage::of("stop_archive").await;
    let archive_id = stage.archive_id();
    let request = StopArchive::new(archive_id);
    let _: Archive = stage.send(request).await;
}

#[tokio::test]
async fn delete_archive() {
    let stage = Stage::of("delete_archive").await;
    let archive_id = stage.archive_id();
    let request = DeleteArchive::new(archive_id);
    stage.send(request).await;
}

#[tokio::test]
async fn set_archive_layout() {
    let stage = Stage::of("set_archive_layout").await;
    let archive_id = stage.archive_id();
    let request = SetArchiveLayout::new(archive_id, Layout::new(LayoutType::Pip));
    let _: Option<Archive> = stage.send(request).await;
}

#[tokio::test]
async fn add_archive_stream() {
    let stage = Stage::of("add_archive_stream").await;
    let archive_id = stage.archive_id();
    let stream_id = stage.stream_id();
    let request = AddArchiveStream::new(archive_id, stream_id).has_video(false);
    stage.send(request).await;
}

#[tokio::test]
async fn remove_archive_stream() {
    let stage = Stage::of("remove_archive_stream").await;
    let archive_id = stage.archive_id();
    let stream_id = stage.stream_id();
    let request = RemoveArchiveStream::new(archive_id, stream_id);
    stage.send(request).await;
}

#[tokio::test]
async fn connect_websocket() {
    let stage = Stage::of("connect_websocket").await;
    let session_id = stage.session_id();
    let token = stage.token();
    let request = ConnectWebsocket::new(
        session_id,
        token,
        Websocket::new("wss://example.com/listen").audio_rate(AudioRate::Hz16000),
    );
    let _: AudioConnector = stage.send(request).await;
}

#[tokio::test]
async fn start_broadcast() {
    let stage = Stage::of("start_broadcast").await;
    let session_id = stage.session_id();
    let request = StartBroadcast::new(
        session_id,
        BroadcastOutputs::new().hls(Hls::new().low_latency(true)),
    )
    .max_duration(3600);
    let _: Broadcast = stage.send(request).await;
}

#[tokio::test]
async fn get_broadcast() {
    let stage = Stage::of("get_broadcast").await;
    let broadcast_id = stage.broadcast_id();
    let request = GetBroadcast::new(broadcast_id);
    let _: Broadcast = stage.send(request).await;
}

#[tokio::test]
async fn list_broadcasts() {
    let stage = Stage::of("list_broadcasts").await;
    let session_id = stage.session_id();
    let request = ListBroadcasts::new().session_id(session_id);
    let _: Page<Broadcast> = stage.send(request).await;
}

#[tokio::test]
async fn stop_broadcast() {
    let stage = Stage::of("stop_broadcast").await;
    let broadcast_id = stage.broadcast_id();
    let request = StopBroadcast::new(broadcast_id);
    let _: Broadcast = stage.send(request).await;
}

#[tokio::test]
async fn set_broadcast_layout() {
    let stage = Stage::of("set_broadcast_layout").await;
    let broadcast_id = stage.broadcast_id();
    let request = SetBroadcastLayout::new(broadcast_id, Layout::new(LayoutType::Pip));
    let _: Option<Broadcast> = stage.send(request).await;
}

#[tokio::test]
async fn add_broadcast_stream() {
    let stage = Stage::of("add_broadcast_stream").await;
    let broadcast_id = stage.broadcast_id();
    let stream_id = stage.stream_id();
    let request = AddBroadcastStream::new(broadcast_id, stream_id);
    stage.send(request).await;
}

#[tokio::test]
async fn remove_broadcast_stream() {
    let stage = Stage::of("remove_broadcast_stream").await;
    let broadcast_id = stage.broadcast_id();
    let stream_id = stage.stream_id();
    let request = RemoveBroadcastStream::new(broadcast_id, stream_id);
    stage.send(request).await;
}

#[tokio::test]
async fn register_callback() {
    let stage = Stage::of("register_callback").await;
    let request = RegisterCallback::new("archive", "status", "https://example.com/hooks");
    let _: Callback = stage.send(request).await;
}

#[tokio::test]
async fn list_callbacks() {
    let stage = Stage::of("list_callbacks").await;
    let request = ListCallbacks::new();
    let _: Vec<Callback> = stage.send(request).await;
}

#[tokio::test]
async fn unregister_callback() {
    let stage = Stage::of("unregister_callback").await;
    let callback_id = stage.callback_id();
    let request = UnregisterCallback::new(callback_id);
    stage.send(request).await;
}

#[tokio::test]
async fn start_captions() {
    let stage = Stage::of("start_captions").await;
    let session_id = stage.session_id();
    let token = stage.token();
    let request = StartCaptions::new(session_id, token).language_code(CaptionsLanguage::EnGb);
    let _: Captions = stage.send(request).await;
}

#[tokio::test]
async fn stop_captions() {
    let stage = Stage::of("stop_captions").await;
    let captions_id = stage.captions_id();
    let request = StopCaptions::new(captions_id);
    stage.send(request).await;
}

#[tokio::test]
async fn list_connections() {
    let stage = Stage::of("list_connections").await;
    let session_id = stage.session_id();
    let request = ListConnections::new(session_id);
    let _: ConnectionList = stage.send(request).await;
}

#[tokio::test]
async fn force_disconnect() {
    let stage = Stage::of("force_disconnect").await;
    let connection_id = stage.connection_id();
    let session_id = stage.session_id();
    let request = ForceDisconnect::new(session_id, connection_id);
    stage.send(request).await;
}

#[tokio::test]
async fn mute_stream() {
    let stage = Stage::of("mute_stream").await;
    let session_id = stage.session_id();
    let stream_id = stage.stream_id();
    let request = MuteStream::new(session_id, stream_id);
    let _: ProjectDetails = stage.send(request).await;
}

#[tokio::test]
async fn mute_all() {
    let stage = Stage::of("mute_all").await;
    let session_id = stage.session_id();
    let stream_id = stage.stream_id();
    let request = MuteAll::new(session_id).excluded_stream_ids([stream_id]);
    let _: ProjectDetails = stage.send(request).await;
}

#[tokio::test]
async fn disable_force_mute() {
    let stage = Stage::of("disable_force_mute").await;
    let session_id = stage.session_id();
    let request = DisableForceMute::new(session_id);
    let _: ProjectDetails = stage.send(request).await;
}

#[tokio::test]
async fn create_project() {
    let stage = Stage::of("create_project").await;
    let request = CreateProject::new().name("Staging");
    let _: Project = stage.send(request).await;
}

#[tokio::test]
async fn list_projects() {
    let stage = Stage::of("list_projects").await;
    let request = ListProjects::new();
    let _: Vec<Project> = stage.send(request).await;
}

#[tokio::test]
async fn get_project() {
    let stage = Stage::of("get_project").await;
    let project_id = stage.project_id();
    let request = GetProject::new(project_id);
    let _: Project = stage.send(request).await;
}

#[tokio::test]
async fn set_project_status() {
    let stage = Stage::of("set_project_status").await;
    let project_id = stage.project_id();
    let request = SetProjectStatus::new(project_id, ProjectStatus::Suspended);
    let _: Project = stage.send(request).await;
}

#[tokio::test]
async fn delete_project() {
    let stage = Stage::of("delete_project").await;
    let project_id = stage.project_id();
    let request = DeleteProject::new(project_id);
    stage.send(request).await;
}

#[tokio::test]
async fn refresh_project_secret() {
    let stage = Stage::of("refresh_project_secret").await;
    let project_id = stage.project_id();
    let request = RefreshProjectSecret::new(project_id);
    let _: Project = stage.send(request).await;
}

#[tokio::test]
async fn start_render() {
    let stage = Stage::of("start_render").await;
    let session_id = stage.session_id();
    let token = stage.token();
    let request = StartRender::new(session_id, token, "https://example.com/room");
    let _: Render = stage.send(request).await;
}

#[tokio::test]
async fn get_render() {
    let stage = Stage::of("get_render").await;
    let render_id = stage.render_id();
    let request = GetRender::new(render_id);
    let _: Render = stage.send(request).await;
}

#[tokio::test]
async fn list_renders() {
    let stage = Stage::of("list_renders").await;
    let request = ListRenders::new();
    let _: Page<Render> = stage.send(request).await;
}

#[tokio::test]
async fn stop_render() {
    let stage = Stage::of("stop_render").await;
    let render_id = stage.render_id();
    let request = StopRender::new(render_id);
    stage.send(request).await;
}

#[tokio::test]
async fn create_session() {
    let stage = Stage::of("create_session").await;
    let request = CreateSession::new().archive_mode(ArchiveMode::Always);
    let _: Session = stage.send(request).await;
}

#[tokio::test]
async fn signal_session() {
    let stage = Stage::of("signal_session").await;
    let session_id = stage.session_id();
    let request = SignalSession::new(session_id, "hello").kind("chat");
    stage.send(request).await;
}

#[tokio::test]
async fn signal_connection() {
    let stage = Stage::of("signal_connection").await;
    let connection_id = stage.connection_id();
    let session_id = stage.session_id();
    let request = SignalConnection::new(session_id, connection_id, "hello").kind("chat");
    stage.send(request).await;
}

#[tokio::test]
async fn dial() {
    let stage = Stage::of("dial").await;
    let session_id = stage.session_id();
    let token = stage.token();
    let request = Dial::new(
        session_id,
        token,
        SipTarget::new("sip:user@example.com").secure(true),
    );
    let _: SipCall = stage.send(request).await;
}

#[tokio::test]
async fn play_dtmf_session() {
    let stage = Stage::of("play_dtmf_session").await;
    let session_id = stage.session_id();
    let request = PlayDtmfSession::new(session_id, "1234#");
    stage.send(request).await;
}

#[tokio::test]
async fn play_dtmf_connection() {
    let stage = Stage::of("play_dtmf_connection").await;
    let connection_id = stage.connection_id();
    let session_id = stage.session_id();
    let request = PlayDtmfConnection::new(session_id, connection_id, "1234#");
    stage.send(request).await;
}

#[tokio::test]
async fn list_streams() {
    let stage = Stage::of("list_streams").await;
    let session_id = stage.session_id();
    let request = ListStreams::new(session_id);
    let _: Page<Stream> = stage.send(request).await;
}

#[tokio::test]
async fn get_stream() {
    let stage = Stage::of("get_stream").await;
    let session_id = stage.session_id();
    let stream_id = stage.stream_id();
    let request = GetStream::new(session_id, stream_id);
    let _: Stream = stage.send(request).await;
}

#[tokio::test]
async fn set_stream_class_lists() {
    let stage = Stage::of("set_stream_class_lists").await;
    let session_id = stage.session_id();
    let stream_id = stage.stream_id();
    let request =
        SetStreamClassLists::new(session_id, [StreamClassList::new(stream_id, ["focus"])]);
    let _: Page<Stream> = stage.send(request).await;
}
