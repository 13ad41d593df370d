//! How web pages join sessions: a socket by which they talk to the emulator.

mod answer;
mod bucket;
mod fate;
mod handshake;
mod member;
mod request;
mod seats;
mod socket;

pub(crate) use self::{
    handshake::{Greeting, PATH},
    seats::Seats,
    socket::serve,
};
