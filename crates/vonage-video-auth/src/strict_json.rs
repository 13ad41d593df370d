//! JSON objects whose member names are unique: two readers of one token must not see two roles.

use std::fmt;

use serde_core::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

/// Reads one JSON value, refusing an object with a member twice at any depth. Names are compared
/// after their escapes are undone.
pub(crate) fn read(text: &[u8]) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = Strict.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

#[derive(Clone, Copy)]
struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = items.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(self)?;
            if map.contains_key(&name) {
                let name: String = name.chars().take(40).collect();
                return Err(A::Error::custom(format_args!(
                    "the member {name:?} is there twice"
                )));
            }
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_member_twice_is_refused_at_any_depth_and_however_it_is_written() {
        for text in [
            r#"{"role":1,"role":2}"#,
            r#"{"role":1,"r\u006fle":2}"#,
            r#"{"a":{"b":1,"b":1}}"#,
            r#"[{"a":null,"\u0061":null}]"#,
            r#"{"":1,"":1}"#,
        ] {
            let error = read(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains("twice"), "{text}: {error}");
        }
        assert!(read(br#"{"a":{"b":1},"b":[{"a":1},{"a":1}]}"#).is_ok());
        assert!(read(b"{} {}").is_err());
    }

    proptest! {
        #[test]
        fn everything_else_reads_as_serde_json_reads_it(
            text in r#"[\[\]{}",:0-9a-z.e\\-]{0,40}"#,
            number in any::<f64>(),
        ) {
            for text in [text, format!("{{\"n\":{number:?},\"t\":true}}")] {
                let usual = serde_json::from_str::<Value>(&text);
                match read(text.as_bytes()) {
                    Ok(value) => prop_assert_eq!(value, usual.unwrap()),
                    Err(error) => prop_assert!(usual.is_err() || error.to_string().contains("twice")),
                }
            }
        }
    }
}
