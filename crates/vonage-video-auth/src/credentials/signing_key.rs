//! The keys that sign tokens.

use ring::hmac;

use crate::{
    jwt,
    key::{LONGEST_SIGNATURE, PrivateKey},
    secret::HmacKey,
    signer::{AsyncSigner, Signer, SignerError},
};

#[expect(
    clippy::large_enum_variant,
    reason = "there is one a credential, behind its Arc"
)]
pub(crate) enum SigningKey {
    Shared(SharedSecret),
    Rsa(PrivateKey),
    Signer(Box<dyn Signer>),
    AsyncSigner(Box<dyn AsyncSigner>),
}

/// Why a key made no signature.
pub(crate) enum SignError {
    /// The signer is asynchronous, and the caller does not wait.
    NeedsAsync,
    Signer(SignerError),
    /// A signer returned this many bytes, which are not a raw RSA signature.
    NotASignature {
        length: usize,
    },
    KeyFailed,
}

/// An API secret as the two HMAC keys that are made from it. The secret itself is not kept.
#[derive(Clone)]
pub(crate) struct SharedSecret {
    sha256: HmacKey,
    sha1: HmacKey,
}

impl SharedSecret {
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self {
            sha256: HmacKey::new(hmac::HMAC_SHA256, secret),
            sha1: HmacKey::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret),
        }
    }

    /// The signature of a `T1==` token.
    pub(crate) fn sign_t1(&self, data: &[u8]) -> hmac::Tag {
        self.sha1.sign(data)
    }

    /// In constant time.
    pub(crate) fn verifies_t1(&self, data: &[u8], signature: &[u8]) -> bool {
        self.sha1.verifies(data, signature)
    }

    pub(crate) fn sign_jwt(&self, payload: &[u8]) -> String {
        let input = jwt::signing_input(jwt::HS256_HEADER, payload, 32);
        let signature = self.sha256.sign(&input);
        jwt::seal(input, signature.as_ref())
    }

    /// In constant time.
    pub(crate) fn verifies_jwt(&self, signed: &[u8], signature: &[u8]) -> bool {
        self.sha256.verifies(signed, signature)
    }
}

impl SigningKey {
    pub(crate) fn sign_jwt(&self, payload: &[u8]) -> Result<String, SignError> {
        match self {
            Self::Shared(secret) => Ok(secret.sign_jwt(payload)),
            Self::Rsa(key) => {
                let input = jwt::signing_input(jwt::RS256_HEADER, payload, key.signature_length());
                let mut buffer = [0; LONGEST_SIGNATURE];
                let signature = key.sign(&input, &mut buffer).ok_or(SignError::KeyFailed)?;
                Ok(jwt::seal(input, signature))
            }
            Self::Signer(signer) => {
                let input = jwt::signing_input(jwt::RS256_HEADER, payload, 256);
                let signature = signer.sign(&input).map_err(SignError::Signer)?;
                seal_foreign(input, &signature)
            }
            Self::AsyncSigner(_) => Err(SignError::NeedsAsync),
        }
    }

    pub(crate) async fn sign_jwt_async(&self, payload: &[u8]) -> Result<String, SignError> {
        let Self::AsyncSigner(signer) = self else {
            return self.sign_jwt(payload);
        };
        let input = jwt::signing_input(jwt::RS256_HEADER, payload, 256);
        let signature = signer.sign(&input).await.map_err(SignError::Signer)?;
        seal_foreign(input, &signature)
    }
}

/// A signature wrapped in DER shows by its length, one in hex or base64 by its letters.
fn seal_foreign(input: Vec<u8>, signature: &[u8]) -> Result<String, SignError> {
    let length = signature.len();
    let text = signature.iter().all(u8::is_ascii_graphic);
    if text || !matches!(length, 256 | 384 | 512 | 1024) {
        return Err(SignError::NotASignature { length });
    }
    Ok(jwt::seal(input, signature))
}
