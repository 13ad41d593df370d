//! ZIP archives without compression: the parts of APPNOTE 6.3 that are needed.

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// 1 January 1980, where the format's time begins.
const NO_DATE: u16 = 0x21;
/// Names are UTF-8.
const UTF8: u16 = 1 << 11;

/// Packs files under their names, in order. Sizes are far below 4 GiB.
pub(super) fn stored(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    let mut count: u16 = 0;
    for (name, content) in files {
        let offset = length(&out);
        let mut entry = Vec::new();
        put16(&mut entry, &[20, UTF8, 0, 0, NO_DATE]);
        put32(
            &mut entry,
            &[crc32(&content), length(&content), length(&content)],
        );
        put16(&mut entry, &[short(name.len()), 0]);

        put32(&mut out, &[LOCAL]);
        out.extend_from_slice(&entry);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(&content);

        put32(&mut directory, &[CENTRAL]);
        put16(&mut directory, &[20]);
        directory.extend_from_slice(&entry);
        put16(&mut directory, &[0, 0, 0]);
        put32(&mut directory, &[0, offset]);
        directory.extend_from_slice(name.as_bytes());
        count = count.saturating_add(1);
    }
    let start = length(&out);
    out.extend_from_slice(&directory);
    put32(&mut out, &[END]);
    put16(&mut out, &[0, 0, count, count]);
    put32(&mut out, &[length(&directory), start]);
    put16(&mut out, &[0]);
    out
}

fn put16(out: &mut Vec<u8>, numbers: &[u16]) {
    numbers
        .iter()
        .for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
}

fn put32(out: &mut Vec<u8>, numbers: &[u32]) {
    numbers
        .iter()
        .for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

fn short(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

/// The checksum of ISO 3309, reflected.
fn crc32(bytes: &[u8]) -> u32 {
    let remainder = |byte: u32| {
        (0..8).fold(byte, |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    };
    !bytes.iter().fold(!0, |crc: u32, byte| {
        remainder((crc ^ u32::from(*byte)) & 0xFF) ^ crc >> 8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_well_known_one() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn an_archive_has_its_parts_where_it_says() {
        let bytes = stored([
            ("a.txt".to_owned(), b"hello".to_vec()),
            ("b.txt".to_owned(), Vec::new()),
        ]);
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        let end = bytes.len() - 22;
        assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let (size, start) = (number(end + 12), number(end + 16));
        assert_eq!(start + size, end);
        assert_eq!(&bytes[start..start + 4], b"PK\x01\x02");
        assert_eq!(bytes[end + 10], 2, "files");
    }
}
