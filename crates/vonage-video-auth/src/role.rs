use std::fmt;

/// What a client may do in a session.
///
/// | role | subscribe | publish | signal | force others to disconnect, unpublish or mute |
/// |---|---|---|---|---|
/// | `subscriber` | yes | | | |
/// | `publisheronly` | | yes | | |
/// | `publisher` | yes | yes | yes | |
/// | `moderator` | yes | yes | yes | yes |
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Role {
    /// May subscribe, and nothing else.
    Subscriber,
    /// May publish, subscribe and signal. The default of every official SDK, and here.
    #[default]
    Publisher,
    /// May publish but not subscribe.
    PublisherOnly,
    /// May also force others to disconnect, to stop publishing, or to be muted.
    Moderator,
    /// A role that this crate does not know, passed on as it is. No
    /// [`TokenPolicy`](crate::TokenPolicy) lets one through unless it names that very role as its
    /// highest.
    Other(String),
}

impl Role {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Subscriber => "subscriber",
            Self::Publisher => "publisher",
            Self::PublisherOnly => "publisheronly",
            Self::Moderator => "moderator",
            Self::Other(name) => name,
        }
    }

    /// Whether everything this role may do is allowed to `highest` too.
    ///
    /// `publisheronly` and `subscriber` are not within each other. An unknown role is within
    /// nothing but itself.
    ///
    /// ```
    /// use vonage_video_auth::Role;
    /// assert!(Role::Subscriber.is_within(&Role::Publisher));
    /// assert!(!Role::Moderator.is_within(&Role::Publisher));
    /// assert!(!Role::PublisherOnly.is_within(&Role::Subscriber));
    /// assert!(!Role::from("superuser").is_within(&Role::Moderator));
    /// ```
    #[must_use]
    pub fn is_within(&self, highest: &Self) -> bool {
        match (self.rights(), highest.rights()) {
            (Some(mine), Some(allowed)) => mine & !allowed == 0,
            _ => self == highest,
        }
    }

    /// A bit each for subscribe, publish, signal and moderate.
    fn rights(&self) -> Option<u8> {
        match self {
            Self::Subscriber => Some(0b0001),
            Self::PublisherOnly => Some(0b0010),
            Self::Publisher => Some(0b0111),
            Self::Moderator => Some(0b1111),
            Self::Other(_) => None,
        }
    }
}

impl From<&str> for Role {
    fn from(name: &str) -> Self {
        match name {
            "subscriber" => Self::Subscriber,
            "publisher" => Self::Publisher,
            "publisheronly" => Self::PublisherOnly,
            "moderator" => Self::Moderator,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl From<String> for Role {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
