//! Random marks by which a process knows its own claims and writes.

use ring::rand::{SecureRandom, SystemRandom};
use vonage_video::webhook::StoreError;

/// 128 random bits, in hexadecimal.
pub(crate) fn random() -> Result<String, StoreError> {
    let mut bytes = [0; 16];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| StoreError::new("the system has no randomness"))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}
