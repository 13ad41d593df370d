//! Reads objects whose members are things by name, where a list of things with an `id` is expected.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer, StrDeserializer},
    },
};

/// Reads a value under a name, which becomes its `id` unless it has one. Names that
/// only count are no identifiers. Null reads as nothing.
pub(crate) struct Named<'a, T> {
    name: &'a str,
    thing: std::marker::PhantomData<T>,
}

impl<'a, T> Named<'a, T> {
    pub(crate) fn new(name: &'a str) -> Self {
        Self {
            name,
            thing: std::marker::PhantomData,
        }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Named<'_, T> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Named<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
        let counts = self.name.bytes().all(|byte| byte.is_ascii_digit());
        let members = Members {
            map,
            name: Some(self.name).filter(|_| !counts),
            at_name: false,
        };
        T::deserialize(MapAccessDeserializer::new(members)).map(Some)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Option<T>, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(seq)).map(Some)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Option<T>, E> {
        T::deserialize(text.into_deserializer()).map(Some)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Option<T>, E> {
        T::deserialize(number.into_deserializer()).map(Some)
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Option<T>, E> {
        T::deserialize(number.into_deserializer()).map(Some)
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Option<T>, E> {
        T::deserialize(number.into_deserializer()).map(Some)
    }

    fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<Option<T>, E> {
        T::deserialize(flag.into_deserializer()).map(Some)
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }
}

/// The members of a thing, and after them its name as `id`.
struct Members<'a, A> {
    map: A,
    /// The name, until it or another `id` was read.
    name: Option<&'a str>,
    /// Whether the next value is the name.
    at_name: bool,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Members<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let key = match self.map.next_key::<String>()? {
            Some(key) => key,
            None if self.name.is_some() => {
                self.at_name = true;
                "id".to_owned()
            }
            None => return Ok(None),
        };
        if key == "id" && !self.at_name {
            self.name = None;
        }
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        if !self.at_name {
            return self.map.next_value_seed(seed);
        }
        self.at_name = false;
        let name: StrDeserializer<'_, A::Error> =
            self.name.take().unwrap_or_default().into_deserializer();
        seed.deserialize(name)
    }
}
