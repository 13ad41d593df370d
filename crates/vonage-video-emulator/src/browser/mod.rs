//! How web pages join sessions: a socket by which they talk to the emulator, and the script that
//! speaks through it with the interface of the client SDK.

mod bucket;
mod fate;
mod handshake;
mod member;
mod page_connections;
mod request;
mod response;
mod script;
mod socket;

pub use self::script::Script;
pub(crate) use self::{
    handshake::{Greeting, PATH},
    page_connections::PageConnections,
    script::response,
    socket::serve,
};
