//! Private keys.

use std::{fmt, sync::Arc};

use ring::{rand::SystemRandom, rsa::KeyPair, signature::RSA_PKCS1_SHA256};

use super::{
    der::{self, Der, Rsa},
    error::KeyError,
    pem,
    public::PublicKey,
};
use crate::signer::{Signer, SignerError};

/// The longest signature: 4096 bits.
pub(crate) const LONGEST_SIGNATURE: usize = 512;

/// An application's RSA private key, 2048 to 4096 bits, parsed once.
///
/// A clone shares the key. Every copy of the text and of the decoded bytes that this crate makes on
/// the way is overwritten before it is freed; what stays is the parsed key inside `ring`, which
/// `ring` frees without overwriting. A key that must never be in this process's memory belongs in a
/// [`Signer`](crate::Signer).
///
/// ```no_run
/// use vonage_video_auth::PrivateKey;
///
/// # #[cfg(feature = "std")] {
/// let key = PrivateKey::from_file("private.key")?;
/// # }
/// # Ok::<(), vonage_video_auth::KeyError>(())
/// ```
#[derive(Clone)]
pub struct PrivateKey(Arc<KeyPair>);

impl PrivateKey {
    /// Reads a PKCS#8 (`BEGIN PRIVATE KEY`) or PKCS#1 (`BEGIN RSA PRIVATE KEY`) key from its text.
    ///
    /// Undoes what environment variables, `.env` files and copying do to it: literal `\n`, CRLF,
    /// newlines turned into spaces or removed, a missing final newline, a byte order mark and other
    /// invisible characters, surrounding quotes, percent encoding, base64 around the whole text,
    /// base64 without the `BEGIN` and `END` lines.
    ///
    /// # Errors
    ///
    /// [`KeyError`] names what the text is instead: a path, a public key, an encrypted key, an EC
    /// key, a key that is too small…
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let der = pem::decode(text, "PRIVATE KEY")?;
        Self::from_der(&der)
    }

    /// Reads a PKCS#8 or PKCS#1 key from its DER bytes.
    ///
    /// # Errors
    ///
    /// As [`from_pem`](Self::from_pem).
    pub fn from_der(bytes: &[u8]) -> Result<Self, KeyError> {
        let pkcs1 = match der::identify(bytes) {
            Der::RsaPrivate(rsa) => Self::usable(rsa)?,
            other => return Err(wrong_kind(other)),
        };
        let pair = KeyPair::from_der(pkcs1).map_err(|error| KeyError::Rejected {
            reason: error.to_string(),
        })?;
        Ok(Self(Arc::new(pair)))
    }

    /// Reads a key file, PEM or DER.
    ///
    /// # Errors
    ///
    /// [`KeyError::File`] when it cannot be read, and otherwise as [`from_pem`](Self::from_pem).
    #[cfg(feature = "std")]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self, KeyError> {
        super::file::load(path.as_ref(), Self::from_pem, Self::from_der)
    }

    /// The public half, which verifies what this key signs.
    pub fn public_key(&self) -> PublicKey {
        PublicKey::from_pkcs1(self.0.public().as_ref())
    }

    /// The PKCS#1 form of a key that `ring` can sign with.
    pub(super) fn usable(rsa: Rsa<'_>) -> Result<&[u8], KeyError> {
        let (bits, exponent) = (rsa.bits, rsa.exponent);
        if bits < 2048 {
            Err(KeyError::TooSmall { bits })
        } else if bits > LONGEST_SIGNATURE * 8 {
            Err(KeyError::TooLarge { bits })
        } else if rsa.multi_prime {
            Err(KeyError::MultiPrime)
        } else if bits % 512 != 0 {
            Err(KeyError::UnusualSize { bits })
        } else if !(65_537..1 << 33).contains(&exponent) || exponent % 2 == 0 {
            Err(KeyError::UnusualExponent { exponent })
        } else {
            Ok(rsa.pkcs1)
        }
    }

    /// The length of the modulus and of every signature, in bytes.
    pub(crate) fn signature_length(&self) -> usize {
        self.0.public().modulus_len()
    }

    /// Writes the RS256 signature of `message` into `buffer` and returns the part that it fills.
    pub(crate) fn sign<'b>(
        &self,
        message: &[u8],
        buffer: &'b mut [u8; LONGEST_SIGNATURE],
    ) -> Option<&'b [u8]> {
        let signature = buffer.get_mut(..self.signature_length())?;
        // PKCS#1 v1.5 is deterministic; ring wants a source of randomness and does not draw from
        // it.
        self.0
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, signature)
            .ok()?;
        Some(signature)
    }
}

/// Signs in this process: for a [`Signer`] or [`AsyncSigner`](crate::AsyncSigner) of yours that
/// wraps one, as in a test of code that uses a KMS.
impl Signer for PrivateKey {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let mut buffer = [0; LONGEST_SIGNATURE];
        let signature = Self::sign(self, message, &mut buffer);
        Ok(signature.ok_or("the key failed to sign")?.to_vec())
    }
}

/// What was found in the place of a private key.
pub(super) fn wrong_kind(found: Der<'_>) -> KeyError {
    match found {
        Der::RsaPublic(_) | Der::OtherPublic(_) => KeyError::PublicKey,
        Der::OtherPrivate(algorithm) => KeyError::WrongAlgorithm { algorithm },
        Der::Encrypted => KeyError::Encrypted,
        Der::Certificate => KeyError::Certificate,
        Der::Request => KeyError::CertificateRequest,
        Der::Trailing => KeyError::TrailingBytes,
        Der::Unknown => KeyError::NotAKey {
            saw: "DER of another kind",
        },
        Der::RsaPrivate(_) | Der::Broken => KeyError::BadDer,
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey(RSA, {} bits)", self.signature_length() * 8)
    }
}
