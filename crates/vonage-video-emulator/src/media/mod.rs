//! Pure functions that make files and layouts.

pub(crate) mod layout;
pub(crate) mod recording;
