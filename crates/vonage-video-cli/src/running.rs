//! Where the latest emulator of this user listens, for commands in other terminals.

use std::{env, fs, path::PathBuf};

use serde::{Deserialize, Serialize};
use vonage_video::auth::env as env_names;
use vonage_video_emulator::Emulator;

use crate::{failure::Failure, private_file};

/// Names a running emulator, instead of the latest.
pub(crate) const VARIABLE: &str = "VONAGE_VIDEO_EMULATOR_URL";

/// A running emulator and the variables that point an SDK at it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Running {
    pub(crate) url: String,
    pub(crate) variables: Vec<(String, String)>,
}

impl Running {
    pub(crate) fn of(emulator: &Emulator, url: &str) -> Self {
        let variables = emulator.variables().into_iter().map(|(name, value)| {
            let is_url = name == env_names::VONAGE_VIDEO_BASE_URL;
            (name.to_owned(), if is_url { url.to_owned() } else { value })
        });
        Self {
            url: url.to_owned(),
            variables: variables.collect(),
        }
    }

    pub(crate) fn variable(&self, name: &str) -> Option<&str> {
        let (_, value) = self.variables.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// Makes it the latest. A machine without a folder for that does without.
    pub(crate) fn remember(&self) {
        if let (Some(file), Ok(text)) = (file(), serde_json::to_string(self)) {
            let _ = file.parent().map(fs::create_dir_all);
            let _ = private_file::write(&file, text.as_bytes());
        }
    }

    /// Forgets it, unless another has come since.
    pub(crate) fn forget(&self) {
        if latest().is_some_and(|latest| latest.url == self.url)
            && let Some(file) = file()
        {
            let _ = fs::remove_file(file);
        }
    }
}

/// The emulator at an address, the one that a variable names, or the latest.
pub(crate) fn find(url: Option<&str>) -> Result<Running, Failure> {
    let named = url.map(str::to_owned).or_else(|| env::var(VARIABLE).ok());
    let latest = latest();
    match named {
        None => latest.ok_or_else(|| Failure::Emulator("no emulator is running".to_owned())),
        Some(url) => {
            let url = url.trim_end_matches('/').to_owned();
            match latest.filter(|latest| latest.url == url) {
                Some(latest) => Ok(latest),
                None => exported(&url).map_or_else(|| demo(&url), Ok),
            }
        }
    }
}

/// What `emulator -- COMMAND` has set for its command.
fn exported(url: &str) -> Option<Running> {
    let known = [
        env_names::VONAGE_VIDEO_BASE_URL,
        env_names::VONAGE_APPLICATION_ID,
        env_names::VONAGE_PRIVATE_KEY,
        env_names::OPENTOK_API_KEY,
        env_names::OPENTOK_API_SECRET,
    ];
    let variables = known.map(|name| Some((name.to_owned(), env::var(name).ok()?)));
    let running = Running {
        url: url.to_owned(),
        variables: variables.into_iter().flatten().collect(),
    };
    (running.variable(env_names::VONAGE_VIDEO_BASE_URL) == Some(url)).then_some(running)
}

/// The demo projects, which an emulator has unless others are configured.
fn demo(url: &str) -> Result<Running, Failure> {
    let emulator = Emulator::builder().in_memory();
    let emulator = emulator.map_err(|error| Failure::Emulator(error.to_string()))?;
    Ok(Running::of(&emulator, url))
}

fn latest() -> Option<Running> {
    serde_json::from_str(&fs::read_to_string(file()?).ok()?).ok()
}

fn file() -> Option<PathBuf> {
    let set = |name| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let folder = set("XDG_RUNTIME_DIR")
        .or_else(|| set("XDG_CACHE_HOME"))
        .or_else(|| Some(env::home_dir()?.join(".cache")))?;
    Some(folder.join("vonage-video/emulator.json"))
}
