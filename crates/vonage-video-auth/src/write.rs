//! Writing JSON and URL-encoded text straight into one buffer.

/// `"text"`, with what JSON wants escaped.
pub(crate) fn json_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\')
    {
        // The byte found is ASCII, so both ends of it are between characters.
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let byte = special.bytes().next().unwrap_or_default();
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            _ => {
                out.push_str("\\u00");
                hex_byte(out, byte);
            }
        }
        rest = special.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
    out.push('"');
}

/// `,"name":`, or without the comma behind an opening brace.
pub(crate) fn json_name(out: &mut String, name: &str) {
    if !out.ends_with('{') {
        out.push(',');
    }
    json_text(out, name);
    out.push(':');
}

/// Decimal digits.
pub(crate) fn decimal(out: &mut String, number: i64) {
    let mut digits = [0_u8; 20];
    let mut rest = number.unsigned_abs();
    let mut start = digits.len();
    for (index, digit) in digits.iter_mut().enumerate().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        start = index;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push('-');
    }
    out.extend(digits.iter().skip(start).map(|digit| char::from(*digit)));
}

/// The form encoding that Python's `urlencode` writes: letters, digits and `_.-~` stay, a space
/// becomes `+`.
pub(crate) fn form_text(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' => {
                out.push(char::from(byte))
            }
            b' ' => out.push('+'),
            _ => {
                out.push('%');
                hex_byte(out, byte);
            }
        }
    }
}

/// Two upper-case hexadecimal digits.
fn hex_byte(out: &mut String, byte: u8) {
    for nibble in [byte >> 4, byte & 0xf] {
        out.push(char::from(if nibble < 10 {
            b'0' + nibble
        } else {
            b'A' + nibble - 10
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
