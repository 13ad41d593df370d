//! How the world changes, one file a thing.

mod admission;
mod archive;
mod broadcast;
mod call;
mod captions;
mod connection;
mod participation;
mod project;
mod render;
mod session;
mod stream;
