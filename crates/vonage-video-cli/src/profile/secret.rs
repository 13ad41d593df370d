//! Reads a profile's secret from where the profile says.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::{failure::Failure, output::note, profile::file::Profile};

/// The API secret, or the text of the private key.
pub(super) fn read(name: &str, profile: &Profile) -> Result<String, Failure> {
    let file = profile
        .secret_file
        .as_ref()
        .or(profile.private_key_file.as_ref());
    if let Some(command) = &profile.secret_command {
        return run(name, command);
    }
    if let Some(variable) = &profile.secret_env {
        return env::var(variable).map_err(|_| {
            Failure::Auth(format!(
                "profile {name}: the variable {variable} is missing"
            ))
        });
    }
    let Some(file) = file else {
        return Err(Failure::Auth(format!(
            "profile {name} has neither a file nor a command nor a variable with the secret"
        )));
    };
    from_file(&expanded(file))
}

/// Reads a key or secret, and warns when others can read it too.
pub(super) fn from_file(file: &Path) -> Result<String, Failure> {
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::Io(format!("cannot read {}: {error}", file.display())))?;
    if let Some(mode) = readable_by_others(file) {
        note(format_args!(
            "warning: others on this machine can read {} (mode {mode:03o}): chmod 600 it",
            file.display()
        ));
    }
    Ok(text)
}

/// The mode of a file that not only its owner can read.
pub(crate) fn readable_by_others(file: &Path) -> Option<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(file).ok()?.permissions().mode() & 0o777;
        (mode & 0o077 != 0).then_some(mode)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        None
    }
}

/// A path in which `~` is the home.
pub(super) fn expanded(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_path_buf(),
    }
}

fn run(name: &str, command: &str) -> Result<String, Failure> {
    let failed = |why: String| Failure::Auth(format!("profile {name}: its secret_command {why}"));
    let (shell, flag) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let output = Command::new(shell)
        .args([flag, command])
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| failed(format!("cannot run: {error}")))?;
    if !output.status.success() {
        return Err(failed(format!("failed: {}", output.status)));
    }
    let text = String::from_utf8(output.stdout)
        .map_err(|_| failed("printed something that is not text".to_owned()))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
