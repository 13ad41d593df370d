//! Reads and writes the bodies of successful responses.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Serialize,
    de::{DeserializeOwned, IgnoredAny},
};

use crate::{
    decode_error::{DecodeError, from_json},
    lenient, markup,
    names::members,
    repair::without_bom,
};

/// What an operation returns.
///
/// Any 2xx status is success. An empty body, or `null`, is an empty list or an absent value. What
/// does not come from this API is an error instead of an empty result: an HTML page, JSON of
/// another kind, or an object with nothing of what is expected.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a response",
    note = "the outputs of this crate's operations implement it, and `serde_json::Value` does"
)]
pub trait Output: fmt::Debug + Sized + Send + 'static {
    /// Reads the body of a 2xx response.
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

/// Nothing is expected, so anything is success but a page.
impl Output for () {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        if markup::is_page(without_bom(body)) {
            Err(page(body))
        } else {
            Ok(())
        }
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        Ok(Vec::new())
    }
}

impl<T: Output> Output for Option<T> {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        if is_absent(body) || is_empty_object(body) {
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
            return Ok(Self::new());
        }
        let Items(items) = json::<Items<T>>(body)?;
        let is_object = without_bom(body).trim_ascii_start().starts_with(b"{");
        if items.is_empty() && is_object && !is_empty_object(body) {
            return Err(DecodeError::unknown_object(body, "a list"));
        }
        Ok(items)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        to_json(self)
    }
}

/// A bare array, read as leniently as a list in an object.
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

/// Reads a value from a body that must not be empty.
pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    from_json(body)
}

/// Reads an object of which everything may be absent, the body included; but an object that is
/// neither empty nor has a member of `T` comes from somewhere else.
pub(crate) fn json_or_default<T>(body: &[u8]) -> Result<T, DecodeError>
where
    T: DeserializeOwned + Default + PartialEq,
{
    let value: T = object_or_default(body)?;
    if value == T::default() {
        is_known::<T>(body)?;
    }
    Ok(value)
}

/// As [`json_or_default`], without a look at the members.
pub(crate) fn object_or_default<T: DeserializeOwned + Default>(
    body: &[u8],
) -> Result<T, DecodeError> {
    if is_absent(body) {
        return Ok(T::default());
    }
    // Serde would read a struct from an array too.
    if without_bom(body).trim_ascii_start().starts_with(b"[") {
        return Err(DecodeError::whole("expected an object, found a list"));
    }
    from_json(body)
}

/// Whether an object has a member of `T`, is empty, or only states success.
pub(crate) fn is_known<T: DeserializeOwned>(body: &[u8]) -> Result<(), DecodeError> {
    let body = without_bom(body);
    if is_absent(body) {
        return Ok(());
    }
    let members: BTreeMap<String, IgnoredAny> = from_json(body)?;
    let known = self::members::<T>();
    let is_known = members.is_empty() || members.keys().any(|name| known.contains(&name.as_str()));
    if is_known || acknowledges(body) {
        return Ok(());
    }
    let expected = format!("an object with {}", known.join(", "));
    Err(DecodeError::unknown_object(body, &expected))
}

/// Whether a body is an acknowledgement, such as `{"code":200,"message":"OK"}`.
fn acknowledges(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Acknowledgement {
        #[serde(deserialize_with = "lenient::value")]
        code: u64,
        #[serde(rename = "message")]
        _message: Option<IgnoredAny>,
        #[serde(rename = "description")]
        _description: Option<IgnoredAny>,
    }

    serde_json::from_slice::<Acknowledgement>(body).is_ok_and(|it| (200..300).contains(&it.code))
}

pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(value)
}

/// Refuses a web page, by the type of its content or by what it starts with.
///
/// # Errors
///
/// The body is HTML.
pub fn refuse_page(content_type: &str, body: &[u8]) -> Result<(), DecodeError> {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    let is_page = ["text/html", "application/xhtml+xml"]
        .iter()
        .any(|html| kind.eq_ignore_ascii_case(html));
    if is_page && !body.trim_ascii().is_empty() || markup::is_page(without_bom(body)) {
        Err(page(body))
    } else {
        Ok(())
    }
}

fn page(body: &[u8]) -> DecodeError {
    DecodeError::page(&String::from_utf8_lossy(body))
}

/// An array of one, as the service responds to the creation of a session. An object alone is read
/// too.
pub(crate) mod one_of_array {
    use serde::{Serialize, de::DeserializeOwned};

    use super::Items;
    use crate::{
        decode_error::{DecodeError, from_json},
        repair::without_bom,
    };

    pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
        if !without_bom(body).trim_ascii_start().starts_with(b"[") {
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
    matches!(without_bom(body).trim_ascii(), b"" | b"null")
}

fn is_empty_object(body: &[u8]) -> bool {
    let body = without_bom(body).trim_ascii();
    let inner = body
        .strip_prefix(b"{")
        .and_then(|body| body.strip_suffix(b"}"));
    inner.is_some_and(|inner| inner.trim_ascii().is_empty())
}
