//! How much one socket may send: a bucket of bytes that is refilled.

/// Most bytes in the bucket: what a page may send at once.
const FULL: usize = 2 * 1024 * 1024;
/// What a message costs besides its bytes.
const MESSAGE: usize = 256;
/// What each refill adds.
const REFILL: usize = 200 * 1024;

/// The bytes that a socket may still send. Without any, it is not read from until the next refill.
pub(super) struct Bucket(usize);

impl Default for Bucket {
    fn default() -> Self {
        Self(FULL)
    }
}

impl Bucket {
    pub(super) fn take(&mut self, bytes: usize) {
        self.0 = self.0.saturating_sub(bytes + MESSAGE);
    }

    pub(super) fn refill(&mut self) {
        self.0 = (self.0 + REFILL).min(FULL);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0 == 0
    }

    pub(super) fn is_full(&self) -> bool {
        self.0 == FULL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_messages_empty_it_too_and_it_never_overflows() {
        let mut bucket = Bucket::default();
        let sent = std::iter::repeat_with(|| bucket.take(0))
            .take(FULL / MESSAGE)
            .count();
        assert!(bucket.is_empty(), "after {sent} messages without a byte");
        bucket.refill();
        assert!(!bucket.is_empty());
        for _ in 0..100 {
            bucket.refill();
        }
        assert!(bucket.is_full());
        bucket.take(usize::MAX - MESSAGE);
        assert!(bucket.is_empty());
    }
}
