//! The API for Rust: the emulator, its builder, simulated clients and the tower service.

mod builder;
mod emulator;
mod notices;
mod service;
mod simulated_client;

pub use self::{
    builder::{EmulatorBuilder, StartError},
    emulator::Emulator,
    notices::Notices,
    service::{EmulatorService, ServiceError},
    simulated_client::SimulatedClient,
};
