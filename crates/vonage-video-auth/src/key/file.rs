//! Key files.

use std::{fs::File, io::Read as _, path::Path};

use zeroize::Zeroizing;

use super::error::KeyError;

/// Reads a key from a file, which holds its text or its DER bytes.
pub(super) fn load<K>(
    path: &Path,
    from_pem: impl FnOnce(&str) -> Result<K, KeyError>,
    from_der: impl FnOnce(&[u8]) -> Result<K, KeyError>,
) -> Result<K, KeyError> {
    let bytes = read(path)?;
    match text(&bytes)? {
        Some(text) => from_pem(text),
        None => from_der(&bytes),
    }
}

/// The contents of a file that may hold a secret.
fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    /// No RSA key is longer; a directory, a device or the wrong file is.
    const LONGEST: u64 = 64 * 1024;

    let failed = |source| KeyError::File {
        path: path.to_owned(),
        source,
    };
    // Large enough at once: a buffer that grows leaves copies behind.
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST as usize + 32));
    file.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > LONGEST {
        return Err(KeyError::NotAKey {
            saw: "a file of more than 64 KB",
        });
    }
    Ok(bytes)
}

/// What a key file holds: PEM or another text, or the bytes of a key.
fn text(bytes: &[u8]) -> Result<Option<&str>, KeyError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Some(text)),
        Err(_) if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) => Err(KeyError::NotAKey {
            saw: "UTF-16 text (save it as UTF-8)",
        }),
        Err(_) => Ok(None),
    }
}
