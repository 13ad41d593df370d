//! Methods of models and operations that the contract cannot describe: owners, the next operation,
//! and where a file is.

mod archive;
mod broadcast;
mod captions;
mod connection;
mod owner;
mod render;
mod signal;
mod stream;

pub use archive::ArchiveLocation;
