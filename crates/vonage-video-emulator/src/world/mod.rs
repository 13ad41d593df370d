//! What exists and how it changes with time. It knows no HTTP and sends nothing: a change adds a
//! [`Happening`].

mod address;
mod admission;
mod agenda;
mod archive;
#[cfg_attr(
    not(feature = "browser"),
    allow(dead_code, reason = "only web pages need it")
)]
mod attachment;
mod broadcast;
mod call;
mod captions;
mod changes;
mod clock;
mod composition;
mod connection;
mod feed;
mod happening;
mod notice;
mod part;
mod participation;
#[cfg_attr(
    not(feature = "browser"),
    allow(dead_code, reason = "only web pages need it")
)]
mod peer_connection;
mod project;
mod random;
mod records;
mod render;
mod role_name;
mod session;
mod snapshot;
mod state;
mod stream;
mod table;
mod timings;

#[cfg(feature = "browser")]
pub(crate) use self::peer_connection::Side;
pub(crate) use self::{
    address::{is_service, never_exists},
    admission::Admission,
    agenda::Agenda,
    archive::ArchiveRecord,
    broadcast::BroadcastRecord,
    call::CallRecord,
    captions::CaptionsRecord,
    clock::{Clock, LATEST, Millis, TimeSource, to_millis, to_time, whole_millis},
    connection::{Connection, ConnectionKind},
    feed::{Audience, Changed, Entry, News, Next, Report, Subscription},
    happening::Happening,
    project::{Owner, ProjectState},
    random::Random,
    records::{ListOf, Listed},
    render::RenderRecord,
    session::{AutoArchive, NewSession, Session, short_name},
    snapshot::{Export, Import},
    state::World,
    stream::{Publication, Shape, Stream},
    timings::{LINK_VALID, LONGEST_CALL},
};
pub use self::{
    admission::JoinError,
    notice::{Notice, StreamChange},
    participation::{ClientError, Moderation, Publish, VideoDimensions},
    project::Project,
    timings::Timings,
};
