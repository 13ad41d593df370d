//! The file of profiles. It holds paths, names and commands, never a secret.

use std::{
    collections::BTreeMap,
    env, fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{failure::Failure, private_file};

/// All profiles.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The profile that is used when nothing else is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) default: Option<String>,
    #[serde(default, rename = "profile")]
    pub(super) profiles: BTreeMap<String, Profile>,
}

/// One pair of credentials, and where they are valid.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) application_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) private_key_file: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) api_key: Option<String>,
    /// A file that holds the API secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secret_file: Option<PathBuf>,
    /// A command that prints the API secret or the private key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secret_command: Option<String>,
    /// An environment variable that holds the API secret or the private key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secret_env: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) base_url: Option<String>,
    /// Whether commands ask before they delete, stop or disconnect.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) confirm: bool,
}

/// Where the file is: `VONAGE_VIDEO_CONFIG`, or the platform's folder of configurations.
pub(super) fn path() -> Result<PathBuf, Failure> {
    let set = |name| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(file) = set("VONAGE_VIDEO_CONFIG") {
        return Ok(file);
    }
    let folder = if cfg!(windows) {
        set("APPDATA")
    } else {
        set("XDG_CONFIG_HOME").or_else(|| Some(env::home_dir()?.join(".config")))
    };
    let folder = folder.ok_or_else(|| {
        Failure::Io("no folder for configurations: set VONAGE_VIDEO_CONFIG or HOME".to_owned())
    })?;
    Ok(folder.join("vonage-video/config.toml"))
}

/// Reads all profiles. Empty if the file does not exist.
pub(super) fn read() -> Result<File, Failure> {
    // A machine without a home has no profiles.
    let Ok(path) = path() else {
        return Ok(File::default());
    };
    match fs::read_to_string(&path) {
        Ok(text) => {
            check_mode(&path)?;
            toml::from_str(&text)
                .map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(File::default()),
        Err(error) => Err(Failure::Io(format!(
            "cannot read {}: {error}",
            path.display()
        ))),
    }
}

/// Writes all profiles, readable by their owner alone.
pub(super) fn write(file: &File) -> Result<(), Failure> {
    let path = path()?;
    let failed = |error| Failure::Io(format!("cannot write {}: {error}", path.display()));
    let text = toml::to_string(file).map_err(|error| Failure::Io(error.to_string()))?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    // Beside it first, so that a write that breaks off leaves the old file.
    let beside = path.with_extension("toml.new");
    private_file::write(&beside, text.as_bytes()).map_err(failed)?;
    fs::rename(&beside, &path).map_err(failed)
}

/// Refuses a file that others could have written: it may name a command to run.
fn check_mode(path: &Path) -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path)
            .map(|metadata| metadata.permissions().mode())
            .unwrap_or(0);
        if mode & 0o022 != 0 {
            return Err(Failure::Usage(format!(
                "{} can be written by others: chmod 600 it",
                path.display()
            )));
        }
    }
    Ok(())
}

/// What a project's own file may say: a profile to use, and nothing that runs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectFile {
    profile: String,
}

/// The profile that the nearest `.vonage-video.toml` names, from this folder upward.
pub(super) fn of_project() -> Result<Option<(String, PathBuf)>, Failure> {
    let Ok(here) = env::current_dir() else {
        return Ok(None);
    };
    for folder in here.ancestors() {
        let path = folder.join(".vonage-video.toml");
        if let Ok(text) = fs::read_to_string(&path) {
            let file: ProjectFile = toml::from_str(&text).map_err(|error| {
                Failure::usage(format!(
                    "{} may hold `profile = \"NAME\"` only: {}",
                    path.display(),
                    error.message()
                ))
            })?;
            return Ok(Some((file.profile, path)));
        }
    }
    Ok(None)
}
