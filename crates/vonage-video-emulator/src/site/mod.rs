//! A running emulator: the world and everything around it that serves one request after another.

mod advance;
mod body;
mod call;
mod deliver;
mod fault;
mod files;
mod hls;
mod host;
mod ignored;
mod journal;
mod state;

pub use self::{
    body::{Body, Broken},
    fault::{BadFault, Fault, FaultAction},
    journal::RequestRecord,
};
pub(crate) use self::{
    deliver::Pump,
    fault::Faults,
    files::download,
    hls::playlist,
    host::AllowedHosts,
    journal::Journal,
    state::{Site, State},
};
