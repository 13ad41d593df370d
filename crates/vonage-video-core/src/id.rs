//! Identifiers: text that the server makes and that only the server reads.

use std::{
    borrow::Borrow,
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    lenient,
    scalar::{Lenient, Number},
};

/// Declares identifier types: strings that cannot be mixed up with each other. The contract names
/// them; `generated/ids.rs` calls this.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(String);

        impl $name {
            /// Wraps the text without a check; [`Operation::validate`](crate::Operation::validate)
            /// checks it before a request is sent.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// Returns the identifier as the API writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&String> for $name {
            fn from(id: &String) -> Self {
                Self(id.clone())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::lenient::value(deserializer)
            }
        }

        impl $crate::scalar::Lenient for $name {
            fn from_text(text: &str) -> Option<Self> {
                Some(Self(text.to_owned()))
            }

            fn from_number(number: $crate::scalar::Number) -> Option<Self> {
                Some(Self(number.to_string()))
            }
        }
    )*};
}

pub(crate) use ids;

/// The owner of something: an application id on Vonage, an API key on OpenTok.
///
/// OpenTok writes some of its keys as JSON numbers; they compare equal to the text and are written
/// as numbers again.
#[derive(Clone, Default)]
pub struct ProjectId {
    text: String,
    number: bool,
}

impl ProjectId {
    /// Wraps the text without a check.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            text: id.into(),
            number: false,
        }
    }

    /// Returns the identifier as text, also where the API writes a number.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the same owner, written as a JSON number when it consists of digits, as OpenTok does
    /// in archives and broadcasts.
    #[must_use]
    pub fn as_number(mut self) -> Self {
        self.number = self
            .text
            .parse::<u64>()
            .is_ok_and(|number| number.to_string() == self.text);
        self
    }
}

impl fmt::Display for ProjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for ProjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl PartialEq for ProjectId {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for ProjectId {}

impl PartialOrd for ProjectId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ProjectId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for ProjectId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialEq<str> for ProjectId {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl From<ProjectId> for String {
    fn from(id: ProjectId) -> Self {
        id.text
    }
}

impl Borrow<str> for ProjectId {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl AsRef<str> for ProjectId {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<&str> for ProjectId {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl From<&str> for ProjectId {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl From<String> for ProjectId {
    fn from(id: String) -> Self {
        Self::new(id)
    }
}

impl From<&String> for ProjectId {
    fn from(id: &String) -> Self {
        Self::new(id)
    }
}

impl From<&Self> for ProjectId {
    fn from(id: &Self) -> Self {
        id.clone()
    }
}

impl Serialize for ProjectId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.text.parse::<u64>() {
            Ok(number) if self.number => serializer.serialize_u64(number),
            _ => serializer.serialize_str(&self.text),
        }
    }
}

impl<'de> Deserialize<'de> for ProjectId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::value(deserializer)
    }
}

impl Lenient for ProjectId {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::new(text))
    }

    fn from_number(number: Number) -> Option<Self> {
        Some(Self {
            text: number.to_string(),
            number: true,
        })
    }
}
