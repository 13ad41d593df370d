//! Splits a serialized operation into path parameters, query, form and JSON body, in one pass and
//! without an intermediate tree.

use std::fmt;

use bytes::Bytes;
use serde::{
    Serialize,
    ser::{self, Impossible, SerializeMap, SerializeStruct, Serializer},
};
use serde_json::Value;

use crate::{
    operation::{Meta, Operation, Place},
    url::escape,
};

/// The parts of a request that come from an operation's fields.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) path: Vec<(&'static str, String)>,
    pub(crate) query: String,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) body: Bytes,
}

pub(crate) fn split<O: Operation>(operation: &O, meta: &'static Meta) -> Result<Parts, Error> {
    let mut split = Split {
        meta,
        rest: meta.rest(),
        path: Vec::new(),
        pairs: String::new(),
        json: Vec::new(),
        key: String::new(),
    };
    operation.serialize(&mut split)?;
    for (name, value) in meta.constants {
        split.field(name, value)?;
    }
    split.finish()
}

/// Why a value cannot be a request. Only an operation defined outside this crate can cause it.
#[derive(Debug)]
pub(crate) struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

struct Split {
    meta: &'static Meta,
    rest: Place,
    path: Vec<(&'static str, String)>,
    pairs: String,
    json: Vec<u8>,
    /// The key of the map entry being written. Only operations with a flattened field are maps.
    key: String,
}

impl Split {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        match self.meta.fields.iter().find(|field| field.name == name) {
            Some(field) if field.place == Place::Path => {
                self.path.push((field.name, text(value)?));
                Ok(())
            }
            _ if self.rest == Place::Json => self.member(name, value),
            _ => self.pair(name, value),
        }
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        self.json
            .push(if self.json.is_empty() { b'{' } else { b',' });
        serde_json::to_writer(&mut self.json, name).map_err(ser::Error::custom)?;
        self.json.push(b':');
        serde_json::to_writer(&mut self.json, value).map_err(ser::Error::custom)
    }

    fn pair<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        if !self.pairs.is_empty() {
            self.pairs.push('&');
        }
        escape(&mut self.pairs, name);
        self.pairs.push('=');
        let value = text(value)?;
        escape(&mut self.pairs, &value);
        Ok(())
    }

    fn finish(mut self) -> Result<Parts, Error> {
        let mut parts = Parts {
            path: self.path,
            ..Parts::default()
        };
        match self.rest {
            Place::Form => {
                parts.content_type = Some("application/x-www-form-urlencoded");
                parts.body = self.pairs.into();
            }
            Place::Json if !self.json.is_empty() => {
                self.json.push(b'}');
                parts.content_type = Some("application/json");
                parts.body = self.json.into();
            }
            // An operation without fields for the body has no body; when all of them are unset, it
            // is an empty object.
            Place::Json
                if self
                    .meta
                    .fields
                    .iter()
                    .any(|field| field.place == Place::Json) =>
            {
                parts.content_type = Some("application/json");
                parts.body = Bytes::from_static(b"{}");
            }
            _ => parts.query = self.pairs,
        }
        Ok(parts)
    }
}

/// A scalar as text: `true`, `12`, and strings without quotes.
fn text<T: Serialize + ?Sized>(value: &T) -> Result<String, Error> {
    match serde_json::to_value(value).map_err(ser::Error::custom)? {
        Value::String(text) => Ok(text),
        scalar @ (Value::Bool(_) | Value::Number(_)) => Ok(scalar.to_string()),
        _ => Err(Error(
            "a path or query parameter must be a scalar".to_owned(),
        )),
    }
}

impl SerializeStruct for &mut Split {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

impl SerializeMap for &mut Split {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.key = text(key)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let key = std::mem::take(&mut self.key);
        self.field(&key, value)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

fn not_an_operation<T>() -> Result<T, Error> {
    Err(Error("an operation must serialize as a struct".to_owned()))
}

/// Accepts structs, and maps, which operations with a flattened field are; refuses everything else.
impl Serializer for &mut Split {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Impossible<(), Error>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Error> {
        Ok(self)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }
    fn serialize_bool(self, _: bool) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_i8(self, _: i8) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_i16(self, _: i16) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_i32(self, _: i32) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_i64(self, _: i64) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_u8(self, _: u8) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_u16(self, _: u16) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_u32(self, _: u32) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_u64(self, _: u64) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_f32(self, _: f32) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_f64(self, _: f64) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_char(self, _: char) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_str(self, _: &str) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_none(self) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_unit(self) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        not_an_operation()
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Error> {
        not_an_operation()
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Error> {
        not_an_operation()
    }
    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Error> {
        not_an_operation()
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        not_an_operation()
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        not_an_operation()
    }
}
