//! Public keys.

use std::{fmt, sync::Arc};

use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::{
    der::{self, Der},
    error::KeyError,
    pem,
};

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
    ///
    /// [`KeyError`] names what the text is instead: a private key, a certificate, a key of another
    /// algorithm…
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let der = pem::decode(text, "PUBLIC KEY")?;
        Self::from_der(&der)
    }

    /// Reads an SPKI or PKCS#1 key from its DER bytes.
    ///
    /// # Errors
    ///
    /// As [`from_pem`](Self::from_pem).
    pub fn from_der(bytes: &[u8]) -> Result<Self, KeyError> {
        match der::identify(bytes) {
            Der::RsaPublic(rsa) if rsa.bits < 2048 => Err(KeyError::TooSmall { bits: rsa.bits }),
            Der::RsaPublic(rsa) if rsa.bits > 8192 => Err(KeyError::TooLarge { bits: rsa.bits }),
            Der::RsaPublic(rsa)
                if !(3..1 << 33).contains(&rsa.exponent) || rsa.exponent % 2 == 0 =>
            {
                Err(KeyError::UnusualExponent {
                    exponent: rsa.exponent,
                })
            }
            Der::RsaPublic(rsa) => Ok(Self::from_pkcs1(rsa.pkcs1)),
            Der::RsaPrivate(_) | Der::OtherPrivate(_) | Der::Encrypted => Err(KeyError::PrivateKey),
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
    ///
    /// [`KeyError::File`] when it cannot be read, and otherwise as [`from_pem`](Self::from_pem).
    #[cfg(feature = "std")]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    pub fn from_file(path: impl AsRef<std::path::Path>) -> Result<Self, KeyError> {
        super::file::load(path.as_ref(), Self::from_pem, Self::from_der)
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
            Der::RsaPublic(rsa) => write!(f, "PublicKey(RSA, {} bits)", rsa.bits),
            _ => f.write_str("PublicKey(RSA)"),
        }
    }
}
