//! The server's certificate, which a child process finds by a variable.

use std::{fs, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};

/// The variable that names its file.
pub const VARIABLE: &str = "BENCH_CERTIFICATE";

pub fn pem() -> Vec<u8> {
    let file = std::env::var(VARIABLE).expect("the parent names the certificate");
    fs::read(file).expect("the server wrote it")
}

/// A client that trusts only that, for those who have no such option themselves.
pub fn client_config() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_slice(&pem()).expect("a certificate");
    roots.add(certificate).expect("a root");
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has them")
        .with_root_certificates(roots)
        .with_no_client_auth()
}
