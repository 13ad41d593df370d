// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

mod archive_storage;
mod archives;
mod audio_connector;
mod broadcasts;
mod callbacks;
mod captions;
mod common;
mod connections;
mod moderation;
mod projects;
mod render;
mod sessions;
mod sip;
mod streams;
mod webhooks;

pub use archive_storage::{ArchiveStorage, StorageConfig};
pub use archives::{Archive, ArchiveStream, Transcription, TranscriptionProperties};
pub use audio_connector::{AudioConnector, AudioTransport, Websocket};
pub use broadcasts::{
    Broadcast, BroadcastOutputs, BroadcastSettings, BroadcastUrls, Hls, RtmpStream, RtmpTarget,
};
pub use callbacks::Callback;
pub use captions::Captions;
pub use common::Layout;
pub use connections::{Connection, ConnectionList};
pub use moderation::ProjectDetails;
pub use projects::Project;
pub use render::{Render, RenderProperties};
pub use sessions::Session;
pub use sip::{SipAuth, SipCall, SipTarget};
pub use streams::{Stream, StreamClassList};
pub use webhooks::{
    CaptionsEvent, ConnectionEvent, EventConnection, EventStream, SessionEvent, SipCallDetails,
    SipCallEvent, StreamEvent,
};
