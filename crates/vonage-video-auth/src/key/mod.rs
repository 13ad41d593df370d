//! RSA keys, read from every form that files and environments bring them in.

mod der;
mod error;
mod explain;
#[cfg(feature = "std")]
mod file;
mod pem;
mod private;
mod public;

pub use error::KeyError;
pub use private::PrivateKey;
pub use public::PublicKey;

pub(crate) use private::LONGEST_SIGNATURE;
