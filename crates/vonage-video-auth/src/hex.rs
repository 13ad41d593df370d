//! Hexadecimal digits: the one place that writes and reads them.

const LOWER: &[u8; 16] = b"0123456789abcdef";
const UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// The two lower-case digits of a byte.
#[inline]
pub(crate) fn lower(byte: u8) -> [u8; 2] {
    digits(byte, LOWER)
}

/// The two upper-case digits of a byte, as percent encoding and JSON escapes want them.
#[inline]
pub(crate) fn upper(byte: u8) -> [u8; 2] {
    digits(byte, UPPER)
}

#[inline]
fn digits(byte: u8, alphabet: &[u8; 16]) -> [u8; 2] {
    // Always in the alphabet: a nibble is less than 16.
    let digit = |nibble: u8| alphabet.get(usize::from(nibble)).copied().unwrap_or(b'0');
    [digit(byte >> 4), digit(byte & 0xf)]
}

/// Appends both digits of a byte to a text.
#[inline]
pub(crate) fn append(out: &mut String, [high, low]: [u8; 2]) {
    out.push(char::from(high));
    out.push(char::from(low));
}

/// The byte that two digits of either case stand for.
pub(crate) fn byte(high: u8, low: u8) -> Option<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16);
    u8::try_from(value(high)? << 4 | value(low)?).ok()
}

/// The `N` bytes that exactly `2 * N` digits of either case stand for.
pub(crate) fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let mut digits = text.bytes();
    for place in &mut bytes {
        *place = byte(digits.next()?, digits.next()?)?;
    }
    digits.next().is_none().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_in_both_cases() {
        let all: [u8; 256] = std::array::from_fn(|index| index as u8);
        for text in [
            String::from_utf8(all.iter().flat_map(|byte| lower(*byte)).collect()).unwrap(),
            String::from_utf8(all.iter().flat_map(|byte| upper(*byte)).collect()).unwrap(),
        ] {
            assert_eq!(bytes(&text), Some(all));
        }
        assert_eq!((&lower(0x0a), &upper(0xfe)), (b"0a", b"FE"));
    }

    #[test]
    fn other_lengths_and_characters_are_refused() {
        for text in ["", "0", "000", "0g", "+1", " 1"] {
            assert_eq!(bytes::<1>(text), None, "{text:?}");
        }
    }
}
