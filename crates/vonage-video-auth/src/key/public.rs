use std::fmt;
use std::sync::Arc;

use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::der::{self, Der};
use super::{KeyError, pem};

/// An application's RSA public key, 2048 to 8192 bits, which verifies RS256 tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// `RSAPublicKey`, PKCS#1 DER.
    pkcs1: Arc<[u8]>,
}

impl PublicKey {
    /// Reads an SPKI (`BEGIN PUBLIC KEY`) or PKCS#1 (`BEGIN RSA PUBLIC KEY`) key from its text, as
    /// forgiving as [`PrivateKey::from_pem`](crate::PrivateKey::from_pem).
    ///
    /// # Errors
    /// [`KeyError`] says what the text is instead: a private key, a certificate, a key of another
    /// algorithm…
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let der = pem::decode(text, "PUBLIC KEY")?;
        Self::from_der(&der)
    }

    /// Reads an SPKI or PKCS#1 key from its DER bytes.
    ///
    /// # Errors
    /// As [`from_pem`](Self::from_pem).
    pub fn from_der(bytes: &[u8]) -> Result<Self, KeyError> {
        match der::identify(bytes) {
            Der::RsaPublic { bits, .. } if bits < 2048 => Err(KeyError::TooSmall { bits }),
            Der::RsaPublic { bits, .. } if bits > 8192 => Err(KeyError::TooLarge { bits }),
            Der::RsaPublic { pkcs1, .. } => Ok(Self::from_pkcs1(pkcs1)),
            Der::RsaPrivate { .. } | Der::OtherPrivate(_) | Der::Encrypted => {
                Err(KeyError::PrivateKey)
            }
            Der::OtherPublic(algorithm) => Err(KeyError::WrongAlgorithm { algorithm }),
            Der::Certificate => Err(KeyError::Certificate),
            Der::Request => Err(KeyError::CertificateRequest),
            Der::Trailing => Err(KeyError::TrailingBytes),
            Der::Unknown => Err(KeyError::NotAKey {
                saw: "DER of another kind",
            }),
            Der::Broken => Err(KeyError::BadDer),
        }
    }

    /// Reads a key file, PEM or DER.
    ///
    /// # Errors
    /// [`KeyError::File`] when it cannot be read, and otherwise as [`from_pem`](Self::from_pem).
    #[cfg(feature = "std")]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self, KeyError> {
        let bytes = read(path.as_ref())?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Self::from_pem(text),
            Err(_) => Self::from_der(&bytes),
        }
    }

    pub(super) fn from_pkcs1(pkcs1: &[u8]) -> Self {
        Self {
            pkcs1: pkcs1.into(),
        }
    }

    /// Whether `signature` is the RS256 signature of `message` under this key.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.pkcs1)
            .verify(message, signature)
            .is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match der::identify(&self.pkcs1) {
            Der::RsaPublic { bits, .. } => write!(f, "PublicKey(RSA, {bits} bits)"),
            _ => f.write_str("PublicKey(RSA)"),
        }
    }
}

/// The contents of a file that may hold a secret.
#[cfg(feature = "std")]
pub(super) fn read(path: &std::path::Path) -> Result<zeroize::Zeroizing<Vec<u8>>, KeyError> {
    /// No RSA key is longer; a directory, a device or the wrong file is.
    const LONGEST: u64 = 64 * 1024;
    use std::io::Read as _;

    let failed = |source| KeyError::File {
        path: path.to_owned(),
        source,
    };
    // Large enough at once: a buffer that grows leaves copies behind.
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(LONGEST as usize + 32));
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
