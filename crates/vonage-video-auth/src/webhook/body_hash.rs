//! The hash of a webhook's body, which its token carries.

use ring::digest::{SHA256, digest};

use crate::hex;

/// SHA-256 of the raw body.
fn hash(body: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, body).as_ref());
    hash
}

/// Appends the `payload_hash` of `body`: 64 lower-case hexadecimal digits.
pub(super) fn append(out: &mut String, body: &[u8]) {
    for byte in hash(body) {
        hex::append(out, hex::lower(byte));
    }
}

/// Whether `claimed` is the `payload_hash` of `body`, in either case of digits.
pub(super) fn matches(claimed: &str, body: &[u8]) -> bool {
    let Some(claimed) = hex::bytes::<32>(claimed) else {
        return false;
    };
    // Constant time: do not reveal where they differ.
    let differences = claimed
        .iter()
        .zip(hash(body))
        .map(|(one, other)| one ^ other);
    differences.fold(0, |all, one| all | one) == 0
}
