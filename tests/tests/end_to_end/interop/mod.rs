//! The official Node and Python SDKs, unmodified, and a browser against the emulator; and tokens of
//! the SDKs against ours.

mod coverage;
mod page;
mod recordings;
mod schemathesis;
mod sdks;
mod snippets;
mod tokens;
mod tunnel;
mod webhooks;
