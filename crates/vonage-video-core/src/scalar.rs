//! Scalars, and which spellings of JSON they are read from.

use std::fmt;

/// A JSON number before it is known what it should be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl Number {
    /// The whole number it stands for, if it does: `12`, `12.0`, not `12.5` or `-1`.
    pub(crate) fn whole(self) -> Option<u64> {
        match self {
            Self::Unsigned(number) => Some(number),
            Self::Signed(number) => u64::try_from(number).ok(),
            // Above 2^53 a float does not hold every whole number, but the nearest is still the
            // best reading.
            Self::Float(number)
                if number >= 0.0 && number < u64::MAX as f64 && number.fract() == 0.0 =>
            {
                Some(number as u64)
            }
            Self::Float(_) => None,
        }
    }

    /// The whole part of it, if it is not negative: of `12.5`, 12.
    fn whole_part(self) -> Option<u64> {
        match self {
            Self::Float(number) if number >= 0.0 => Self::Float(number.trunc()).whole(),
            _ => self.whole(),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned(number) => number.fmt(f),
            Self::Signed(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
        }
    }
}

/// A scalar that is read from whichever JSON scalar spells it.
pub(crate) trait Lenient: Sized {
    /// Whether an empty text means that there is no value.
    const EMPTY_IS_ABSENT: bool = true;

    fn from_text(text: &str) -> Option<Self>;

    fn from_number(number: Number) -> Option<Self>;

    fn from_bool(_flag: bool) -> Option<Self> {
        None
    }
}

impl Lenient for String {
    const EMPTY_IS_ABSENT: bool = false;

    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn from_number(number: Number) -> Option<Self> {
        Some(number.to_string())
    }

    fn from_bool(flag: bool) -> Option<Self> {
        Some(flag.to_string())
    }
}

impl Lenient for bool {
    fn from_text(text: &str) -> Option<Self> {
        match text.trim() {
            "1" => Some(true),
            "0" => Some(false),
            text if text.eq_ignore_ascii_case("true") => Some(true),
            text if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    fn from_number(number: Number) -> Option<Self> {
        match number.whole()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn from_bool(flag: bool) -> Option<Self> {
        Some(flag)
    }
}

/// Only responses have such numbers: sizes, lengths and times, of which a fraction can be dropped.
/// What is sent, a `u32`, must be whole.
impl Lenient for u64 {
    fn from_text(text: &str) -> Option<Self> {
        let text = text.trim();
        let fraction = || Number::Float(text.parse().ok()?).whole_part();
        text.parse().ok().or_else(fraction)
    }

    fn from_number(number: Number) -> Option<Self> {
        number.whole_part()
    }
}

impl Lenient for u32 {
    fn from_text(text: &str) -> Option<Self> {
        text.trim().parse().ok()
    }

    fn from_number(number: Number) -> Option<Self> {
        number.whole()?.try_into().ok()
    }
}

impl Lenient for f64 {
    fn from_text(text: &str) -> Option<Self> {
        text.trim()
            .parse()
            .ok()
            .filter(|number: &Self| number.is_finite())
    }

    fn from_number(number: Number) -> Option<Self> {
        Some(match number {
            Number::Unsigned(number) => number as Self,
            Number::Signed(number) => number as Self,
            Number::Float(number) => number,
        })
    }
}
