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

use crate::world::to_millis;

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

/// What takes connections.
#[derive(Clone)]
pub(crate) struct Acceptors {
    pub(crate) good: TlsAcceptor,
    pub(crate) expired: TlsAcceptor,
}

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

    /// A server with a certificate that is good from yesterday on, and one with a certificate that was good until then.
    pub(crate) fn acceptors(&self) -> Result<Acceptors, TlsError> {
        let yesterday = self.now.saturating_sub(Duration::DAY);
        Ok(Acceptors {
            good: self.valid(yesterday, self.now.saturating_add(LIFE))?,
            expired: self.valid(yesterday.saturating_sub(Duration::DAY), yesterday)?,
        })
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
    use std::{io, net::SocketAddr};

    use tokio::net::TcpStream;
    use tokio_rustls::{
        TlsConnector,
        rustls::{
            ClientConfig, RootCertStore,
            pki_types::{CertificateDer, ServerName, pem::PemObject},
        },
    };

    use super::*;
    use crate::{face::Emulator, site::Fault, world::TimeSource};

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
        let stranger = Authority::new(TimeSource::system().now()).unwrap();
        for (authority, host, reason) in [
            (authority, "example.com", "NotValidForName"),
            (stranger.pem(), "localhost", "BadSignature"),
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
}
