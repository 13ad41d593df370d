//! What a client may do in a session.

use std::{fmt, str::FromStr};

/// What a client may do in a session.
///
/// | role | subscribe | publish | signal | force others to disconnect, unpublish or mute |
/// |---|---|---|---|---|
/// | `subscriber` | yes | | | |
/// | `publisheronly` | | yes | | |
/// | `publisher` | yes | yes | yes | |
/// | `moderator` | yes | yes | yes | yes |
///
/// A name is read with [`FromStr`] or `TryFrom`, which fail for any other name. Names
/// are in lower case.
///
/// ```
/// use vonage_video_auth::Role;
///
/// assert_eq!("moderator".parse(), Ok(Role::Moderator));
/// let error = "Moderator".parse::<Role>().unwrap_err();
/// assert!(error.to_string().ends_with("did you mean \"moderator\"? roles are in lower case"));
/// ```
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
    /// A role that this crate does not know, written as it is. No
    /// [`TokenPolicy`](crate::TokenPolicy) with a highest role allows it, unless that very role is
    /// its highest.
    Other(String),
}

const KNOWN: [Role; 4] = [
    Role::Subscriber,
    Role::Publisher,
    Role::PublisherOnly,
    Role::Moderator,
];

impl Role {
    /// The name on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Subscriber => "subscriber",
            Self::Publisher => "publisher",
            Self::PublisherOnly => "publisheronly",
            Self::Moderator => "moderator",
            Self::Other(name) => name,
        }
    }

    /// Reads a name that another party wrote, such as the role in a token. An unknown one is kept
    /// as [`Role::Other`].
    pub fn from_wire(name: &str) -> Self {
        Self::known(name).unwrap_or_else(|| Self::Other(name.to_owned()))
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
    /// assert!(!Role::Other("superuser".into()).is_within(&Role::Moderator));
    /// ```
    pub fn is_within(&self, highest: &Self) -> bool {
        match (self.rights(), highest.rights()) {
            (Some(mine), Some(allowed)) => mine & !allowed == 0,
            _ => self == highest,
        }
    }

    /// Whether a client with this role may publish streams. `false` for an unknown role.
    pub fn may_publish(&self) -> bool {
        self.has(PUBLISH)
    }

    /// Whether a client with this role may subscribe to streams. `false` for an unknown role.
    pub fn may_subscribe(&self) -> bool {
        self.has(SUBSCRIBE)
    }

    /// Whether a client with this role may send signals. `false` for an unknown role.
    pub fn may_signal(&self) -> bool {
        self.has(SIGNAL)
    }

    /// Whether a client with this role may force others to disconnect, unpublish or mute. `false`
    /// for an unknown role.
    pub fn may_moderate(&self) -> bool {
        self.has(MODERATE)
    }

    fn has(&self, right: u8) -> bool {
        self.rights().is_some_and(|rights| rights & right != 0)
    }

    fn rights(&self) -> Option<u8> {
        match self {
            Self::Subscriber => Some(SUBSCRIBE),
            Self::PublisherOnly => Some(PUBLISH),
            Self::Publisher => Some(SUBSCRIBE | PUBLISH | SIGNAL),
            Self::Moderator => Some(SUBSCRIBE | PUBLISH | SIGNAL | MODERATE),
            Self::Other(_) => None,
        }
    }

    fn known(name: &str) -> Option<Self> {
        KNOWN.into_iter().find(|role| role.as_str() == name)
    }
}

const SUBSCRIBE: u8 = 0b0001;
const PUBLISH: u8 = 0b0010;
const SIGNAL: u8 = 0b0100;
const MODERATE: u8 = 0b1000;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        Self::known(name).ok_or_else(|| UnknownRole {
            name: name.chars().take(40).collect(),
            suggestion: suggestion(name),
        })
    }
}

impl TryFrom<&str> for Role {
    type Error = UnknownRole;

    fn try_from(name: &str) -> Result<Self, UnknownRole> {
        name.parse()
    }
}

impl TryFrom<String> for Role {
    type Error = UnknownRole;

    fn try_from(name: String) -> Result<Self, UnknownRole> {
        name.parse()
    }
}

impl TryFrom<&String> for Role {
    type Error = UnknownRole;

    fn try_from(name: &String) -> Result<Self, UnknownRole> {
        name.parse()
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The name of a role that does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownRole {
    /// The first 40 characters of the name.
    pub name: String,
    /// The role that was probably meant.
    pub suggestion: Option<Role>,
}

impl fmt::Display for UnknownRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.suggestion {
            Some(role) => {
                let (role, name) = (role.as_str(), &self.name);
                write!(
                    f,
                    "the role {name:?} does not exist: did you mean {role:?}?"
                )?;
                if name.chars().any(char::is_uppercase) {
                    f.write_str(" roles are in lower case")?;
                }
                Ok(())
            }
            None => write!(
                f,
                "the role {:?} does not exist: use subscriber, publisher, publisheronly or \
                 moderator, or Role::Other for a role of another name",
                self.name
            ),
        }
    }
}

impl std::error::Error for UnknownRole {}

/// The same letters in another case or with separators between them, or the longest beginning in
/// common, of at least three letters.
fn suggestion(name: &str) -> Option<Role> {
    let letters: String = name
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    let common = |role: &Role| {
        let pairs = letters.bytes().zip(role.as_str().bytes());
        pairs.take_while(|(mine, theirs)| mine == theirs).count()
    };
    Role::known(&letters).or_else(|| {
        KNOWN
            .into_iter()
            .rev()
            .max_by_key(common)
            .filter(|role| common(role) >= 3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_gets_the_role_that_was_meant() {
        for (name, meant) in [
            ("Moderator", Some(Role::Moderator)),
            ("MODERATOR", Some(Role::Moderator)),
            (" moderator", Some(Role::Moderator)),
            ("mod", Some(Role::Moderator)),
            ("moderater", Some(Role::Moderator)),
            ("publisher-only", Some(Role::PublisherOnly)),
            ("PublisherOnly", Some(Role::PublisherOnly)),
            ("publisher_only", Some(Role::PublisherOnly)),
            ("publish", Some(Role::Publisher)),
            ("publishers", Some(Role::Publisher)),
            ("subscribe", Some(Role::Subscriber)),
            ("admin", None),
            ("", None),
        ] {
            let error = name.parse::<Role>().unwrap_err();
            assert_eq!(error.suggestion, meant, "{name:?}");
        }
        for role in KNOWN {
            assert_eq!(role.as_str().parse(), Ok(role.clone()));
            assert_eq!(Role::from_wire(role.as_str()), role);
        }
        assert_eq!(Role::from_wire("admin"), Role::Other("admin".into()));
    }
}
