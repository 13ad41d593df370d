//! Lengths of time as people write them.

use std::time::Duration;

/// Reads `90s`, `15m`, `12h`, `7d`, or several in a row: `1d12h`.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let mut total = Duration::ZERO;
    let mut digits = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let seconds: u64 = match c {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            _ => return Err(format!("`{c}` is not a unit: use s, m, h or d, as in 90m")),
        };
        let number: u64 = digits
            .parse()
            .map_err(|_| format!("a number must stand before `{c}`, as in 90m"))?;
        let part = number.checked_mul(seconds).map(Duration::from_secs);
        total = part
            .and_then(|part| total.checked_add(part))
            .ok_or("too long")?;
        digits.clear();
    }
    match digits.as_str() {
        "" if !text.is_empty() => Ok(total),
        "" => Err("empty: write a number and a unit, as in 90m".to_owned()),
        // A bare number is seconds to one reader and milliseconds to another.
        number => Err(format!(
            "`{number}` has no unit: write {number}s for seconds"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_units_add_up() {
        for (text, seconds) in [
            ("90s", 90),
            ("15m", 900),
            ("12h", 43_200),
            ("7d", 604_800),
            ("1d12h", 129_600),
        ] {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn what_could_be_misread_is_refused() {
        for text in [
            "",
            "90",
            "d",
            "7w",
            "1.5h",
            "-1d",
            "99999999999999999999d",
            "18446744073709551615d",
            "7 d",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
