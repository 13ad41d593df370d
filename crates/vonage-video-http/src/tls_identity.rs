//! The certificate that a client presents to servers that ask for one.

use std::fmt;

/// A certificate chain and its private key, both in PEM. Set it with
/// [`ClientBuilder::identity`](crate::ClientBuilder::identity).
///
/// ```no_run
/// use vonage_video_http::Identity;
///
/// # fn run() -> std::io::Result<()> {
/// let identity = Identity::from_pem(std::fs::read("chain.pem")?, std::fs::read("key.pem")?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Identity {
    pub(crate) chain: Vec<u8>,
    pub(crate) key: Vec<u8>,
}

impl Identity {
    /// An identity of a chain, the client's own certificate first, and the key of that certificate.
    /// [`build`](crate::ClientBuilder::build) checks both.
    #[must_use]
    pub fn from_pem(chain: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        Self {
            chain: chain.into(),
            key: key.into(),
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}
