//! Pure functions from plain inputs to files and pictures.

pub(crate) mod layout;
pub(crate) mod recording;
