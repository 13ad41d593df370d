//! Identifiers: text that the server made and that only the server reads.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// Declares identifier types: strings that cannot be mixed up with each other.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is; [`validate`](crate::Operation::validate) checks it when it is used.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
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

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                lenient::value(deserializer)
            }
        }

        impl lenient::Lenient for $name {
            fn from_text(text: &str) -> Option<Self> {
                Some(Self(text.to_owned()))
            }

            fn from_number(number: lenient::Number) -> Option<Self> {
                Some(Self(number.to_string()))
            }
        }
    )*};
}

ids! {
    /// A session: the room that clients connect to. At most 255 characters; holds its owner and its time of birth.
    SessionId
    /// A recording.
    ArchiveId
    /// A live broadcast.
    BroadcastId
    /// A published stream of audio and video.
    StreamId
    /// A client's connection to a session.
    ConnectionId
    /// An Experience Composer.
    RenderId
    /// A run of live captions.
    CaptionsId
    /// A SIP call.
    SipCallId
    /// An Audio Connector.
    AudioConnectorId
    /// A registered callback.
    CallbackId
}

/// The owner of something: an application id on Vonage, an API key on OpenTok.
///
/// OpenTok writes some of its keys as JSON numbers; they compare equal to the text and go back as numbers.
#[derive(Clone, Default)]
pub struct ProjectId {
    text: String,
    number: bool,
}

impl ProjectId {
    /// Takes the text as it is.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            text: id.into(),
            number: false,
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same owner, written as a JSON number when it is all digits, as OpenTok does in archives and broadcasts.
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

impl PartialEq<str> for ProjectId {
    fn eq(&self, other: &str) -> bool {
        self.text == other
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

impl lenient::Lenient for ProjectId {
    fn from_text(text: &str) -> Option<Self> {
        Some(Self::new(text))
    }

    fn from_number(number: lenient::Number) -> Option<Self> {
        Some(Self {
            text: number.to_string(),
            number: true,
        })
    }
}
