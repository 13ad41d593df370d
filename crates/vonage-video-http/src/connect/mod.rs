//! Connections: how they are made, kept, checked and given up.

mod connector;
mod driver;
mod error;
#[cfg(feature = "http2")]
mod http2;
mod lease;
mod no_proxy;
mod origin;
mod proxy;
mod race;
mod resolve;
mod stream;
mod system_resolver;
mod tls;
mod transport;
mod tunnel;
mod unanswered;

pub(crate) use error::is_permanent;
pub use error::{ConnectError, ConnectErrorKind};
pub(crate) use proxy::Proxies;
pub(crate) use resolve::Resolver;
pub use resolve::{Resolve, ResolveFuture};
pub(crate) use tls::Tls;
#[cfg(feature = "tls")]
pub(crate) use tls::{Roots, TlsSettings};
pub(crate) use transport::{PooledTransport, Settings};
