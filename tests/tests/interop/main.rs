//! The official Node and Python SDKs, unmodified, against the emulator, and their tokens against ours.

#[path = "../../../crates/vonage-video-emulator/src/project.rs"]
#[allow(dead_code)]
mod project;
mod tokens;
