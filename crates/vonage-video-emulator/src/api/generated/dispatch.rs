// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

use http::StatusCode;
use vonage_video_core::{
    Matched,
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

use crate::api::{
    operations::Operations,
    refusal::{ApiResult, Refusal},
    respond::{Success, as_json},
};

/// Calls the handler of a request's operation: the method of the same name.
pub(crate) fn dispatch(operations: &mut Operations<'_>, matched: &Matched) -> ApiResult<Success> {
    match matched.meta.id {
        "set_archive_storage" => {
            as_json::<SetArchiveStorage>(matched, |it| operations.set_archive_storage(it))
        }
        "delete_archive_storage" => {
            as_json::<DeleteArchiveStorage>(matched, |it| operations.delete_archive_storage(it))
        }
        "start_archive" => as_json::<StartArchive>(matched, |it| operations.start_archive(it)),
        "get_archive" => as_json::<GetArchive>(matched, |it| operations.get_archive(it)),
        "list_archives" => as_json::<ListArchives>(matched, |it| operations.list_archives(it)),
        "stop_archive" => as_json::<StopArchive>(matched, |it| operations.stop_archive(it)),
        "delete_archive" => as_json::<DeleteArchive>(matched, |it| operations.delete_archive(it)),
        "set_archive_layout" => {
            as_json::<SetArchiveLayout>(matched, |it| operations.set_archive_layout(it))
        }
        "add_archive_stream" => {
            as_json::<AddArchiveStream>(matched, |it| operations.add_archive_stream(it))
        }
        "remove_archive_stream" => {
            as_json::<RemoveArchiveStream>(matched, |it| operations.remove_archive_stream(it))
        }
        "connect_websocket" => {
            as_json::<ConnectWebsocket>(matched, |it| operations.connect_websocket(it))
        }
        "start_broadcast" => {
            as_json::<StartBroadcast>(matched, |it| operations.start_broadcast(it))
        }
        "get_broadcast" => as_json::<GetBroadcast>(matched, |it| operations.get_broadcast(it)),
        "list_broadcasts" => {
            as_json::<ListBroadcasts>(matched, |it| operations.list_broadcasts(it))
        }
        "stop_broadcast" => as_json::<StopBroadcast>(matched, |it| operations.stop_broadcast(it)),
        "set_broadcast_layout" => {
            as_json::<SetBroadcastLayout>(matched, |it| operations.set_broadcast_layout(it))
        }
        "add_broadcast_stream" => {
            as_json::<AddBroadcastStream>(matched, |it| operations.add_broadcast_stream(it))
        }
        "remove_broadcast_stream" => {
            as_json::<RemoveBroadcastStream>(matched, |it| operations.remove_broadcast_stream(it))
        }
        "register_callback" => {
            as_json::<RegisterCallback>(matched, |it| operations.register_callback(it))
        }
        "list_callbacks" => as_json::<ListCallbacks>(matched, |it| operations.list_callbacks(it)),
        "unregister_callback" => {
            as_json::<UnregisterCallback>(matched, |it| operations.unregister_callback(it))
        }
        "start_captions" => as_json::<StartCaptions>(matched, |it| operations.start_captions(it)),
        "stop_captions" => as_json::<StopCaptions>(matched, |it| operations.stop_captions(it)),
        "list_connections" => {
            as_json::<ListConnections>(matched, |it| operations.list_connections(it))
        }
        "force_disconnect" => {
            as_json::<ForceDisconnect>(matched, |it| operations.force_disconnect(it))
        }
        "mute_stream" => as_json::<MuteStream>(matched, |it| operations.mute_stream(it)),
        "mute_all" => as_json::<MuteAll>(matched, |it| operations.mute_all(it)),
        "disable_force_mute" => {
            as_json::<DisableForceMute>(matched, |it| operations.disable_force_mute(it))
        }
        "create_project" => as_json::<CreateProject>(matched, |it| operations.create_project(it)),
        "list_projects" => as_json::<ListProjects>(matched, |it| operations.list_projects(it)),
        "get_project" => as_json::<GetProject>(matched, |it| operations.get_project(it)),
        "set_project_status" => {
            as_json::<SetProjectStatus>(matched, |it| operations.set_project_status(it))
        }
        "delete_project" => as_json::<DeleteProject>(matched, |it| operations.delete_project(it)),
        "refresh_project_secret" => {
            as_json::<RefreshProjectSecret>(matched, |it| operations.refresh_project_secret(it))
        }
        "start_render" => as_json::<StartRender>(matched, |it| operations.start_render(it)),
        "get_render" => as_json::<GetRender>(matched, |it| operations.get_render(it)),
        "list_renders" => as_json::<ListRenders>(matched, |it| operations.list_renders(it)),
        "stop_render" => as_json::<StopRender>(matched, |it| operations.stop_render(it)),
        "create_session" => as_json::<CreateSession>(matched, |it| operations.create_session(it)),
        "signal_session" => as_json::<SignalSession>(matched, |it| operations.signal_session(it)),
        "signal_connection" => {
            as_json::<SignalConnection>(matched, |it| operations.signal_connection(it))
        }
        "dial" => as_json::<Dial>(matched, |it| operations.dial(it)),
        "play_dtmf_session" => {
            as_json::<PlayDtmfSession>(matched, |it| operations.play_dtmf_session(it))
        }
        "play_dtmf_connection" => {
            as_json::<PlayDtmfConnection>(matched, |it| operations.play_dtmf_connection(it))
        }
        "list_streams" => as_json::<ListStreams>(matched, |it| operations.list_streams(it)),
        "get_stream" => as_json::<GetStream>(matched, |it| operations.get_stream(it)),
        "set_stream_class_lists" => {
            as_json::<SetStreamClassLists>(matched, |it| operations.set_stream_class_lists(it))
        }
        // Routes and handlers are generated from the same contract.
        unknown => Err(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("the emulator does not implement the operation {unknown}"),
        )),
    }
}
