//! From settings to rustls' configuration.

use std::{fmt, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
use vonage_video_core::Invalid;

/// Whom to trust, and as whom to appear.
#[derive(Default)]
pub(crate) struct TlsSettings {
    roots: Roots,
    extra: Vec<CertificateDer<'static>>,
    client: Option<ClientCertificate>,
    http2: bool,
}

/// Whom to trust beside the extra roots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Roots {
    /// Whom this machine trusts.
    #[default]
    Platform,
    /// Nobody.
    None,
    /// Whom Mozilla trusted when this was built.
    #[cfg(feature = "webpki-roots")]
    Bundled,
}

struct ClientCertificate {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl TlsSettings {
    pub(crate) fn set_roots(&mut self, roots: Roots) {
        self.roots = roots;
    }

    #[cfg(feature = "http2")]
    pub(crate) fn offer_http2(&mut self) {
        self.http2 = true;
    }

    #[cfg(feature = "http2")]
    pub(crate) fn offers_http2(&self) -> bool {
        self.http2
    }

    /// Certificates in PEM, at least one.
    pub(crate) fn add_roots(&mut self, pem: &[u8]) -> Result<(), Invalid> {
        let certificates = certificates("extra_roots", pem)?;
        let mut store = RootCertStore::empty();
        for certificate in &certificates {
            store
                .add(certificate.clone())
                .map_err(|error| Invalid::new("extra_roots", error.to_string(), ""))?;
        }
        self.extra.extend(certificates);
        Ok(())
    }

    /// A chain of certificates and the key of the first, in PEM.
    pub(crate) fn set_client(&mut self, chain: &[u8], key: &[u8]) -> Result<(), Invalid> {
        let invalid = |rule: String| Invalid::new("client_certificate", rule, "");
        let chain = certificates("client_certificate", chain)?;
        let key = PrivateKeyDer::from_pem_slice(key)
            .map_err(|error| invalid(format!("the key must be a private key in PEM: {error}")))?;
        ring::default_provider()
            .key_provider
            .load_private_key(key.clone_key())
            .map_err(|error| invalid(format!("the key cannot be used: {error}")))?;
        self.client = Some(ClientCertificate { chain, key });
        Ok(())
    }

    /// Reads the platform's certificates, if it is to trust them.
    pub(crate) fn config(&self) -> Result<ClientConfig, rustls::Error> {
        let provider = Arc::new(ring::default_provider());
        let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?;
        let with_roots = match self.roots {
            Roots::Platform => versions
                .dangerous()
                .with_custom_certificate_verifier(self.platform_verifier(provider)?),
            #[cfg(feature = "webpki-roots")]
            Roots::Bundled => {
                let mut store = self.extra_roots()?;
                store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
                versions.with_root_certificates(store)
            }
            Roots::None => versions.with_root_certificates(self.extra_roots()?),
        };
        let mut config = match &self.client {
            None => with_roots.with_no_client_auth(),
            Some(client) => {
                with_roots.with_client_auth_cert(client.chain.clone(), client.key.clone_key())?
            }
        };
        if self.http2 {
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(config)
    }

    fn platform_verifier(
        &self,
        provider: Arc<CryptoProvider>,
    ) -> Result<Arc<Verifier>, rustls::Error> {
        Verifier::new_with_extra_roots(self.extra.iter().cloned(), provider).map(Arc::new)
    }

    fn extra_roots(&self) -> Result<RootCertStore, rustls::Error> {
        let mut store = RootCertStore::empty();
        for certificate in &self.extra {
            store.add(certificate.clone())?;
        }
        Ok(store)
    }
}

fn certificates(field: &'static str, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Invalid> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match read {
        Ok(certificates) if certificates.is_empty() => Err(Invalid::new(
            field,
            "must hold a certificate in PEM, which begins with -----BEGIN CERTIFICATE-----",
            format!("{} bytes without one", pem.len()),
        )),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(Invalid::new(
            field,
            format!("is not PEM: {error}"),
            format!("{} bytes", pem.len()),
        )),
    }
}

impl fmt::Debug for TlsSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls")
            .field("roots", &self.roots)
            .field("extra_roots", &self.extra.len())
            .field("client_certificate", &self.client.is_some())
            .finish_non_exhaustive()
    }
}
