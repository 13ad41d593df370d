#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod address;
mod advance;
mod agenda;
mod api;
mod authorize;
mod body;
mod builder;
mod client;
mod clock;
mod control;
mod emulator;
mod fault;
mod files;
mod generated;
mod handler;
mod handlers;
mod hls;
mod idle;
mod journal;
mod layout;
mod leniency;
mod notice;
mod nulls;
mod page;
mod participation;
mod pass;
mod project;
mod random;
mod recording;
mod records;
mod respond;
mod server;
mod service;
mod shared;
mod socket;
mod table;
mod timings;
#[cfg(feature = "tls")]
mod tls;
mod trouble;
mod webhook;
mod world;

pub use body::{Body, Broken};
pub use builder::{EmulatorBuilder, StartError};
pub use client::SimulatedClient;
pub use emulator::Emulator;
pub use fault::{BadFault, Fault, FaultAction};
pub use journal::RequestRecord;
pub use notice::Notice;
pub use participation::{ClientError, Moderation, Publish};
pub use pass::JoinError;
pub use project::Project;
pub use service::EmulatorService;
pub use timings::Timings;
pub use webhook::{Attempt, AttemptOutcome, Delivery, Manner, WebhookTarget};
