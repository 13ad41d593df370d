//! The official Node and Python SDKs, unmodified, against the emulator, and their tokens against ours.

mod coverage;
mod recordings;
mod schemathesis;
mod sdks;
mod tokens;
mod tunnel;
