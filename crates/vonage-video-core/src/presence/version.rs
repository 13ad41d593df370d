//! The version of a stored state.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

const CURRENT: u64 = 1;

/// Written as a number, and read only if it is one that this code knows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Version;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(CURRENT)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            1 => Ok(Self),
            other => Err(D::Error::custom(format_args!(
                "the presence is of version {other}, and versions up to {CURRENT} are known here: upgrade this instance"
            ))),
        }
    }
}
