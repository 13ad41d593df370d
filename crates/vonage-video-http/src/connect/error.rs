//! Why there is no connection.

use std::{error::Error as StdError, fmt, io, sync::Arc};

use vonage_video_core::{BoxError, Error};

/// Why there is no connection: the [`source`](std::error::Error::source) of an
/// [`Error`](vonage_video_core::Error) of kind [`Connect`](vonage_video_core::ErrorKind::Connect).
#[derive(Clone)]
pub struct ConnectError(Arc<Inner>);

struct Inner {
    kind: ConnectErrorKind,
    source: Option<BoxError>,
}

/// What stood in the way of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectErrorKind {
    /// The host's name could not be resolved.
    Dns,
    /// No address of the host accepted a TCP connection.
    Tcp,
    /// This process, or this machine, has as many files and sockets open as it may.
    TooManyOpenFiles,
    /// The server's certificate has expired.
    CertificateExpired,
    /// The server's certificate is not valid yet.
    CertificateNotYetValid,
    /// The server's certificate is for another host.
    CertificateWrongHost,
    /// The server's certificate is signed by an authority that is not trusted here.
    CertificateUnknownAuthority,
    /// The server requires a client certificate, or rejects the one it got.
    ClientCertificate,
    /// The server supports neither TLS 1.2 nor TLS 1.3.
    TlsVersion,
    /// The server does not speak TLS.
    NotTls,
    /// Anything else in the TLS handshake.
    Tls,
    /// This machine has no root certificates.
    NoRoots,
    /// The proxy refused to connect to the server, or failed to.
    Proxy,
    /// The proxy requires credentials, or rejects the given ones.
    ProxyAuthentication,
    /// The client was used before this process was forked.
    Forked,
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
        }))
    }

    pub(super) fn bare(kind: ConnectErrorKind) -> Self {
        Self(Arc::new(Inner { kind, source: None }))
    }

    /// From resolving a name or making a TCP connection.
    pub(super) fn io(kind: ConnectErrorKind, error: io::Error) -> Self {
        if is_out_of_descriptors(&error) {
            Self::new(ConnectErrorKind::TooManyOpenFiles, error)
        } else {
            Self::new(kind, error)
        }
    }

    #[cfg(feature = "tls")]
    pub(crate) fn handshake(error: io::Error) -> Self {
        let kind = error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<rustls::Error>())
            .map_or(ConnectErrorKind::Tls, of_rustls);
        Self::new(kind, error)
    }

    /// From hyper-util's SOCKS handshake, which says only in words what went wrong.
    pub(super) fn socks(error: impl StdError + Send + Sync + 'static) -> Self {
        let kind = if error.to_string().contains("auth") {
            ConnectErrorKind::ProxyAuthentication
        } else {
            ConnectErrorKind::Proxy
        };
        Self::new(kind, error)
    }

    /// Whether another attempt would end the same way: a certificate does not become valid, and
    /// directories lock accounts after a few wrong passwords.
    fn is_permanent(&self) -> bool {
        matches!(
            self.0.kind,
            ConnectErrorKind::CertificateExpired
                | ConnectErrorKind::CertificateNotYetValid
                | ConnectErrorKind::CertificateWrongHost
                | ConnectErrorKind::CertificateUnknownAuthority
                | ConnectErrorKind::ClientCertificate
                | ConnectErrorKind::NoRoots
                | ConnectErrorKind::ProxyAuthentication
                | ConnectErrorKind::Forked
        )
    }
}

/// Whether a call failed to connect for a reason that another attempt does not change.
pub(crate) fn is_permanent(error: &Error) -> bool {
    StdError::source(error)
        .and_then(|source| source.downcast_ref::<ConnectError>())
        .is_some_and(ConnectError::is_permanent)
}

/// Whether the process (`EMFILE`) or the machine (`ENFILE`) has no descriptor left.
pub(super) fn is_out_of_descriptors(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    if cfg!(windows) {
        code == Some(10_024)
    } else {
        matches!(code, Some(23 | 24))
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

impl ConnectErrorKind {
    fn words(self) -> &'static str {
        match self {
            Self::Dns => "the host's name cannot be resolved",
            Self::Tcp => "no address of the host accepts connections at this port",
            Self::TooManyOpenFiles => {
                "too many files and sockets are open here: raise the limit (`ulimit -n`), or lower `max_connections`"
            }
            Self::CertificateExpired => {
                "the server's certificate has expired, or this machine's clock is ahead"
            }
            Self::CertificateNotYetValid => {
                "the server's certificate is not valid yet, or this machine's clock is behind"
            }
            Self::CertificateWrongHost => "the server's certificate is for another host",
            Self::CertificateUnknownAuthority => {
                "the server's certificate is signed by an authority that is not trusted here; add your own with `extra_roots`"
            }
            Self::ClientCertificate => {
                "the server requires a client certificate, or rejects the one it got; see `client_certificate`"
            }
            Self::TlsVersion => "the server supports neither TLS 1.2 nor TLS 1.3",
            Self::NotTls => "the server does not speak TLS; is it plain http?",
            Self::Tls => "the TLS handshake failed",
            Self::NoRoots => {
                "there are no root certificates on this machine: install ca-certificates, or use `only_roots` or `bundled_roots`"
            }
            Self::Proxy => "the proxy does not connect to the server",
            Self::ProxyAuthentication => {
                "the proxy requires a user and a password, or rejects the given ones"
            }
            Self::Forked => {
                "this client was used before the process was forked: make a client in the child"
            }
        }
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.kind.words())
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
