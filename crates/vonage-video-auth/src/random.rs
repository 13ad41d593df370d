//! Random bytes for nonces and token ids, fetched from the operating system a kilobyte at a time.
//!
//! One call to the operating system costs as much as an HMAC signature, so each credential keeps
//! the rest of what a call brought. The bytes are used once and are not secret: they keep two
//! tokens of the same second apart. A process that forks with a filled buffer would mint equal ids
//! on both sides, which costs uniqueness and nothing else.

use std::sync::{Mutex, PoisonError};

use ring::rand::{SecureRandom, SystemRandom};

const BUFFER: usize = 1024;

pub(crate) struct RandomBuffer(Mutex<Buffer>);

struct Buffer {
    bytes: [u8; BUFFER],
    used: usize,
}

/// The operating system gave no random bytes.
#[derive(Debug)]
pub(crate) struct NoRandom;

impl RandomBuffer {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Buffer {
            bytes: [0; BUFFER],
            used: BUFFER,
        }))
    }

    pub(crate) fn take<const N: usize>(&self) -> Result<[u8; N], NoRandom> {
        let mut buffer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = buffer.next::<N>() {
            return Ok(bytes);
        }
        SystemRandom::new()
            .fill(&mut buffer.bytes)
            .map_err(|_| NoRandom)?;
        buffer.used = 0;
        buffer.next().ok_or(NoRandom)
    }
}

impl Buffer {
    fn next<const N: usize>(&mut self) -> Option<[u8; N]> {
        let bytes = *self.bytes.get(self.used..)?.first_chunk::<N>()?;
        self.used += N;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_value_comes_twice_across_refills() {
        let random = RandomBuffer::new();
        let values: HashSet<[u8; 16]> = (0..1_000).map(|_| random.take().unwrap()).collect();
        assert_eq!(values.len(), 1_000);
    }

    #[test]
    fn sizes_that_do_not_divide_the_buffer_work() {
        let random = RandomBuffer::new();
        for _ in 0..1_000 {
            assert_ne!(random.take::<24>().unwrap(), [0; 24]);
            assert!(random.take::<4>().is_ok());
        }
    }
}
