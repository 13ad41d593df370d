//! Reading and writing the bodies of answers.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    decode_error::{DecodeError, from_json},
    lenient,
};

/// What an operation answers with.
///
/// Any 2xx status is success, whatever the documents promise; a body is only looked at when the operation has an answer to read from it.
pub trait Output: fmt::Debug + Sized + Send + 'static {
    /// Reads the body of a 2xx answer.
    ///
    /// # Errors
    ///
    /// The body does not have the expected shape.
    fn decode(body: &[u8]) -> Result<Self, DecodeError>;

    /// Writes the body, as the service would.
    ///
    /// # Errors
    ///
    /// The value has no JSON form; the models of this crate all have one.
    fn encode(&self) -> Result<Vec<u8>, serde_json::Error>;
}

impl Output for () {
    fn decode(_body: &[u8]) -> Result<Self, DecodeError> {
        Ok(())
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        Ok(Vec::new())
    }
}

impl<T: Output> Output for Option<T> {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        if is_absent(body) || body.trim_ascii() == b"{}" {
            Ok(None)
        } else {
            T::decode(body).map(Some)
        }
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        self.as_ref().map_or_else(|| Ok(Vec::new()), Output::encode)
    }
}

impl<T: fmt::Debug + Serialize + DeserializeOwned + Send + 'static> Output for Vec<T> {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        if is_absent(body) {
            Ok(Self::new())
        } else {
            json::<Items<T>>(body).map(|Items(items)| items)
        }
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        to_json(self)
    }
}

/// A bare array, as patient as a list in an object.
#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Items<T>(#[serde(deserialize_with = "lenient::list")] Vec<T>);

impl Output for serde_json::Value {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        if is_absent(body) {
            Ok(Self::Null)
        } else {
            json(body)
        }
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        to_json(self)
    }
}

/// Reads a model from a body that must be there.
pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    from_json(body)
}

/// Reads a model of which everything may be absent, the body included.
pub(crate) fn json_or_default<T: DeserializeOwned + Default>(
    body: &[u8],
) -> Result<T, DecodeError> {
    if is_absent(body) {
        Ok(T::default())
    } else {
        from_json(body)
    }
}

pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(value)
}

/// An answer that is an array of one: how the service answers the creation of a session. An object alone is read too.
pub(crate) mod one_of_array {
    use serde::{Serialize, de::DeserializeOwned};

    use super::Items;
    use crate::decode_error::{DecodeError, from_json};

    pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
        if body.trim_ascii_start().first() != Some(&b'[') {
            return from_json(body);
        }
        let Items(items) = from_json::<Items<T>>(body)?;
        items
            .into_iter()
            .next()
            .ok_or_else(|| DecodeError::whole("the array is empty"))
    }

    pub(crate) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(&[value])
    }
}

fn is_absent(body: &[u8]) -> bool {
    matches!(body.trim_ascii(), b"" | b"null")
}
