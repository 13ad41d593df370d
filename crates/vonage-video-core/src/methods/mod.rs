//! What the contract cannot say about models and operations: owners, the way on to the next operation, and where a file is.

mod archive;
mod broadcast;
mod captions;
mod connection;
mod owner;
mod render;
mod signal;
mod stream;

pub use archive::ArchiveLocation;
