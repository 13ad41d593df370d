//! Reading what servers and SDKs really write: numbers in quotes, `"true"`, fractions, null or empty text where a value was promised.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

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
            // Above 2^53 a float no longer holds every whole number, but the nearest one is still the best reading.
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
    fn from_text(text: &str) -> Option<Self>;

    fn from_number(number: Number) -> Option<Self>;

    fn from_bool(_flag: bool) -> Option<Self> {
        None
    }
}

impl Lenient for String {
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
        match text {
            "true" | "True" => Some(true),
            "false" | "False" => Some(false),
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

/// Only answers have such numbers: sizes, lengths and times, of which a fraction can be spared. What is sent, a `u32`, must be whole.
impl Lenient for u64 {
    fn from_text(text: &str) -> Option<Self> {
        text.trim().parse().ok()
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

/// A value that must be there.
pub(crate) fn value<'de, T: Lenient, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match deserializer.deserialize_any(Scalar(PhantomData))? {
        Some(value) => Ok(value),
        None => Err(de::Error::invalid_type(
            de::Unexpected::Unit,
            &Scalar::<T>(PhantomData),
        )),
    }
}

/// A value that may be absent (with `#[serde(default)]`) or null.
pub(crate) fn option<'de, T: Lenient, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Scalar(PhantomData))
}

/// A value whose absence (with `#[serde(default)]`) or null reads as its empty value.
pub(crate) fn or_default<'de, T: Lenient + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(deserializer
        .deserialize_any(Scalar(PhantomData))?
        .unwrap_or_default())
}

/// An object or map whose absence (with `#[serde(default)]`) or null reads as an empty one.
pub(crate) fn or_empty<'de, T: Deserialize<'de> + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A list whose absence (with `#[serde(default)]`) or null reads as an empty one, and whose nulls are left out. Of an object, as OpenTok once answered instead of some lists, the values
/// are read.
pub(crate) fn list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_any(List(PhantomData))
}

/// Reads a set of values that is open: whatever text there is, known or not.
pub(crate) fn open<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'a> From<&'a str>,
    D: Deserializer<'de>,
{
    struct Open<T>(PhantomData<T>);

    impl<T: for<'a> From<&'a str>> Visitor<'_> for Open<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text")
        }

        fn visit_str<E>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }

        fn visit_u64<E>(self, number: u64) -> Result<T, E> {
            Ok(T::from(number.to_string().as_str()))
        }

        fn visit_i64<E>(self, number: i64) -> Result<T, E> {
            Ok(T::from(number.to_string().as_str()))
        }

        fn visit_f64<E>(self, number: f64) -> Result<T, E> {
            Ok(T::from(number.to_string().as_str()))
        }

        fn visit_bool<E>(self, flag: bool) -> Result<T, E> {
            Ok(T::from(if flag { "true" } else { "false" }))
        }

        fn visit_unit<E>(self) -> Result<T, E> {
            Ok(T::from(""))
        }
    }

    deserializer.deserialize_any(Open(PhantomData))
}

struct List<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        // A hint is only believed as far as it costs nothing.
        const BELIEVED: usize = 1024;
        let mut items = Vec::with_capacity(seq.size_hint().unwrap_or_default().min(BELIEVED));
        while let Some(item) = seq.next_element::<Option<T>>()? {
            items.extend(item);
        }
        Ok(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some((IgnoredAny, item)) = map.next_entry::<_, Option<T>>()? {
            items.extend(item);
        }
        Ok(items)
    }

    fn visit_unit<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_none<E>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

struct Scalar<T>(PhantomData<T>);

impl<T: Lenient> Scalar<T> {
    fn number<E: de::Error>(self, number: Number) -> Result<Option<T>, E> {
        let unexpected = match number {
            Number::Unsigned(number) => de::Unexpected::Unsigned(number),
            Number::Signed(number) => de::Unexpected::Signed(number),
            Number::Float(number) => de::Unexpected::Float(number),
        };
        T::from_number(number)
            .map(Some)
            .ok_or_else(|| E::invalid_value(unexpected, &self))
    }
}

impl<'de, T: Lenient> Visitor<'de> for Scalar<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = std::any::type_name::<T>();
        f.write_str(name.rsplit("::").next().unwrap_or(name))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Option<T>, E> {
        match T::from_text(text) {
            // A number or flag that is an empty text is none.
            None if !text.is_empty() => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
            value => Ok(value),
        }
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Option<T>, E> {
        self.number(Number::Unsigned(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Option<T>, E> {
        self.number(Number::Signed(number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Option<T>, E> {
        self.number(Number::Float(number))
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Option<T>, E> {
        T::from_bool(flag)
            .map(Some)
            .ok_or_else(|| E::invalid_type(de::Unexpected::Bool(flag), &self))
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}
