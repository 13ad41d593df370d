//! The official SDKs of other languages, installed at locked versions and run unmodified.
//!
//! They are installed by whoever needs them first, into the workspace's `target/interop`, from the registries that the machine is set up for.

mod driver;
mod install;

pub use driver::{Report, Step, exchange, report, run};
pub use install::{Installed, Kit};
