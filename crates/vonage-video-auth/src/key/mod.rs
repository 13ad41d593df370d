//! RSA keys, read from every form that files and environments bring them in.

#[cfg(feature = "aws-lc-rs")]
mod aws_lc_signer;
mod der;
mod error;
mod explain;
#[cfg(feature = "std")]
mod file;
mod pem;
mod private;
mod public;

#[cfg(feature = "aws-lc-rs")]
pub use aws_lc_signer::AwsLcSigner;
pub use error::KeyError;
pub use private::PrivateKey;
pub use public::PublicKey;

pub(crate) use private::LONGEST_SIGNATURE;
