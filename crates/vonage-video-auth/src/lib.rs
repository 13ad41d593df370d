//! The auth layer.
