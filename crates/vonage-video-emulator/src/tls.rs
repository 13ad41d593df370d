//! A certificate authority of the emulator's own, made when it starts and gone with it, and the certificates that it gives.

use std::{sync::Arc, time::SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use time::{Duration, OffsetDateTime};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::clock::to_millis;

/// What a certificate is for: this machine, and the real services' names, for a client that cannot be told another host but has a proxy or a
/// resolver that leads them here.
const NAMES: [&str; 5] = [
    "localhost",
    "127.0.0.1",
    "::1",
    "video.api.vonage.com",
    "api.opentok.com",
];

/// As long as any platform accepts a certificate.
const LIFE: Duration = Duration::days(397);

/// Why no certificate could be made.
pub(crate) type TlsError = Box<dyn std::error::Error + Send + Sync>;

/// The authority.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    now: OffsetDateTime,
}

impl Authority {
    pub(crate) fn new(now: SystemTime) -> Result<Self, TlsError> {
        let seconds = i64::try_from(to_millis(now) / 1000)?;
        let now = OffsetDateTime::from_unix_timestamp(seconds)?;
        let mut params = CertificateParams::default();
        name(&mut params, "Vonage Video emulator: trust it in tests only");
        params.not_before = now.saturating_sub(Duration::DAY);
        params.not_after = now.saturating_add(LIFE);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        Ok(Self {
            pem: params.self_signed(&key)?.pem(),
            issuer: Issuer::new(params, key),
            now,
        })
    }

    /// What a client is to trust.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// A server with a certificate that is good from yesterday on.
    pub(crate) fn acceptor(&self) -> Result<TlsAcceptor, TlsError> {
        self.valid(
            self.now.saturating_sub(Duration::DAY),
            self.now.saturating_add(LIFE),
        )
    }

    /// A server whose certificate was good until yesterday.
    pub(crate) fn expired_acceptor(&self) -> Result<TlsAcceptor, TlsError> {
        let yesterday = self.now.saturating_sub(Duration::DAY);
        self.valid(yesterday.saturating_sub(Duration::DAY), yesterday)
    }

    fn valid(&self, from: OffsetDateTime, until: OffsetDateTime) -> Result<TlsAcceptor, TlsError> {
        let mut params = CertificateParams::new(NAMES.map(str::to_owned))?;
        name(&mut params, "Vonage Video emulator");
        params.not_before = from;
        params.not_after = until;
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }
}

fn name(params: &mut CertificateParams, name: &str) {
    params.distinguished_name.push(DnType::CommonName, name);
}

#[cfg(test)]
mod tests {
    use std::io;

    use tokio_rustls::{
        TlsConnector,
        rustls::{
            ClientConfig, RootCertStore,
            pki_types::{CertificateDer, ServerName, pem::PemObject},
        },
    };

    use super::*;
    use crate::clock::TimeSource;

    async fn handshake(authority: &Authority, acceptor: TlsAcceptor, host: &str) -> io::Result<()> {
        let mut trusted = RootCertStore::empty();
        let root = CertificateDer::from_pem_slice(authority.pem().as_bytes()).unwrap();
        trusted.add(root).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(trusted)
            .with_no_client_auth();
        let (client, server) = tokio::io::duplex(16 * 1024);
        let host = ServerName::try_from(host.to_owned()).unwrap();
        let server = tokio::spawn(async move { acceptor.accept(server).await.map(drop) });
        let connected = TlsConnector::from(Arc::new(config))
            .connect(host, client)
            .await;
        server.await.unwrap().ok();
        connected.map(drop)
    }

    #[tokio::test]
    async fn who_trusts_the_authority_gets_through_and_nobody_else() {
        let authority = Authority::new(TimeSource::system().now()).unwrap();
        for host in NAMES {
            handshake(&authority, authority.acceptor().unwrap(), host)
                .await
                .unwrap();
        }
        let stranger = Authority::new(TimeSource::system().now()).unwrap();
        for (authority, acceptor, host, reason) in [
            (
                &authority,
                authority.acceptor(),
                "example.com",
                "NotValidForName",
            ),
            (
                &authority,
                authority.expired_acceptor(),
                "localhost",
                "Expired",
            ),
            (&stranger, authority.acceptor(), "localhost", "BadSignature"),
        ] {
            let error = handshake(authority, acceptor.unwrap(), host)
                .await
                .unwrap_err();
            assert!(format!("{error:?}").contains(reason), "{error:?}");
        }
    }
}
