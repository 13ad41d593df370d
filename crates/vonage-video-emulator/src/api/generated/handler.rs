// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

use http::StatusCode;
use vonage_video_core::{
    Matched, Page,
    models::{
        Archive, ArchiveStorage, AudioConnector, Broadcast, Callback, Captions, ConnectionList,
        Project, ProjectDetails, Render, Session, SipCall, Stream,
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

use crate::api::reply::{Answer, Caller, Refusal, Reply, answer};

/// Answers every operation.
pub(crate) trait Handler {
    /// `PUT /v2/project/{project}/archive/storage`
    fn set_archive_storage(
        &self,
        caller: &Caller,
        request: SetArchiveStorage,
    ) -> Reply<Option<ArchiveStorage>>;

    /// `DELETE /v2/project/{project}/archive/storage`
    fn delete_archive_storage(&self, caller: &Caller, request: DeleteArchiveStorage) -> Reply<()>;

    /// `POST /v2/project/{project}/archive`
    fn start_archive(&self, caller: &Caller, request: StartArchive) -> Reply<Archive>;

    /// `GET /v2/project/{project}/archive/{archiveId}`
    fn get_archive(&self, caller: &Caller, request: GetArchive) -> Reply<Archive>;

    /// `GET /v2/project/{project}/archive`
    fn list_archives(&self, caller: &Caller, request: ListArchives) -> Reply<Page<Archive>>;

    /// `POST /v2/project/{project}/archive/{archiveId}/stop`
    fn stop_archive(&self, caller: &Caller, request: StopArchive) -> Reply<Archive>;

    /// `DELETE /v2/project/{project}/archive/{archiveId}`
    fn delete_archive(&self, caller: &Caller, request: DeleteArchive) -> Reply<()>;

    /// `PUT /v2/project/{project}/archive/{archiveId}/layout`
    fn set_archive_layout(
        &self,
        caller: &Caller,
        request: SetArchiveLayout,
    ) -> Reply<Option<Archive>>;

    /// `PATCH /v2/project/{project}/archive/{archiveId}/streams`
    fn add_archive_stream(&self, caller: &Caller, request: AddArchiveStream) -> Reply<()>;

    /// `PATCH /v2/project/{project}/archive/{archiveId}/streams`
    fn remove_archive_stream(&self, caller: &Caller, request: RemoveArchiveStream) -> Reply<()>;

    /// `POST /v2/project/{project}/connect`
    fn connect_websocket(
        &self,
        caller: &Caller,
        request: ConnectWebsocket,
    ) -> Reply<AudioConnector>;

    /// `POST /v2/project/{project}/broadcast`
    fn start_broadcast(&self, caller: &Caller, request: StartBroadcast) -> Reply<Broadcast>;

    /// `GET /v2/project/{project}/broadcast/{broadcastId}`
    fn get_broadcast(&self, caller: &Caller, request: GetBroadcast) -> Reply<Broadcast>;

    /// `GET /v2/project/{project}/broadcast`
    fn list_broadcasts(&self, caller: &Caller, request: ListBroadcasts) -> Reply<Page<Broadcast>>;

    /// `POST /v2/project/{project}/broadcast/{broadcastId}/stop`
    fn stop_broadcast(&self, caller: &Caller, request: StopBroadcast) -> Reply<Broadcast>;

    /// `PUT /v2/project/{project}/broadcast/{broadcastId}/layout`
    fn set_broadcast_layout(
        &self,
        caller: &Caller,
        request: SetBroadcastLayout,
    ) -> Reply<Option<Broadcast>>;

    /// `PATCH /v2/project/{project}/broadcast/{broadcastId}/streams`
    fn add_broadcast_stream(&self, caller: &Caller, request: AddBroadcastStream) -> Reply<()>;

    /// `PATCH /v2/project/{project}/broadcast/{broadcastId}/streams`
    fn remove_broadcast_stream(&self, caller: &Caller, request: RemoveBroadcastStream)
    -> Reply<()>;

    /// `POST /v2/project/{project}/callback`
    fn register_callback(&self, caller: &Caller, request: RegisterCallback) -> Reply<Callback>;

    /// `GET /v2/project/{project}/callback`
    fn list_callbacks(&self, caller: &Caller, request: ListCallbacks) -> Reply<Vec<Callback>>;

    /// `DELETE /v2/project/{project}/callback/{callbackId}`
    fn unregister_callback(&self, caller: &Caller, request: UnregisterCallback) -> Reply<()>;

    /// `POST /v2/project/{project}/captions`
    fn start_captions(&self, caller: &Caller, request: StartCaptions) -> Reply<Captions>;

    /// `POST /v2/project/{project}/captions/{captionsId}/stop`
    fn stop_captions(&self, caller: &Caller, request: StopCaptions) -> Reply<()>;

    /// `GET /v2/project/{project}/session/{sessionId}/connection`
    fn list_connections(&self, caller: &Caller, request: ListConnections) -> Reply<ConnectionList>;

    /// `DELETE /v2/project/{project}/session/{sessionId}/connection/{connectionId}`
    fn force_disconnect(&self, caller: &Caller, request: ForceDisconnect) -> Reply<()>;

    /// `POST /v2/project/{project}/session/{sessionId}/stream/{streamId}/mute`
    fn mute_stream(&self, caller: &Caller, request: MuteStream) -> Reply<ProjectDetails>;

    /// `POST /v2/project/{project}/session/{sessionId}/mute`
    fn mute_all(&self, caller: &Caller, request: MuteAll) -> Reply<ProjectDetails>;

    /// `POST /v2/project/{project}/session/{sessionId}/mute`
    fn disable_force_mute(
        &self,
        caller: &Caller,
        request: DisableForceMute,
    ) -> Reply<ProjectDetails>;

    /// `POST /v2/project`
    fn create_project(&self, caller: &Caller, request: CreateProject) -> Reply<Project>;

    /// `GET /v2/project`
    fn list_projects(&self, caller: &Caller, request: ListProjects) -> Reply<Vec<Project>>;

    /// `GET /v2/project/{projectId}`
    fn get_project(&self, caller: &Caller, request: GetProject) -> Reply<Project>;

    /// `PUT /v2/project/{projectId}`
    fn set_project_status(&self, caller: &Caller, request: SetProjectStatus) -> Reply<Project>;

    /// `DELETE /v2/project/{projectId}`
    fn delete_project(&self, caller: &Caller, request: DeleteProject) -> Reply<()>;

    /// `POST /v2/project/{projectId}/refreshSecret`
    fn refresh_project_secret(
        &self,
        caller: &Caller,
        request: RefreshProjectSecret,
    ) -> Reply<Project>;

    /// `POST /v2/project/{project}/render`
    fn start_render(&self, caller: &Caller, request: StartRender) -> Reply<Render>;

    /// `GET /v2/project/{project}/render/{renderId}`
    fn get_render(&self, caller: &Caller, request: GetRender) -> Reply<Render>;

    /// `GET /v2/project/{project}/render`
    fn list_renders(&self, caller: &Caller, request: ListRenders) -> Reply<Page<Render>>;

    /// `DELETE /v2/project/{project}/render/{renderId}`
    fn stop_render(&self, caller: &Caller, request: StopRender) -> Reply<()>;

    /// `POST /session/create`
    fn create_session(&self, caller: &Caller, request: CreateSession) -> Reply<Session>;

    /// `POST /v2/project/{project}/session/{sessionId}/signal`
    fn signal_session(&self, caller: &Caller, request: SignalSession) -> Reply<()>;

    /// `POST /v2/project/{project}/session/{sessionId}/connection/{connectionId}/signal`
    fn signal_connection(&self, caller: &Caller, request: SignalConnection) -> Reply<()>;

    /// `POST /v2/project/{project}/dial`
    fn dial(&self, caller: &Caller, request: Dial) -> Reply<SipCall>;

    /// `POST /v2/project/{project}/session/{sessionId}/play-dtmf`
    fn play_dtmf_session(&self, caller: &Caller, request: PlayDtmfSession) -> Reply<()>;

    /// `POST /v2/project/{project}/session/{sessionId}/connection/{connectionId}/play-dtmf`
    fn play_dtmf_connection(&self, caller: &Caller, request: PlayDtmfConnection) -> Reply<()>;

    /// `GET /v2/project/{project}/session/{sessionId}/stream`
    fn list_streams(&self, caller: &Caller, request: ListStreams) -> Reply<Page<Stream>>;

    /// `GET /v2/project/{project}/session/{sessionId}/stream/{streamId}`
    fn get_stream(&self, caller: &Caller, request: GetStream) -> Reply<Stream>;

    /// `PUT /v2/project/{project}/session/{sessionId}/stream`
    fn set_stream_class_lists(
        &self,
        caller: &Caller,
        request: SetStreamClassLists,
    ) -> Reply<Page<Stream>>;
}

/// Finds the method of an operation and lets it answer.
pub(crate) fn dispatch(handler: &impl Handler, caller: &Caller, matched: &Matched) -> Answer {
    match matched.meta.id {
        "set_archive_storage" => answer(matched, |it| handler.set_archive_storage(caller, it)),
        "delete_archive_storage" => {
            answer(matched, |it| handler.delete_archive_storage(caller, it))
        }
        "start_archive" => answer(matched, |it| handler.start_archive(caller, it)),
        "get_archive" => answer(matched, |it| handler.get_archive(caller, it)),
        "list_archives" => answer(matched, |it| handler.list_archives(caller, it)),
        "stop_archive" => answer(matched, |it| handler.stop_archive(caller, it)),
        "delete_archive" => answer(matched, |it| handler.delete_archive(caller, it)),
        "set_archive_layout" => answer(matched, |it| handler.set_archive_layout(caller, it)),
        "add_archive_stream" => answer(matched, |it| handler.add_archive_stream(caller, it)),
        "remove_archive_stream" => answer(matched, |it| handler.remove_archive_stream(caller, it)),
        "connect_websocket" => answer(matched, |it| handler.connect_websocket(caller, it)),
        "start_broadcast" => answer(matched, |it| handler.start_broadcast(caller, it)),
        "get_broadcast" => answer(matched, |it| handler.get_broadcast(caller, it)),
        "list_broadcasts" => answer(matched, |it| handler.list_broadcasts(caller, it)),
        "stop_broadcast" => answer(matched, |it| handler.stop_broadcast(caller, it)),
        "set_broadcast_layout" => answer(matched, |it| handler.set_broadcast_layout(caller, it)),
        "add_broadcast_stream" => answer(matched, |it| handler.add_broadcast_stream(caller, it)),
        "remove_broadcast_stream" => {
            answer(matched, |it| handler.remove_broadcast_stream(caller, it))
        }
        "register_callback" => answer(matched, |it| handler.register_callback(caller, it)),
        "list_callbacks" => answer(matched, |it| handler.list_callbacks(caller, it)),
        "unregister_callback" => answer(matched, |it| handler.unregister_callback(caller, it)),
        "start_captions" => answer(matched, |it| handler.start_captions(caller, it)),
        "stop_captions" => answer(matched, |it| handler.stop_captions(caller, it)),
        "list_connections" => answer(matched, |it| handler.list_connections(caller, it)),
        "force_disconnect" => answer(matched, |it| handler.force_disconnect(caller, it)),
        "mute_stream" => answer(matched, |it| handler.mute_stream(caller, it)),
        "mute_all" => answer(matched, |it| handler.mute_all(caller, it)),
        "disable_force_mute" => answer(matched, |it| handler.disable_force_mute(caller, it)),
        "create_project" => answer(matched, |it| handler.create_project(caller, it)),
        "list_projects" => answer(matched, |it| handler.list_projects(caller, it)),
        "get_project" => answer(matched, |it| handler.get_project(caller, it)),
        "set_project_status" => answer(matched, |it| handler.set_project_status(caller, it)),
        "delete_project" => answer(matched, |it| handler.delete_project(caller, it)),
        "refresh_project_secret" => {
            answer(matched, |it| handler.refresh_project_secret(caller, it))
        }
        "start_render" => answer(matched, |it| handler.start_render(caller, it)),
        "get_render" => answer(matched, |it| handler.get_render(caller, it)),
        "list_renders" => answer(matched, |it| handler.list_renders(caller, it)),
        "stop_render" => answer(matched, |it| handler.stop_render(caller, it)),
        "create_session" => answer(matched, |it| handler.create_session(caller, it)),
        "signal_session" => answer(matched, |it| handler.signal_session(caller, it)),
        "signal_connection" => answer(matched, |it| handler.signal_connection(caller, it)),
        "dial" => answer(matched, |it| handler.dial(caller, it)),
        "play_dtmf_session" => answer(matched, |it| handler.play_dtmf_session(caller, it)),
        "play_dtmf_connection" => answer(matched, |it| handler.play_dtmf_connection(caller, it)),
        "list_streams" => answer(matched, |it| handler.list_streams(caller, it)),
        "get_stream" => answer(matched, |it| handler.get_stream(caller, it)),
        "set_stream_class_lists" => {
            answer(matched, |it| handler.set_stream_class_lists(caller, it))
        }
        // Routes and handlers are made from one contract.
        unknown => Answer::Refusal(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("the emulator has no operation {unknown}"),
        )),
    }
}
