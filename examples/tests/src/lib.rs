//! The tests of this package run every program of the workspace.
