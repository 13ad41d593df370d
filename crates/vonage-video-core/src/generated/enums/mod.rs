// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

mod archive_storage;
mod archives;
mod audio_connector;
mod broadcasts;
mod captions;
mod common;
mod connections;
mod projects;
mod render;
mod sessions;
mod streams;
mod webhooks;

pub use archive_storage::{ServerSideEncryption, StorageFallback, StorageType};
pub use archives::{ArchiveReason, ArchiveStatus, OutputMode, TranscriptionStatus};
pub use audio_connector::{AudioEncoding, AudioRate, AudioTransportType};
pub use broadcasts::{BroadcastStatus, HlsStatus, RtmpStatus};
pub use captions::CaptionsLanguage;
pub use common::{LayoutType, Resolution, StreamMode};
pub use connections::ConnectionState;
pub use projects::{ProjectEnvironment, ProjectStatus};
pub use render::{RenderReason, RenderStatus};
pub use sessions::{ArchiveMode, MediaMode};
pub use streams::VideoType;
pub use webhooks::{
    CaptionsState, ConnectionReason, SessionReason, SipCallReason, SipCallState, StreamReason,
};
