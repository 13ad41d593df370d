//! TLS: which servers are trusted, and which certificate is shown to them.

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

    use rustls::{ClientConfig, pki_types::ServerName};
    use tokio::sync::OnceCell;
    use tokio_rustls::TlsConnector;
    use vonage_video_core::shared::unbracketed;

    use super::TlsSettings;
    use crate::connect::{
        error::{ConnectError, ConnectErrorKind},
        stream::Stream,
    };

    /// Encrypts connections. Certificates are read once, when the first connection needs them.
    pub(crate) struct Tls {
        settings: Arc<TlsSettings>,
        connectors: OnceCell<Connectors>,
    }

    /// One configuration with two lists of protocols; sessions are resumed across both.
    struct Connectors {
        /// Offers HTTP/2 too, if that was asked for.
        to_server: TlsConnector,
        /// For a proxy, to which only HTTP/1.1 is spoken.
        to_proxy: TlsConnector,
    }

    impl Tls {
        pub(crate) fn new(settings: TlsSettings) -> Self {
            Self {
                settings: Arc::new(settings),
                connectors: OnceCell::new(),
            }
        }

        /// Whether servers are offered HTTP/2.
        #[cfg(feature = "http2")]
        pub(crate) fn offers_http2(&self) -> bool {
            self.settings.offers_http2()
        }

        pub(crate) async fn handshake(
            &self,
            host: &str,
            stream: Stream,
        ) -> Result<Stream, ConnectError> {
            let connector = &self.connectors().await?.to_server;
            handshake(connector, host, stream).await
        }

        pub(crate) async fn handshake_http1(
            &self,
            host: &str,
            stream: Stream,
        ) -> Result<Stream, ConnectError> {
            let connector = &self.connectors().await?.to_proxy;
            handshake(connector, host, stream).await
        }

        async fn connectors(&self) -> Result<&Connectors, ConnectError> {
            self.connectors
                .get_or_try_init(|| async {
                    let settings = Arc::clone(&self.settings);
                    // Reads the system's certificates from files.
                    let config = tokio::task::spawn_blocking(move || settings.config())
                        .await
                        .map_err(io::Error::other)
                        .and_then(|config| config.map_err(io::Error::other))
                        .map_err(ConnectError::handshake)?;
                    let mut to_proxy = ClientConfig::clone(&config);
                    to_proxy.alpn_protocols.clear();
                    Ok(Connectors {
                        to_server: TlsConnector::from(Arc::new(config)),
                        to_proxy: TlsConnector::from(Arc::new(to_proxy)),
                    })
                })
                .await
        }
    }

    async fn handshake(
        connector: &TlsConnector,
        host: &str,
        stream: Stream,
    ) -> Result<Stream, ConnectError> {
        let host = unbracketed(host);
        let name = ServerName::try_from(host.to_owned())
            .map_err(|error| ConnectError::new(ConnectErrorKind::Tls, error))?;
        let Stream { io, health, .. } = stream;
        let io = connector
            .connect(name, io)
            .await
            .map_err(ConnectError::handshake)?;
        let http2 = io.get_ref().1.alpn_protocol() == Some(b"h2");
        Ok(Stream {
            io: Box::new(io),
            health,
            http2,
        })
    }

    impl fmt::Debug for Tls {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.settings.fmt(f)
        }
    }
}

#[cfg(not(feature = "tls"))]
mod without {
    use crate::connect::{
        error::{ConnectError, ConnectErrorKind},
        stream::Stream,
    };

    /// Stands in for TLS where the feature is off: URLs that need it are refused earlier.
    #[derive(Debug)]
    pub(crate) struct Tls;

    impl Tls {
        #[cfg(feature = "http2")]
        pub(crate) fn offers_http2(&self) -> bool {
            false
        }

        pub(crate) async fn handshake(
            &self,
            _host: &str,
            _stream: Stream,
        ) -> Result<Stream, ConnectError> {
            Err(ConnectError::new(
                ConnectErrorKind::Tls,
                "the feature `tls` is off",
            ))
        }

        pub(crate) async fn handshake_http1(
            &self,
            host: &str,
            stream: Stream,
        ) -> Result<Stream, ConnectError> {
            self.handshake(host, stream).await
        }
    }
}
