//! TLS: whom to trust, and as whom to appear.

#[cfg(feature = "tls")]
pub(crate) use config::{Roots, TlsSettings};
#[cfg(feature = "tls")]
pub(crate) use with::Tls;
#[cfg(not(feature = "tls"))]
pub(crate) use without::Tls;

#[cfg(feature = "tls")]
mod config;

#[cfg(feature = "tls")]
mod with {
    use std::{fmt, io, sync::Arc};

    use http::Uri;
    use hyper_util::rt::TokioIo;
    use rustls::{ClientConfig, pki_types::ServerName};
    use tokio::sync::OnceCell;
    use tokio_rustls::TlsConnector;

    use super::TlsSettings;
    use crate::connect::{ConnectError, ConnectErrorKind, Io, Stream};

    /// Makes connections secret. Certificates are read when the first connection needs them, once.
    pub(crate) struct Tls {
        settings: Arc<TlsSettings>,
        config: OnceCell<TlsConnector>,
    }

    impl Tls {
        pub(crate) fn new(settings: TlsSettings) -> Self {
            Self {
                settings: Arc::new(settings),
                config: OnceCell::new(),
            }
        }

        /// Offers HTTP/2 too, if that was asked for.
        pub(crate) async fn handshake(
            &self,
            target: &Uri,
            io: Box<dyn Io>,
        ) -> Result<Stream, ConnectError> {
            self.handshake_with(self.connector().await?.clone(), target, io)
                .await
        }

        /// For a proxy, to which only HTTP/1.1 is spoken.
        pub(crate) async fn handshake_http1(
            &self,
            target: &Uri,
            io: Box<dyn Io>,
        ) -> Result<Stream, ConnectError> {
            let mut config = ClientConfig::clone(self.connector().await?.config());
            config.alpn_protocols.clear();
            self.handshake_with(TlsConnector::from(Arc::new(config)), target, io)
                .await
        }

        async fn handshake_with(
            &self,
            connector: TlsConnector,
            target: &Uri,
            io: Box<dyn Io>,
        ) -> Result<Stream, ConnectError> {
            let host = target
                .host()
                .unwrap_or_default()
                .trim_start_matches('[')
                .trim_end_matches(']');
            let name = ServerName::try_from(host.to_owned())
                .map_err(|error| ConnectError::new(ConnectErrorKind::Tls, error))?;
            let stream = connector
                .connect(name, TokioIo::new(io))
                .await
                .map_err(ConnectError::handshake)?;
            let http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            Ok(Stream {
                http2,
                ..Stream::plain(TokioIo::new(stream))
            })
        }

        async fn connector(&self) -> Result<&TlsConnector, ConnectError> {
            self.config
                .get_or_try_init(|| async {
                    let settings = Arc::clone(&self.settings);
                    // Reads the system's certificates from files.
                    let config = tokio::task::spawn_blocking(move || settings.config())
                        .await
                        .map_err(io::Error::other)?
                        .map_err(io::Error::other)
                        .map_err(ConnectError::handshake)?;
                    Ok(TlsConnector::from(Arc::new(config)))
                })
                .await
        }
    }

    impl fmt::Debug for Tls {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.settings.fmt(f)
        }
    }
}

#[cfg(not(feature = "tls"))]
mod without {
    use http::Uri;

    use crate::connect::{ConnectError, ConnectErrorKind, Io, Stream};

    /// No TLS: URLs that need it are refused before it comes to this.
    #[derive(Debug)]
    pub(crate) struct Tls;

    impl Tls {
        pub(crate) async fn handshake(
            &self,
            _target: &Uri,
            _io: Box<dyn Io>,
        ) -> Result<Stream, ConnectError> {
            Err(ConnectError::new(
                ConnectErrorKind::Tls,
                "the feature `tls` is off",
            ))
        }

        pub(crate) async fn handshake_http1(
            &self,
            target: &Uri,
            io: Box<dyn Io>,
        ) -> Result<Stream, ConnectError> {
            self.handshake(target, io).await
        }
    }
}
