//! The secrets that deliveries are signed with, and the folder where the program keeps its own.

use std::{
    env, fs,
    hash::{BuildHasher as _, RandomState},
    path::{Path, PathBuf},
};

use crate::{failure::Failure, input, private_file};

/// The folder of what is kept between runs: it is made.
pub(super) fn folder() -> Result<PathBuf, Failure> {
    let set = |name| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let folder = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else {
        set("XDG_STATE_HOME").or_else(|| Some(env::home_dir()?.join(".local/state")))
    };
    let folder = folder
        .ok_or_else(|| Failure::Io("no folder to keep deliveries in: set HOME".to_owned()))?
        .join("vonage-video");
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::Io(format!("cannot make {}: {error}", folder.display())))?;
    Ok(folder)
}

/// Reads a secret's file.
pub(super) fn read(file: &Path) -> Result<String, Failure> {
    input::secret(&format!("@{}", file.display()))
}

/// Makes a secret for deliveries of an emulator, and returns the file that holds it. It protects
/// nothing: it shows that deliveries are signed and verified.
pub(super) fn made() -> Result<PathBuf, Failure> {
    let file = folder()?.join("webhook-secret");
    let half = || RandomState::new().hash_one(0);
    let secret = format!("{:016x}{:016x}", half(), half());
    private_file::write(&file, secret.as_bytes())
        .map_err(|error| Failure::Io(format!("cannot write {}: {error}", file.display())))?;
    Ok(file)
}

/// An id for a delivery, which no other has.
pub(super) fn id() -> [u8; 16] {
    let half = || u128::from(RandomState::new().hash_one(1));
    (half() << 64 | half()).to_be_bytes()
}
