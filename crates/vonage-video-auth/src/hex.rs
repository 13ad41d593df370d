//! Hexadecimal digits: the one place that writes and reads them.

const LOWER: &[u8; 16] = b"0123456789abcdef";
const UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// Two lower-case digits for each byte.
pub(crate) fn lower(bytes: &[u8]) -> impl Iterator<Item = u8> {
    digits(bytes, LOWER)
}

/// Two upper-case digits for each byte, as percent encoding and JSON escapes want them.
pub(crate) fn upper(bytes: &[u8]) -> impl Iterator<Item = u8> {
    digits(bytes, UPPER)
}

fn digits<'a>(bytes: &'a [u8], alphabet: &'static [u8; 16]) -> impl Iterator<Item = u8> + use<'a> {
    bytes.iter().flat_map(move |byte| {
        [byte >> 4, byte & 0xf].map(|nibble| {
            // Always in the alphabet: a nibble is less than 16.
            alphabet
                .get(usize::from(nibble))
                .copied()
                .unwrap_or_default()
        })
    })
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
            String::from_utf8(lower(&all).collect()).unwrap(),
            String::from_utf8(upper(&all).collect()).unwrap(),
        ] {
            assert_eq!(bytes(&text), Some(all));
        }
        assert_eq!(lower(&[0x0a]).collect::<Vec<_>>(), b"0a");
        assert_eq!(upper(&[0xfe]).collect::<Vec<_>>(), b"FE");
    }

    #[test]
    fn other_lengths_and_characters_are_refused() {
        for text in ["", "0", "000", "0g", "+1", " 1"] {
            assert_eq!(bytes::<1>(text), None, "{text:?}");
        }
    }
}
