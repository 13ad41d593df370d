//! How web pages join sessions: a socket by which they talk to the emulator, and the script that
//! speaks through it with the interface of the client SDK.

mod answer;
mod bucket;
mod fate;
mod handshake;
mod member;
mod request;
mod script;
mod seats;
mod socket;

pub use self::script::Script;
pub(crate) use self::{
    handshake::{Greeting, PATH},
    script::response,
    seats::Seats,
    socket::serve,
};
