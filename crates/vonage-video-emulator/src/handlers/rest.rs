//! Operations that are still to come.

use vonage_video_core::{Page, models::*, operations::*};

use crate::{
    handler::{Caller, Refusal, Reply},
    world::World,
};

macro_rules! later {
    ($($operation:ident: $request:ty => $answer:ty;)*) => {
        impl World {$(
            pub(super) fn $operation(&mut self, _: &Caller, _: $request) -> Reply<$answer> {
                Err(Refusal::new(http::StatusCode::NOT_IMPLEMENTED, "not emulated yet"))
            }
        )*}
    };
}

later! {
    set_archive_storage: SetArchiveStorage => Option<ArchiveStorage>;
    delete_archive_storage: DeleteArchiveStorage => ();
    start_broadcast: StartBroadcast => Broadcast;
    get_broadcast: GetBroadcast => Broadcast;
    list_broadcasts: ListBroadcasts => Page<Broadcast>;
    stop_broadcast: StopBroadcast => Broadcast;
    set_broadcast_layout: SetBroadcastLayout => Option<Broadcast>;
    add_broadcast_stream: AddBroadcastStream => ();
    remove_broadcast_stream: RemoveBroadcastStream => ();
    start_captions: StartCaptions => Captions;
    stop_captions: StopCaptions => ();
    start_render: StartRender => Render;
    get_render: GetRender => Render;
    list_renders: ListRenders => Page<Render>;
    stop_render: StopRender => ();
    dial: Dial => SipCall;
    play_dtmf_session: PlayDtmfSession => ();
    play_dtmf_connection: PlayDtmfConnection => ();
    connect_websocket: ConnectWebsocket => AudioConnector;
    register_callback: RegisterCallback => Callback;
    list_callbacks: ListCallbacks => Vec<Callback>;
    unregister_callback: UnregisterCallback => ();
    create_project: CreateProject => Project;
    list_projects: ListProjects => Vec<Project>;
    get_project: GetProject => Project;
    set_project_status: SetProjectStatus => Project;
    delete_project: DeleteProject => ();
    refresh_project_secret: RefreshProjectSecret => Project;
}
