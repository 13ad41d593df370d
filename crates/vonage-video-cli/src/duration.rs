//! Lengths of time as people write them.

use std::time::Duration;

/// Reads `300ms`, `90s`, `15m`, `12h`, `7d`, or several in a row: `1d12h`.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let mut total = Duration::ZERO;
    let mut digits = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let unit: u64 = match c {
            'm' if chars.next_if_eq(&'s').is_some() => 1,
            's' => 1000,
            'm' => 60 * 1000,
            'h' => 60 * 60 * 1000,
            'd' => 24 * 60 * 60 * 1000,
            _ => {
                return Err(format!(
                    "`{c}` is not a unit: use ms, s, m, h or d, as in 90m"
                ));
            }
        };
        let number: u64 = digits
            .parse()
            .map_err(|_| format!("a number must stand before `{c}`, as in 90m"))?;
        let part = number.checked_mul(unit).map(Duration::from_millis);
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
    fn thousandths_of_a_second_are_not_minutes() {
        assert_eq!(parse("300ms"), Ok(Duration::from_millis(300)));
        assert_eq!(parse("5m1s1ms"), Ok(Duration::from_millis(301_001)));
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
