//! Why there is no connection.

use std::{error::Error as StdError, fmt, io, sync::Arc, time::Duration};

use vonage_video_core::BoxError;

/// Why there is no connection: the [`source`](std::error::Error::source) of an [`Error`](vonage_video_core::Error) of kind
/// [`Connect`](vonage_video_core::ErrorKind::Connect).
#[derive(Clone)]
pub struct ConnectError(Arc<Inner>);

struct Inner {
    kind: ConnectErrorKind,
    source: Option<BoxError>,
    limit: Duration,
}

/// What stood in the way of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectErrorKind {
    /// The host's name has no address.
    Dns,
    /// Nobody takes connections at the address.
    Tcp,
    /// The server's certificate is past its time.
    CertificateExpired,
    /// The time of the server's certificate is still to come.
    CertificateNotYetValid,
    /// The server's certificate is somebody else's.
    CertificateWrongHost,
    /// The server's certificate was signed by nobody who is trusted here.
    CertificateUnknownAuthority,
    /// The server wants a certificate of ours, or refuses the one it got.
    ClientCertificate,
    /// The server speaks neither TLS 1.2 nor TLS 1.3.
    TlsVersion,
    /// The server speaks no TLS at all.
    NotTls,
    /// Anything else in the TLS handshake.
    Tls,
    /// This machine has no root certificates.
    NoRoots,
    /// The proxy cannot be reached, or will not connect us.
    Proxy,
    /// The proxy wants a user and password, or others.
    ProxyAuthentication,
    /// It took too long.
    TimedOut,
}

impl ConnectError {
    /// What stood in the way.
    pub fn kind(&self) -> ConnectErrorKind {
        self.0.kind
    }

    pub(crate) fn new(kind: ConnectErrorKind, source: impl Into<BoxError>) -> Self {
        Self(Arc::new(Inner {
            kind,
            source: Some(source.into()),
            limit: Duration::ZERO,
        }))
    }

    pub(super) fn timed_out(limit: Duration) -> Self {
        Self(Arc::new(Inner {
            kind: ConnectErrorKind::TimedOut,
            source: None,
            limit,
        }))
    }

    pub(super) fn limit(&self) -> Duration {
        self.0.limit
    }

    /// From hyper-util's TCP connector, which tells name resolution from the rest only in words.
    pub(super) fn dialling(error: impl StdError + Send + Sync + 'static) -> Self {
        let kind = if error.to_string().starts_with("dns") {
            ConnectErrorKind::Dns
        } else {
            ConnectErrorKind::Tcp
        };
        Self::new(kind, error)
    }

    #[cfg(feature = "tls")]
    pub(crate) fn handshake(error: io::Error) -> Self {
        let kind = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<rustls::Error>())
            .map_or(ConnectErrorKind::Tls, of_rustls);
        Self::new(kind, error)
    }

    /// From hyper-util's CONNECT and SOCKS handshakes.
    pub(super) fn proxy(error: impl StdError + Send + Sync + 'static) -> Self {
        // What went wrong on the way to the proxy says so itself.
        let mut cause: Option<&(dyn StdError + 'static)> = Some(&error);
        while let Some(error) = cause {
            if let Some(ours) = error.downcast_ref::<Self>() {
                return ours.clone();
            }
            cause = error.source();
        }
        let words = error.to_string();
        let kind = if words.contains("auth") {
            ConnectErrorKind::ProxyAuthentication
        } else {
            ConnectErrorKind::Proxy
        };
        Self::new(kind, error)
    }
}

#[cfg(feature = "tls")]
fn of_rustls(error: &rustls::Error) -> ConnectErrorKind {
    use rustls::{AlertDescription as Alert, CertificateError as Certificate, InvalidMessage};

    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            Certificate::Expired | Certificate::ExpiredContext { .. } => {
                ConnectErrorKind::CertificateExpired
            }
            Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => {
                ConnectErrorKind::CertificateNotYetValid
            }
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
                ConnectErrorKind::CertificateWrongHost
            }
            Certificate::UnknownIssuer => ConnectErrorKind::CertificateUnknownAuthority,
            _ => ConnectErrorKind::Tls,
        },
        rustls::Error::AlertReceived(Alert::ProtocolVersion)
        | rustls::Error::PeerIncompatible(
            rustls::PeerIncompatible::ServerDoesNotSupportTls12Or13
            | rustls::PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        )
        | rustls::Error::InvalidMessage(InvalidMessage::UnknownProtocolVersion) => {
            ConnectErrorKind::TlsVersion
        }
        rustls::Error::AlertReceived(
            Alert::CertificateRequired
            | Alert::BadCertificate
            | Alert::UnknownCA
            | Alert::CertificateUnknown
            | Alert::CertificateExpired
            | Alert::CertificateRevoked
            | Alert::UnsupportedCertificate,
        ) => ConnectErrorKind::ClientCertificate,
        rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            ConnectErrorKind::NotTls
        }
        rustls::Error::General(_) => ConnectErrorKind::NoRoots,
        _ => ConnectErrorKind::Tls,
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind {
            ConnectErrorKind::Dns => "the host's name cannot be resolved",
            ConnectErrorKind::Tcp => "nobody takes connections there",
            ConnectErrorKind::CertificateExpired => {
                "the server's certificate has expired, or this machine's clock is ahead"
            }
            ConnectErrorKind::CertificateNotYetValid => {
                "the server's certificate is not valid yet, or this machine's clock is behind"
            }
            ConnectErrorKind::CertificateWrongHost => {
                "the server's certificate is for another host"
            }
            ConnectErrorKind::CertificateUnknownAuthority => {
                "the server's certificate is signed by an authority that is not trusted here; one of your own is added with `extra_roots`"
            }
            ConnectErrorKind::ClientCertificate => {
                "the server wants a client certificate, or refuses the one it got; see `client_certificate`"
            }
            ConnectErrorKind::TlsVersion => "the server speaks neither TLS 1.2 nor TLS 1.3",
            ConnectErrorKind::NotTls => "the server does not speak TLS; is it plain http?",
            ConnectErrorKind::Tls => "the TLS handshake failed",
            ConnectErrorKind::NoRoots => {
                "there are no root certificates on this machine: install ca-certificates, or use `only_roots` or `bundled_roots`"
            }
            ConnectErrorKind::Proxy => "the proxy does not connect us",
            ConnectErrorKind::ProxyAuthentication => {
                "the proxy wants a user and password, or others than it got"
            }
            ConnectErrorKind::TimedOut => "it took too long",
        })
    }
}

impl fmt::Debug for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("ConnectError");
        out.field("kind", &self.0.kind);
        if let Some(source) = &self.0.source {
            out.field("source", source);
        }
        out.finish()
    }
}

impl StdError for ConnectError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl From<io::Error> for ConnectError {
    fn from(error: io::Error) -> Self {
        Self::new(ConnectErrorKind::Tcp, error)
    }
}
