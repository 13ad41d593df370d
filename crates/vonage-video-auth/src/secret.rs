//! The keys of HMAC signatures, which are as good as the secret that they were made from.

use ring::hmac::{self, Algorithm, Tag};

/// An HMAC key that is overwritten when it is dropped.
///
/// Memory that the compiler moved it through on its way to its place is out of reach.
#[derive(Clone)]
pub(crate) struct HmacKey(hmac::Key);

impl HmacKey {
    pub(crate) fn new(algorithm: Algorithm, secret: &[u8]) -> Self {
        Self(hmac::Key::new(algorithm, secret))
    }

    #[inline]
    pub(crate) fn sign(&self, data: &[u8]) -> Tag {
        hmac::sign(&self.0, data)
    }

    /// In constant time.
    pub(crate) fn verifies(&self, data: &[u8], signature: &[u8]) -> bool {
        hmac::verify(&self.0, data, signature).is_ok()
    }

    fn wipe(&mut self) {
        // The key lies in this very place, not behind a pointer, so what is stored here replaces
        // it.
        self.0 = hmac::Key::new(self.0.algorithm(), &[]);
        // Without a reader, the compiler may leave a last store out.
        std::hint::black_box(&self.0);
    }
}

impl Drop for HmacKey {
    fn drop(&mut self) {
        self.wipe();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wiped_key_signs_nothing_of_the_secret() {
        let mut key = HmacKey::new(hmac::HMAC_SHA256, b"secret");
        let signature = key.sign(b"data");
        assert!(key.verifies(b"data", signature.as_ref()));
        key.wipe();
        assert!(!key.verifies(b"data", signature.as_ref()));
        let empty = HmacKey::new(hmac::HMAC_SHA256, b"");
        assert_eq!(key.sign(b"data").as_ref(), empty.sign(b"data").as_ref());
    }
}
