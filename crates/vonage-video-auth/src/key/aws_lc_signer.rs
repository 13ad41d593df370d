//! Signing with aws-lc-rs in place of `ring`.

use std::fmt;

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair},
};

use super::{
    der::{self, Der},
    error::KeyError,
    pem,
    private::{PrivateKey, wrong_kind},
    public::PublicKey,
};
use crate::signer::{Signer, SignerError};

/// Signs with aws-lc-rs, which needs less than half of `ring`'s time for an RS256 signature on
/// processors with AVX-512 IFMA. Enabling the feature changes nothing by itself: this signer is
/// used where it is passed to [`Credentials::with_signer`](crate::Credentials::with_signer), for
/// REST and client tokens alike.
///
/// aws-lc-rs compiles a C library, which needs a C compiler and CMake on some platforms, and adds
/// about a minute of processor time to a clean build.
///
/// ```no_run
/// use vonage_video_auth::{AwsLcSigner, Credentials};
///
/// # fn run(pem: &str) -> Result<(), vonage_video_auth::Error> {
/// let application_id = "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f";
/// let credentials = Credentials::with_signer(application_id, AwsLcSigner::from_pem(pem)?)?;
/// # Ok(())
/// # }
/// ```
pub struct AwsLcSigner(RsaKeyPair);

impl AwsLcSigner {
    /// Reads a private key from its text, in every form that
    /// [`PrivateKey::from_pem`](crate::PrivateKey::from_pem) reads.
    ///
    /// # Errors
    ///
    /// As [`PrivateKey::from_pem`](crate::PrivateKey::from_pem).
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_der(&pem::decode(text, "PRIVATE KEY")?)
    }

    /// Reads a PKCS#8 or PKCS#1 key from its DER bytes.
    ///
    /// # Errors
    ///
    /// As [`PrivateKey::from_pem`](crate::PrivateKey::from_pem).
    pub fn from_der(bytes: &[u8]) -> Result<Self, KeyError> {
        let pkcs1 = match der::identify(bytes) {
            Der::RsaPrivate(rsa) => PrivateKey::usable(rsa)?,
            other => return Err(wrong_kind(other)),
        };
        RsaKeyPair::from_der(pkcs1)
            .map(Self)
            .map_err(|error| KeyError::Rejected {
                reason: error.to_string(),
            })
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

    /// The public half, for a [`Verifier`](crate::Verifier) of what this signs.
    pub fn public_key(&self) -> PublicKey {
        PublicKey::from_pkcs1(self.0.public_key().as_ref())
    }
}

impl Signer for AwsLcSigner {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .map_err(|_| "aws-lc-rs failed to sign")?;
        Ok(signature)
    }
}

impl fmt::Debug for AwsLcSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.public_modulus_len() * 8;
        write!(f, "AwsLcSigner(RSA, {bits} bits)")
    }
}
