//! Which file of a crate imports from which, read from the sources with re-exports resolved.

mod graph;
mod read;
mod resolve;

pub(super) use graph::{Graph, Package};
