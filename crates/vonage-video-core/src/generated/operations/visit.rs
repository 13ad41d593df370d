// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

use crate::operation::Operation;

/// A generic function over operation types, for [`visit`].
pub trait Visitor {
    /// What [`visit`](Self::visit) returns.
    type Output;

    /// Called with the operation's type.
    fn visit<O: Operation>(self) -> Self::Output;
}

/// Calls the visitor with the type of the operation of this name, such as `start_archive`. Returns
/// `None` if there is no such operation.
pub fn visit<V: Visitor>(id: &str, visitor: V) -> Option<V::Output> {
    Some(match id {
        "set_archive_storage" => visitor.visit::<super::SetArchiveStorage>(),
        "delete_archive_storage" => visitor.visit::<super::DeleteArchiveStorage>(),
        "start_archive" => visitor.visit::<super::StartArchive>(),
        "get_archive" => visitor.visit::<super::GetArchive>(),
        "list_archives" => visitor.visit::<super::ListArchives>(),
        "stop_archive" => visitor.visit::<super::StopArchive>(),
        "delete_archive" => visitor.visit::<super::DeleteArchive>(),
        "set_archive_layout" => visitor.visit::<super::SetArchiveLayout>(),
        "add_archive_stream" => visitor.visit::<super::AddArchiveStream>(),
        "remove_archive_stream" => visitor.visit::<super::RemoveArchiveStream>(),
        "connect_websocket" => visitor.visit::<super::ConnectWebsocket>(),
        "start_broadcast" => visitor.visit::<super::StartBroadcast>(),
        "get_broadcast" => visitor.visit::<super::GetBroadcast>(),
        "list_broadcasts" => visitor.visit::<super::ListBroadcasts>(),
        "stop_broadcast" => visitor.visit::<super::StopBroadcast>(),
        "set_broadcast_layout" => visitor.visit::<super::SetBroadcastLayout>(),
        "add_broadcast_stream" => visitor.visit::<super::AddBroadcastStream>(),
        "remove_broadcast_stream" => visitor.visit::<super::RemoveBroadcastStream>(),
        "register_callback" => visitor.visit::<super::RegisterCallback>(),
        "list_callbacks" => visitor.visit::<super::ListCallbacks>(),
        "unregister_callback" => visitor.visit::<super::UnregisterCallback>(),
        "start_captions" => visitor.visit::<super::StartCaptions>(),
        "stop_captions" => visitor.visit::<super::StopCaptions>(),
        "list_connections" => visitor.visit::<super::ListConnections>(),
        "force_disconnect" => visitor.visit::<super::ForceDisconnect>(),
        "mute_stream" => visitor.visit::<super::MuteStream>(),
        "mute_all" => visitor.visit::<super::MuteAll>(),
        "disable_force_mute" => visitor.visit::<super::DisableForceMute>(),
        "create_project" => visitor.visit::<super::CreateProject>(),
        "list_projects" => visitor.visit::<super::ListProjects>(),
        "get_project" => visitor.visit::<super::GetProject>(),
        "set_project_status" => visitor.visit::<super::SetProjectStatus>(),
        "delete_project" => visitor.visit::<super::DeleteProject>(),
        "refresh_project_secret" => visitor.visit::<super::RefreshProjectSecret>(),
        "start_render" => visitor.visit::<super::StartRender>(),
        "get_render" => visitor.visit::<super::GetRender>(),
        "list_renders" => visitor.visit::<super::ListRenders>(),
        "stop_render" => visitor.visit::<super::StopRender>(),
        "create_session" => visitor.visit::<super::CreateSession>(),
        "signal_session" => visitor.visit::<super::SignalSession>(),
        "signal_connection" => visitor.visit::<super::SignalConnection>(),
        "dial" => visitor.visit::<super::Dial>(),
        "play_dtmf_session" => visitor.visit::<super::PlayDtmfSession>(),
        "play_dtmf_connection" => visitor.visit::<super::PlayDtmfConnection>(),
        "list_streams" => visitor.visit::<super::ListStreams>(),
        "get_stream" => visitor.visit::<super::GetStream>(),
        "set_stream_class_lists" => visitor.visit::<super::SetStreamClassLists>(),
        _ => return None,
    })
}
