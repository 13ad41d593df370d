#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
#[cfg(feature = "browser")]
mod browser;
mod control;
mod face;
mod media;
mod server;
mod site;
mod suggest;
mod webhook;
mod world;

#[cfg(feature = "browser")]
#[cfg_attr(docsrs, doc(cfg(feature = "browser")))]
pub use browser::Script;
pub use control::Snippet;
pub use face::{
    Emulator, EmulatorBuilder, EmulatorService, Notices, ServiceError, SimulatedClient, StartError,
};
pub use site::{BadFault, BadState, Body, Broken, Fault, FaultAction, RequestRecord};
pub use webhook::{
    Attempt, AttemptOutcome, BadWebhookTarget, Delivery, DeliveryFaults, WebhookTarget,
};
pub use world::{
    ClientError, JoinError, Moderation, Notice, Project, Publish, StreamChange, Timings,
    VideoDimensions,
};
