//! Random bytes for nonces and token ids.
//!
//! A call to the operating system costs as much as several HMAC signatures, so each thread keeps
//! the rest of what a call returned. No thread waits for another. The bytes are not secret: they
//! keep two tokens of the same second apart.

use std::cell::RefCell;

use ring::rand::{SecureRandom, SystemRandom};

const WORDS: usize = 128;

thread_local! {
    static BUFFER: RefCell<Buffer> = const {
        RefCell::new(Buffer {
            bytes: [0; WORDS * 8],
            used: WORDS * 8,
        })
    };
}

struct Buffer {
    bytes: [u8; WORDS * 8],
    used: usize,
}

/// The operating system returned no random bytes.
#[derive(Debug)]
pub(crate) struct NoRandom;

/// A random number that keeps two tokens of one project apart.
///
/// `moment` is any reading of a fine clock. A process that forks has the same buffer on both sides;
/// mixed with the moment of the draw, the numbers still differ.
pub(crate) fn number(moment: u64) -> Result<u64, NoRandom> {
    let drawn = BUFFER.with_borrow_mut(|buffer| {
        if let Some(number) = buffer.next() {
            return Ok(number);
        }
        fill(&mut buffer.bytes)?;
        buffer.used = 0;
        buffer.next().ok_or(NoRandom)
    })?;
    Ok(mixed(drawn, moment))
}

/// Sixteen bytes straight from the operating system.
pub(crate) fn id() -> Result<[u8; 16], NoRandom> {
    let mut bytes = [0; 16];
    fill(&mut bytes)?;
    Ok(bytes)
}

fn fill(bytes: &mut [u8]) -> Result<(), NoRandom> {
    SystemRandom::new().fill(bytes).map_err(|_| NoRandom)
}

impl Buffer {
    fn next(&mut self) -> Option<u64> {
        let bytes = self.bytes.get(self.used..)?.first_chunk::<8>()?;
        let number = u64::from_ne_bytes(*bytes);
        self.used += 8;
        Some(number)
    }
}

/// One step of SplitMix64: for each `drawn`, another `moment` results in another number, with all
/// of its bits changed.
fn mixed(drawn: u64, moment: u64) -> u64 {
    let mut number = drawn.wrapping_add(moment.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, thread};

    use super::*;

    #[test]
    fn no_number_comes_twice_across_refills_and_threads() {
        let draw = || (0..1_000).map(|_| number(7).unwrap()).collect::<Vec<u64>>();
        let mut all: HashSet<u64> = draw().into_iter().collect();
        thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(draw)).collect();
            for one in threads {
                all.extend(one.join().unwrap());
            }
        });
        assert_eq!(all.len(), 5_000);
    }

    #[test]
    fn a_forked_process_with_the_same_buffer_draws_other_numbers() {
        // What a fork copies is the buffer; what it cannot copy is the moment.
        let buffer: Vec<u64> = (0..100).map(|_| number(0).unwrap()).collect();
        let parent: HashSet<u64> = buffer.iter().map(|drawn| mixed(*drawn, 1_000)).collect();
        let child: HashSet<u64> = buffer.iter().map(|drawn| mixed(*drawn, 1_001)).collect();
        assert!(parent.is_disjoint(&child));
    }

    #[test]
    fn ids_differ() {
        let ids: HashSet<[u8; 16]> = (0..100).map(|_| id().unwrap()).collect();
        assert_eq!(ids.len(), 100);
    }
}
