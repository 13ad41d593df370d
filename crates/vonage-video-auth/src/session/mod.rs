//! What a session id says about its session.

mod date;
mod info;

pub use info::{SessionIdError, SessionInfo};

pub(crate) use date::for_people as date_for_people;
pub(crate) use info::owner_is;
