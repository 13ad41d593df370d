//! Reads JSON as servers and SDKs really write it: numbers in quotes, `"true"`, fractions, null or
//! empty text where a value is documented.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use crate::{
    named::Named,
    scalar::{Lenient, Number},
};

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

/// A value of a response that may be absent. A scalar that it cannot be read from reads as absent:
/// one odd value must not make a whole list unreadable.
pub(crate) fn odd_as_none<'de, T: Lenient, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(Forgiving(PhantomData))
}

/// An object of a response that requests have too, where it is read strictly. One with an odd value
/// reads as absent.
pub(crate) fn odd_object_as_none<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// As [`odd_as_none`], with the empty value for what is absent or odd.
pub(crate) fn odd_as_default<'de, T: Lenient + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(odd_as_none(deserializer)?.unwrap_or_default())
}

/// The identifier of a thing that the server returns, which must not be empty.
pub(crate) fn filled<'de, T: Lenient + AsRef<str>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let id: T = value(deserializer)?;
    if id.as_ref().is_empty() {
        Err(de::Error::invalid_length(
            0,
            &"an identifier that is not empty",
        ))
    } else {
        Ok(id)
    }
}

/// A list of texts, each read from whichever scalar spells it; a text alone is a list of one.
pub(crate) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct Text(String);

    impl<'de> Deserialize<'de> for Text {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            value(deserializer).map(Self)
        }
    }

    struct Texts;

    impl<'de> Visitor<'de> for Texts {
        type Value = Vec<Text>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of texts")
        }

        fn visit_str<E>(self, text: &str) -> Result<Vec<Text>, E> {
            let text = Some(text).filter(|text| !text.is_empty());
            Ok(text.map(|text| Text(text.to_owned())).into_iter().collect())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Vec<Text>, A::Error> {
            List(PhantomData).visit_seq(seq)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<Text>, A::Error> {
            List(PhantomData).visit_map(map)
        }

        fn visit_unit<E>(self) -> Result<Vec<Text>, E> {
            Ok(Vec::new())
        }

        fn visit_none<E>(self) -> Result<Vec<Text>, E> {
            Ok(Vec::new())
        }

        fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Text>, D::Error> {
            deserializer.deserialize_any(self)
        }
    }

    let texts = deserializer.deserialize_any(Texts)?;
    Ok(texts.into_iter().map(|Text(text)| text).collect())
}

/// An object or map whose absence (with `#[serde(default)]`) or null reads as an empty one.
pub(crate) fn or_empty<'de, T: Deserialize<'de> + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A list whose absence (with `#[serde(default)]`) or null reads as an empty one, and whose nulls
/// are left out. Of an object, which OpenTok once sent instead of some lists, the values are read,
/// and the names become their `id`s.
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
        while let Some(name) = map.next_key::<String>()? {
            items.extend(map.next_value_seed(Named::new(&name))?);
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
            // An empty text is an absent number or flag.
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

struct Forgiving<T>(PhantomData<T>);

impl<'de, T: Lenient> Visitor<'de> for Forgiving<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Scalar::<T>(PhantomData).expecting(f)
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<T>, E> {
        let is_absent = T::EMPTY_IS_ABSENT && text.is_empty();
        Ok(if is_absent { None } else { T::from_text(text) })
    }

    fn visit_u64<E>(self, number: u64) -> Result<Option<T>, E> {
        Ok(T::from_number(Number::Unsigned(number)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Option<T>, E> {
        Ok(T::from_number(Number::Signed(number)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Option<T>, E> {
        Ok(T::from_number(Number::Float(number)))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Option<T>, E> {
        Ok(T::from_bool(flag))
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
