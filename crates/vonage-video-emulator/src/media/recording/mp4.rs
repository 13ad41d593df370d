//! Placeholder recordings: noise in the frame of an MP4 file, which no player shows.

const FILE_TYPE: &[u8; 24] = b"\0\0\0\x18ftypisom\0\0\x02\0isommp42";

/// A file of `size` bytes, at least its frame. The same id and size give the same bytes.
pub(super) fn file(id: &str, size: usize) -> Vec<u8> {
    let content = size.saturating_sub(FILE_TYPE.len() + 8);
    let boxed = u32::try_from(content + 8).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(FILE_TYPE.len() + 8 + content);
    bytes.extend_from_slice(FILE_TYPE);
    bytes.extend_from_slice(&boxed.to_be_bytes());
    bytes.extend_from_slice(b"mdat");
    bytes.extend_from_slice(&noise(id, content));
    bytes
}

/// Bytes that depend on nothing but a name: xorshift64, seeded with the name's FNV-1a hash.
pub(super) fn noise(name: &str, size: usize) -> Vec<u8> {
    let mut state = name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    let mut bytes = Vec::with_capacity(size + 8);
    while bytes.len() < size {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_size_and_its_own_bytes() {
        let one = file("a", 1000);
        assert_eq!(one.len(), 1000);
        assert_eq!(one, file("a", 1000));
        assert_ne!(one, file("b", 1000));
        assert_eq!(&one[4..8], b"ftyp");
        assert_eq!(
            u32::from_be_bytes(one[24..28].try_into().unwrap()),
            976,
            "the second box reaches the end"
        );
    }
}
