//! The state of the emulator as a file: everything that the API is about, with a version.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    site::Site,
    world::{Export, Import, Random},
};

/// What such a file is recognized by.
const FORMAT: &str = "vonage-video-emulator";
/// The version that is written, and the only one that is read.
const VERSION: u64 = 1;

#[derive(Serialize)]
struct Written<'w> {
    format: &'static str,
    version: u64,
    world: Export<'w>,
}

/// What tells whether the rest can be read.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u64,
}

#[derive(Deserialize)]
struct Contents {
    world: Import,
}

/// The error of a file that is not a state of the emulator, or of one that this version or this
/// emulator cannot continue from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadState(String);

impl fmt::Display for BadState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadState {}

impl Site {
    /// The state as JSON.
    pub(crate) fn export(&self) -> String {
        let state = self.lock();
        let written = Written {
            format: FORMAT,
            version: VERSION,
            world: state.world.export(),
        };
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Continues from an exported state. Deliveries of webhooks that are not sent yet are dropped;
    /// targets, faults and the log of requests stay.
    pub(crate) fn import(&self, text: &[u8]) -> Result<(), BadState> {
        let head: Head = serde_json::from_slice(text)
            .ok()
            .filter(|head: &Head| head.format == FORMAT)
            .ok_or_else(|| BadState("this is not an exported state of the emulator".to_owned()))?;
        if head.version != VERSION {
            return Err(BadState(format!(
                "the state has version {}, and this emulator reads version {VERSION} only",
                head.version
            )));
        }
        let contents: Contents = serde_json::from_slice(text)
            .map_err(|error| BadState(format!("the state is damaged: {error}")))?;
        let mut state = self.lock();
        let state = &mut *state;
        let links = &state.links;
        state
            .world
            .import(contents.world, |id, rewinds| links.playlist(id, rewinds))
            .map_err(BadState)?;
        state.webhooks.clear_deliveries();
        // The numbers of events begin again.
        state.epoch = Random::new(Random::fresh_seed()).hex(8).into();
        Ok(())
    }
}
