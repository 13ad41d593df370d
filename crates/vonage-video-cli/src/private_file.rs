//! Files that hold keys or where an emulator listens.

use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    path::Path,
};

/// Writes a file that only its owner can read.
pub(crate) fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text)
}
