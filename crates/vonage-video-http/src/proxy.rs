//! The setting of a proxy.

use std::fmt;

/// A proxy for all connections of a client. Set it with
/// [`ClientBuilder::proxy`](crate::ClientBuilder::proxy).
///
/// ```
/// use vonage_video_http::Proxy;
///
/// let proxy = Proxy::new("http://user:password@proxy.example:3128")
///     .except("intranet.example, 10.0.0.0/8");
/// ```
#[derive(Clone)]
pub struct Proxy {
    pub(crate) url: String,
    pub(crate) except: String,
}

impl Proxy {
    /// A proxy by its URL, which may contain a user and a password (percent-encoded: `#` is `%23`).
    /// The scheme is `http` or `https` (tunnels by `CONNECT`), `socks5`, or `socks5h` (the proxy
    /// resolves names). [`build`](crate::ClientBuilder::build) checks it.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            except: String::new(),
        }
    }

    /// Sets the hosts that are connected to directly, in the syntax of `NO_PROXY`: names (with all
    /// names below them), addresses and networks, each with or without a port, separated by commas.
    #[must_use]
    pub fn except(mut self, hosts: impl Into<String>) -> Self {
        self.except = hosts.into();
        self
    }
}

impl From<&str> for Proxy {
    fn from(url: &str) -> Self {
        Self::new(url)
    }
}

impl From<String> for Proxy {
    fn from(url: String) -> Self {
        Self::new(url)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may hold a password.
        f.debug_struct("Proxy")
            .field("except", &self.except)
            .finish_non_exhaustive()
    }
}
