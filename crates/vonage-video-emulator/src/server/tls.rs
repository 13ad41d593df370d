//! The emulator's certificate authority, created when it starts, and its certificates.

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

/// The names in a certificate: this machine's, and those of the real services, for clients that
/// cannot be given another host and reach the emulator by a proxy or a resolver.
const NAMES: [&str; 5] = [
    "localhost",
    "127.0.0.1",
    "::1",
    "video.api.vonage.com",
    "api.opentok.com",
];

/// The longest validity that every platform accepts.
const VALIDITY: Duration = Duration::days(397);

/// The reason why certificates could not be created.
pub(crate) type TlsError = Box<dyn std::error::Error + Send + Sync>;

/// The acceptors of connections.
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
        params.not_after = now.saturating_add(VALIDITY);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate()?;
        Ok(Self {
            pem: params.self_signed(&key)?.pem(),
            issuer: Issuer::new(params, key),
            now,
        })
    }

    /// The certificate that clients must trust.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// Returns an acceptor with a certificate that is valid from yesterday on, and one with a
    /// certificate that was valid until yesterday.
    pub(crate) fn acceptors(&self) -> Result<Acceptors, TlsError> {
        let yesterday = self.now.saturating_sub(Duration::DAY);
        Ok(Acceptors {
            good: self.valid(yesterday, self.now.saturating_add(VALIDITY))?,
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
