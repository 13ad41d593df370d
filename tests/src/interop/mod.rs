//! The official SDKs of other languages and a browser, run unmodified.
//!
//! SDKs are installed at locked versions when they are first needed, into the workspace's
//! `target/interop`, from the registries that the machine is set up for.

mod browser;
mod driver;
mod ffmpeg;
mod install;

pub use browser::Browser;
pub use driver::{Report, Step, exchange, report, run};
pub use ffmpeg::{Ffmpeg, Film, Picture, Track};
pub use install::{Installed, Kit};
