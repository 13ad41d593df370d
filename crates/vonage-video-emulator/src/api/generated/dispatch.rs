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

use crate::{
    api::reply::{Answer, Caller, Refusal, answer},
    world::World,
};

/// Calls the handler of a request's operation: the method of the same name.
pub(crate) fn dispatch(world: &mut World, caller: &Caller, matched: &Matched) -> Answer {
    match matched.meta.id {
        "set_archive_storage" => {
            answer::<SetArchiveStorage>(matched, |it| world.set_archive_storage(caller, it))
        }
        "delete_archive_storage" => {
            answer::<DeleteArchiveStorage>(matched, |it| world.delete_archive_storage(caller, it))
        }
        "start_archive" => answer::<StartArchive>(matched, |it| world.start_archive(caller, it)),
        "get_archive" => answer::<GetArchive>(matched, |it| world.get_archive(caller, it)),
        "list_archives" => answer::<ListArchives>(matched, |it| world.list_archives(caller, it)),
        "stop_archive" => answer::<StopArchive>(matched, |it| world.stop_archive(caller, it)),
        "delete_archive" => answer::<DeleteArchive>(matched, |it| world.delete_archive(caller, it)),
        "set_archive_layout" => {
            answer::<SetArchiveLayout>(matched, |it| world.set_archive_layout(caller, it))
        }
        "add_archive_stream" => {
            answer::<AddArchiveStream>(matched, |it| world.add_archive_stream(caller, it))
        }
        "remove_archive_stream" => {
            answer::<RemoveArchiveStream>(matched, |it| world.remove_archive_stream(caller, it))
        }
        "connect_websocket" => {
            answer::<ConnectWebsocket>(matched, |it| world.connect_websocket(caller, it))
        }
        "start_broadcast" => {
            answer::<StartBroadcast>(matched, |it| world.start_broadcast(caller, it))
        }
        "get_broadcast" => answer::<GetBroadcast>(matched, |it| world.get_broadcast(caller, it)),
        "list_broadcasts" => {
            answer::<ListBroadcasts>(matched, |it| world.list_broadcasts(caller, it))
        }
        "stop_broadcast" => answer::<StopBroadcast>(matched, |it| world.stop_broadcast(caller, it)),
        "set_broadcast_layout" => {
            answer::<SetBroadcastLayout>(matched, |it| world.set_broadcast_layout(caller, it))
        }
        "add_broadcast_stream" => {
            answer::<AddBroadcastStream>(matched, |it| world.add_broadcast_stream(caller, it))
        }
        "remove_broadcast_stream" => {
            answer::<RemoveBroadcastStream>(matched, |it| world.remove_broadcast_stream(caller, it))
        }
        "register_callback" => {
            answer::<RegisterCallback>(matched, |it| world.register_callback(caller, it))
        }
        "list_callbacks" => answer::<ListCallbacks>(matched, |it| world.list_callbacks(caller, it)),
        "unregister_callback" => {
            answer::<UnregisterCallback>(matched, |it| world.unregister_callback(caller, it))
        }
        "start_captions" => answer::<StartCaptions>(matched, |it| world.start_captions(caller, it)),
        "stop_captions" => answer::<StopCaptions>(matched, |it| world.stop_captions(caller, it)),
        "list_connections" => {
            answer::<ListConnections>(matched, |it| world.list_connections(caller, it))
        }
        "force_disconnect" => {
            answer::<ForceDisconnect>(matched, |it| world.force_disconnect(caller, it))
        }
        "mute_stream" => answer::<MuteStream>(matched, |it| world.mute_stream(caller, it)),
        "mute_all" => answer::<MuteAll>(matched, |it| world.mute_all(caller, it)),
        "disable_force_mute" => {
            answer::<DisableForceMute>(matched, |it| world.disable_force_mute(caller, it))
        }
        "create_project" => answer::<CreateProject>(matched, |it| world.create_project(caller, it)),
        "list_projects" => answer::<ListProjects>(matched, |it| world.list_projects(caller, it)),
        "get_project" => answer::<GetProject>(matched, |it| world.get_project(caller, it)),
        "set_project_status" => {
            answer::<SetProjectStatus>(matched, |it| world.set_project_status(caller, it))
        }
        "delete_project" => answer::<DeleteProject>(matched, |it| world.delete_project(caller, it)),
        "refresh_project_secret" => {
            answer::<RefreshProjectSecret>(matched, |it| world.refresh_project_secret(caller, it))
        }
        "start_render" => answer::<StartRender>(matched, |it| world.start_render(caller, it)),
        "get_render" => answer::<GetRender>(matched, |it| world.get_render(caller, it)),
        "list_renders" => answer::<ListRenders>(matched, |it| world.list_renders(caller, it)),
        "stop_render" => answer::<StopRender>(matched, |it| world.stop_render(caller, it)),
        "create_session" => answer::<CreateSession>(matched, |it| world.create_session(caller, it)),
        "signal_session" => answer::<SignalSession>(matched, |it| world.signal_session(caller, it)),
        "signal_connection" => {
            answer::<SignalConnection>(matched, |it| world.signal_connection(caller, it))
        }
        "dial" => answer::<Dial>(matched, |it| world.dial(caller, it)),
        "play_dtmf_session" => {
            answer::<PlayDtmfSession>(matched, |it| world.play_dtmf_session(caller, it))
        }
        "play_dtmf_connection" => {
            answer::<PlayDtmfConnection>(matched, |it| world.play_dtmf_connection(caller, it))
        }
        "list_streams" => answer::<ListStreams>(matched, |it| world.list_streams(caller, it)),
        "get_stream" => answer::<GetStream>(matched, |it| world.get_stream(caller, it)),
        "set_stream_class_lists" => {
            answer::<SetStreamClassLists>(matched, |it| world.set_stream_class_lists(caller, it))
        }
        // Routes and handlers are generated from the same contract.
        unknown => Answer::Refusal(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("the emulator does not implement the operation {unknown}"),
        )),
    }
}
