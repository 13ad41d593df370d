//! A running emulator: the world and everything around it that serves one request after another.

mod advance;
mod body;
mod call;
mod deliver;
mod fault;
mod fault_action;
mod faults;
mod files;
mod hls;
mod host;
mod hostile_list;
mod ignored;
mod journal;
mod lanes;
mod record;
mod snapshot;
mod state;

pub use self::{
    body::{Body, Broken},
    fault::{BadFault, Fault},
    fault_action::FaultAction,
    record::RequestRecord,
    snapshot::BadState,
};
pub(crate) use self::{
    deliver::Pump,
    faults::{Faults, Transport},
    host::AllowedHosts,
    journal::Journal,
    state::{Site, State},
};
