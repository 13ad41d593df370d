//! Why a text is not a session id.

use std::fmt;

/// The documented maximum length of a session id, in characters.
pub(super) const LONGEST: usize = 255;

/// Why a text is not a session id.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionIdError {
    /// The text is empty.
    Empty,
    /// Over 255 characters, the documented limit.
    TooLong {
        /// The number of characters.
        length: usize,
    },
    /// White space before or after it.
    WhiteSpace,
    /// It does not begin with `1_` or `2_`.
    NoPrefix,
    /// What follows is not base64.
    NotBase64,
    /// The base64 holds something other than text.
    NotText,
    /// The decoded text has no owner and creation time.
    NoFields,
}

impl fmt::Display for SessionIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not a session id: ")?;
        match self {
            Self::Empty => f.write_str("it is empty"),
            Self::TooLong { length } => {
                write!(
                    f,
                    "it has {length} characters, and {LONGEST} is the maximum"
                )
            }
            Self::WhiteSpace => f.write_str("there is white space around it"),
            Self::NoPrefix => f.write_str("it does not begin with 1_ or 2_"),
            Self::NotBase64 => {
                f.write_str("what follows its prefix is not base64, so it was cut or changed")
            }
            Self::NotText => f.write_str("its base64 does not hold text, so it was cut or changed"),
            Self::NoFields => f.write_str("it names no project, so it was cut or changed"),
        }
    }
}

impl std::error::Error for SessionIdError {}
