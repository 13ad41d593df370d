//! Silence in AAC-LC: one channel, 48 kHz.

/// Samples in a second.
pub(crate) const RATE: u32 = 48_000;

/// Samples in a frame.
pub(crate) const FRAME: u64 = 1_024;

/// The `AudioSpecificConfig` of ISO/IEC 14496-3: AAC-LC, 48 kHz, one channel, frames of 1024.
pub(crate) const CONFIGURATION: [u8; 2] = [0x11, 0x88];

/// A frame of silence: a single channel element without a scale factor band, then the end.
pub(crate) const SILENCE: [u8; 4] = [0, 0, 0, 7];

/// How many samples some milliseconds have.
pub(crate) fn samples(millis: u64) -> u64 {
    millis.saturating_mul(u64::from(RATE) / 1000)
}

/// How many frames begin within the first milliseconds.
pub(crate) fn frames(millis: u64) -> u64 {
    samples(millis).div_ceil(FRAME)
}
