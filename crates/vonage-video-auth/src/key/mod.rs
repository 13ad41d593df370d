//! RSA keys: read once from whatever form they arrive in, and a precise complaint when they cannot
//! be read.

mod der;
mod error;
mod pem;
mod private;
mod public;
mod shape;

pub use error::KeyError;
pub use private::PrivateKey;
pub use public::PublicKey;

pub(crate) use pem::looks_like_pem;
pub(crate) use private::LONGEST_SIGNATURE;
