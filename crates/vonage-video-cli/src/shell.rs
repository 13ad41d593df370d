//! Completion scripts and manual pages.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use clap::Command;
use clap_complete::Shell;

use crate::failure::Failure;

const PROGRAM: &str = "vonage-video";

/// Prints a completion script.
pub(crate) fn completions(shell: Shell, mut command: Command) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, PROGRAM, &mut script);
    io::stdout()
        .write_all(&script)
        .map_err(|_| Failure::ClosedPipe)
}

/// Writes a manual page for the program and each of its commands.
pub(crate) fn manual(folder: &Path, command: Command) -> Result<(), Failure> {
    let failed =
        |error: io::Error| Failure::Io(format!("cannot write to {}: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(command, folder).map_err(failed)
}
