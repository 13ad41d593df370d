//! What each operation does, one file a resource.

mod archive_storage;
mod archives;
mod audio_connector;
mod broadcasts;
mod callbacks;
mod captions;
mod composition;
mod connections;
mod moderation;
mod projects;
mod renders;
mod sessions;
mod signals;
mod sip;
mod streams;

pub(crate) use signals::check;
