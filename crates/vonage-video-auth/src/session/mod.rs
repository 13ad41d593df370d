//! What a session id reveals about its session.

mod date;
mod error;
mod session_info;

pub use error::SessionIdError;
pub use session_info::SessionInfo;

#[cfg(feature = "inspect")]
pub(crate) use date::for_people as date_for_people;
pub(crate) use session_info::owner_is;
