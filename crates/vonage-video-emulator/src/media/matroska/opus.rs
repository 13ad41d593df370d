//! Silence in Opus (RFC 6716, RFC 7845): packets whose frames are empty, which is how encoders say
//! that there is nothing to hear.

/// Milliseconds of a packet.
pub(super) const PACKET: u64 = 120;

/// Milliseconds of a frame within a packet.
const FRAME: u64 = 20;

/// The identification header: one channel, no samples to skip, 48 kHz.
pub(super) const HEAD: [u8; 19] = *b"OpusHead\x01\x01\0\0\x80\xBB\0\0\0\0\0";

/// A packet of at most [`PACKET`] milliseconds: its configuration and how many frames it has.
pub(super) fn packet(millis: u64) -> [u8; 2] {
    let frames = millis.min(PACKET).div_ceil(FRAME);
    [0xFB, u8::try_from(frames).unwrap_or(6)]
}
