//! HTTPS with the emulator's own certificate authority.

use std::{io, net::SocketAddr, sync::Arc};

use tokio::net::TcpStream;
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};
use vonage_video_emulator::{Emulator, Fault};

const NAMES: [&str; 5] = [
    "localhost",
    "127.0.0.1",
    "::1",
    "video.api.vonage.com",
    "api.opentok.com",
];

/// Whether a client that trusts an authority gets through to a host at an address.
async fn connect(authority: &str, address: SocketAddr, host: &str) -> io::Result<()> {
    let mut trusted = RootCertStore::empty();
    let root = CertificateDer::from_pem_slice(authority.as_bytes()).unwrap();
    trusted.add(root).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await?;
    let host = ServerName::try_from(host.to_owned()).unwrap();
    let connector = TlsConnector::from(Arc::new(config));
    connector.connect(host, stream).await.map(drop)
}

#[tokio::test]
async fn who_trusts_the_authority_gets_through_and_nobody_else() {
    let emulator = Emulator::builder().tls().start().await.unwrap();
    let (authority, address) = (emulator.ca_pem().unwrap(), emulator.address().unwrap());
    for host in NAMES {
        connect(authority, address, host).await.unwrap();
    }
    let stranger = Emulator::builder().tls().start().await.unwrap();
    for (authority, host, reason) in [
        (authority, "example.com", "NotValidForName"),
        (stranger.ca_pem().unwrap(), "localhost", "BadSignature"),
    ] {
        let error = connect(authority, address, host).await.unwrap_err();
        assert!(format!("{error:?}").contains(reason), "{error:?}");
    }
}

#[tokio::test]
async fn an_expired_certificate_is_shown_as_often_as_it_is_asked_for() {
    let emulator = Emulator::builder().tls().start().await.unwrap();
    let (authority, address) = (emulator.ca_pem().unwrap(), emulator.address().unwrap());
    emulator
        .fault(Fault::expired_certificate().skip(1).times(2))
        .unwrap();
    for expired in [false, true, true, false] {
        let connected = connect(authority, address, "localhost").await;
        match connected {
            Ok(()) => assert!(!expired),
            Err(error) => assert!(expired && format!("{error:?}").contains("Expired")),
        }
    }
}
