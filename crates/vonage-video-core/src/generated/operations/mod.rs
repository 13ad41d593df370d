// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

mod archive_storage;
mod archives;
mod audio_connector;
mod broadcasts;
mod callbacks;
mod captions;
mod connections;
mod moderation;
mod projects;
mod render;
mod sessions;
mod signals;
mod sip;
mod streams;
mod visit;

pub use archive_storage::{DeleteArchiveStorage, SetArchiveStorage};
pub use archives::{
    AddArchiveStream, DeleteArchive, GetArchive, ListArchives, RemoveArchiveStream,
    SetArchiveLayout, StartArchive, StopArchive,
};
pub use audio_connector::ConnectWebsocket;
pub use broadcasts::{
    AddBroadcastStream, GetBroadcast, ListBroadcasts, RemoveBroadcastStream, SetBroadcastLayout,
    StartBroadcast, StopBroadcast,
};
pub use callbacks::{ListCallbacks, RegisterCallback, UnregisterCallback};
pub use captions::{StartCaptions, StopCaptions};
pub use connections::{ForceDisconnect, ListConnections};
pub use moderation::{DisableForceMute, MuteAll, MuteStream};
pub use projects::{
    CreateProject, DeleteProject, GetProject, ListProjects, RefreshProjectSecret, SetProjectStatus,
};
pub use render::{GetRender, ListRenders, StartRender, StopRender};
pub use sessions::CreateSession;
pub use signals::{SignalConnection, SignalSession};
pub use sip::{Dial, PlayDtmfConnection, PlayDtmfSession};
pub use streams::{GetStream, ListStreams, SetStreamClassLists};
pub use visit::{Visitor, visit};
