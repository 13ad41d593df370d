//! Pages: the windows of a list that one response holds.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    decode_error::DecodeError,
    lenient,
    operation::Operation,
    output::{Output, is_known, object_or_default, to_json},
};

/// One window of a list, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Page<T> {
    /// How many there are in all. Some responses of OpenTok count this window only, so a loop must
    /// not end by it.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub count: u64,
    /// This window; empty when the response has none.
    #[serde(
        default = "Vec::new",
        deserialize_with = "lenient::list",
        bound(deserialize = "T: Deserialize<'de>")
    )]
    pub items: Vec<T>,
}

impl<T> Page<T> {
    /// Creates a window of a list that has `count` items in all.
    pub fn new(count: u64, items: Vec<T>) -> Self {
        Self { count, items }
    }
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            count: 0,
            items: Vec::new(),
        }
    }
}

impl<T: fmt::Debug + Serialize + DeserializeOwned + Send + 'static> Output for Page<T> {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        let page: Self = object_or_default(body)?;
        if page.items.is_empty() && page.count == 0 {
            is_known::<Self>(body)?;
        }
        Ok(page)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        to_json(self)
    }
}

/// An operation that lists by `offset` and `count`.
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// The type of the items.
    type Item: Send + 'static;

    /// Returns the operation with another window: at most `count` items from `offset` on.
    #[must_use]
    fn window(self, offset: u32, count: u32) -> Self;

    /// Returns the identifier of an item.
    fn key(item: &Self::Item) -> &str;

    /// Returns the offset and count that are set.
    fn bounds(&self) -> (Option<u32>, Option<u32>);
}
