//! What receivers did.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// That somebody acted on an event.
#[derive(Clone, Debug)]
pub struct Effect {
    /// When, in milliseconds since 1970.
    pub at: u128,
    /// The process that did.
    pub process: u32,
    /// The event's key.
    pub key: String,
}

/// A file of effects.
pub struct Effects(PathBuf);

impl Effects {
    /// A file that does not exist yet.
    pub fn new(name: &str) -> Self {
        let name = format!("vonage-video-effects-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_file(&path);
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What has been noted.
    pub fn read(&self) -> Vec<Effect> {
        let text = fs::read_to_string(&self.0).unwrap_or_default();
        let lines = text.lines().map(|line| {
            let mut words = line.split(' ');
            let mut word = || words.next().unwrap_or_default().to_owned();
            Effect {
                at: word().parse().unwrap(),
                process: word().parse().unwrap(),
                key: word(),
            }
        });
        lines.collect()
    }
}

impl Drop for Effects {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
