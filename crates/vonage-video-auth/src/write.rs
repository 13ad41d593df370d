//! Writing JSON and URL-encoded text straight into one buffer.

use crate::hex;

/// `"text"`, with what JSON wants escaped.
#[inline]
pub(crate) fn json_text(out: &mut String, text: &str) {
    out.push('"');
    if needs_escapes(text) {
        json_escaped(out, text);
    } else {
        out.push_str(text);
    }
    out.push('"');
}

/// Looks at sixteen bytes at a time, as many as every processor compares at once.
fn needs_escapes(text: &str) -> bool {
    let special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    let any_special = |block: &[u8; 16]| block.iter().fold(false, |any, byte| any | special(*byte));
    let mut blocks = text.as_bytes().chunks_exact(16);
    let mut last = [b' '; 16];
    last.iter_mut()
        .zip(blocks.remainder())
        .for_each(|(place, byte)| *place = *byte);
    blocks.any(|block| block.first_chunk().is_some_and(any_special)) || any_special(&last)
}

#[cold]
#[inline(never)]
fn json_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\0'..='\u{1f}' => {
                out.push_str("\\u00");
                hex::append(out, hex::upper(character as u8));
            }
            _ => out.push(character),
        }
    }
}

/// `,"name":`, or without the comma behind an opening brace.
pub(crate) fn json_name(out: &mut String, name: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    json_text(out, name);
    out.push(':');
}

/// Appends a number in decimal digits.
#[inline]
pub(crate) fn decimal(out: &mut String, number: i64) {
    out.push_str(itoa::Buffer::new().format(number));
}

/// The form encoding that Python's `urlencode` writes: letters, digits and `_.-~` stay, a space
/// becomes `+`.
pub(crate) fn form_text(out: &mut String, text: &str) {
    let mut rest = text;
    loop {
        let plain = rest.bytes().take_while(|byte| stays(*byte)).count();
        // What stays is ASCII, so a run of it ends between characters.
        let (run, escaped) = rest.split_at(plain);
        out.push_str(run);
        let mut characters = escaped.chars();
        match characters.next() {
            Some(' ') => out.push('+'),
            Some(character) => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    out.push('%');
                    hex::append(out, hex::upper(byte));
                }
            }
            None => return,
        }
        rest = characters.as_str();
    }
}

#[inline]
fn stays(byte: u8) -> bool {
    STAYS.get(usize::from(byte)).is_some_and(|stays| *stays)
}

/// For each byte whether it stays as it is.
static STAYS: [bool; 256] = {
    let mut stays = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        #[expect(
            clippy::indexing_slicing,
            reason = "a constant, and a byte is less than 256"
        )]
        {
            stays[byte as usize] =
                byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b'~');
        }
        byte += 1;
    }
    stays
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn json_text_reads_back(text in any::<String>()) {
            let mut out = String::new();
            json_text(&mut out, &text);
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        }

        #[test]
        fn decimals_read_back(number in any::<i64>()) {
            let mut out = String::new();
            decimal(&mut out, number);
            prop_assert_eq!(out, number.to_string());
        }
    }

    #[test]
    fn extremes() {
        for number in [0, 9, 10, -1, i64::MIN, i64::MAX] {
            let mut out = String::new();
            decimal(&mut out, number);
            assert_eq!(out, number.to_string());
        }
        let mut out = String::new();
        form_text(&mut out, "a b&é~");
        assert_eq!(out, "a+b%26%C3%A9~");
        let mut out = String::new();
        json_text(&mut out, "\u{1f}\u{0}");
        assert_eq!(out, "\"\\u001F\\u0000\"");
    }
}
