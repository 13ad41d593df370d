//! Runs every program of the examples from end to end, against an emulator.

mod archives;
mod blocking_script;
mod broadcast;
mod browser;
mod captions;
mod kms;
mod lambda;
mod moderation;
mod program;
mod rooms;
mod sip;
mod stage;
mod telemetry;
mod tenants;
mod testing;
mod webhooks;
