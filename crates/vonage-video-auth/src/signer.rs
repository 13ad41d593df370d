//! The seam for private keys that live elsewhere: a KMS, an HSM, another cryptography library.

use std::{error::Error, future::Future, pin::Pin};

/// Why a [`Signer`] could not sign. It becomes the `source()` of a
/// [`TokenError::Signer`](crate::TokenError::Signer), so it must name no secret.
pub type SignerError = Box<dyn Error + Send + Sync>;

/// The future that [`AsyncSigner::sign`] returns.
pub type SignFuture<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, SignerError>> + Send + 'a>>;

/// Signs with the application's private key, wherever that is, without waiting on a network.
///
/// Closures are signers:
///
/// ```
/// use vonage_video_auth::{Credentials, SignerError};
///
/// # fn hsm_sign(_: &[u8]) -> Result<Vec<u8>, std::io::Error> { Ok(vec![0; 256]) }
/// let credentials = Credentials::with_signer(
///     "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f",
///     |message: &[u8]| hsm_sign(message).map_err(SignerError::from),
/// )?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Signer: Send + Sync {
    /// The RS256 signature of `message`: RSASSA-PKCS1-v1_5 over its SHA-256, as raw big-endian
    /// bytes, as long as the modulus (256 bytes for a 2048-bit key).
    ///
    /// # Errors
    ///
    /// Any reason why the key cannot sign. The token is then not signed.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError>;
}

impl<F> Signer for F
where
    F: Fn(&[u8]) -> Result<Vec<u8>, SignerError> + Send + Sync,
{
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        self(message)
    }
}

/// A [`Signer`] that has to wait, such as for a KMS over the network. The caller's own executor
/// polls it.
pub trait AsyncSigner: Send + Sync {
    /// Signs as [`Signer::sign`] does, asynchronously.
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a>;
}
