//! What each operation does: one file a resource.

mod archive_storage;
mod archives;
mod audio_connector;
mod broadcasts;
mod callbacks;
mod captions;
mod connections;
mod moderation;
mod projects;
mod renders;
mod sessions;
mod signals;
mod sip;
mod streams;

use std::cell::RefCell;

use vonage_video_core::{
    Page, SessionId, StreamId,
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

use crate::{
    api::{
        generated::handler::Handler,
        reply::{Caller, Refusal, Reply},
    },
    world::{self as state, World, admission::Pass, records::ListOf},
};

pub(crate) use signals::refused;

/// The world while one request is answered.
pub(crate) struct Desk<'w>(pub(crate) RefCell<&'w mut World>);

/// Each operation is answered by the method of its name on [`World`].
macro_rules! answered_by_the_world {
    ($($operation:ident: $request:ty => $answer:ty;)*) => {
        impl Handler for Desk<'_> {$(
            fn $operation(&self, caller: &Caller, request: $request) -> Reply<$answer> {
                self.0.borrow_mut().$operation(caller, request)
            }
        )*}
    };
}

answered_by_the_world! {
    create_session: CreateSession => Session;
    list_streams: ListStreams => Page<Stream>;
    get_stream: GetStream => Stream;
    set_stream_class_lists: SetStreamClassLists => Page<Stream>;
    list_connections: ListConnections => ConnectionList;
    force_disconnect: ForceDisconnect => ();
    signal_session: SignalSession => ();
    signal_connection: SignalConnection => ();
    mute_stream: MuteStream => ProjectDetails;
    mute_all: MuteAll => ProjectDetails;
    disable_force_mute: DisableForceMute => ProjectDetails;
    start_archive: StartArchive => Archive;
    get_archive: GetArchive => Archive;
    list_archives: ListArchives => Page<Archive>;
    stop_archive: StopArchive => Archive;
    delete_archive: DeleteArchive => ();
    set_archive_layout: SetArchiveLayout => Option<Archive>;
    add_archive_stream: AddArchiveStream => ();
    remove_archive_stream: RemoveArchiveStream => ();
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

/// A value that the API does not know, where the client's types are open but the service is not.
fn unknown_value(field: &str, value: impl std::fmt::Display) -> Refusal {
    Refusal::bad_request(format!("Invalid {field}: {value}"))
}

/// Streams are chosen among those of the session.
fn unknown_streams(session: &state::Session, streams: Option<&[StreamId]>) -> Reply<()> {
    let missing = streams
        .unwrap_or_default()
        .iter()
        .find(|id| !session.streams.contains(id.as_str()));
    match missing {
        Some(id) => Err(Refusal::bad_request(format!("Stream {id} not found"))),
        None => Ok(()),
    }
}

impl World {
    /// What a client token in a request lets its bearer do in a session.
    fn bearer(&self, session: &SessionId, token: &str) -> Reply<Pass> {
        self.pass(session.as_str(), token)
            .map_err(|error| Refusal::forbidden(format!("Invalid token: {error}")))
    }

    /// The list of a session, if it is the caller's; or else that of the caller's project.
    fn list<'i>(
        &mut self,
        caller: &'i Caller,
        session: Option<&'i SessionId>,
    ) -> Reply<ListOf<'i>> {
        match session {
            Some(id) => self
                .session(caller, id)
                .map(|_| ListOf::Session(id.as_str())),
            None => Ok(ListOf::Project(&caller.project)),
        }
    }
}
