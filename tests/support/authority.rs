//! An authority of the tests, for TLS to servers of the tests.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// An authority of the test, the server's side of its certificate, and its own as a file.
pub struct Authority {
    pub server: Arc<ServerConfig>,
    pub ca_file: PathBuf,
    _folder: TempDir,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let ca_key = KeyPair::generate().unwrap();
        let mut ca = CertificateParams::new(Vec::new()).unwrap();
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca_certificate = ca.self_signed(&ca_key).unwrap();
        let other = CertificateParams::new(vec!["other.example".into()]).unwrap().self_signed(&ca_key).unwrap();
        let issuer = Issuer::new(ca, ca_key);
        let key = KeyPair::generate().unwrap();
        let leaf = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        let private = PrivatePkcs8KeyDer::from(key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], private.into())
            .unwrap();
        server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let folder = TempDir::new().unwrap();
        let ca_file = folder.path().join("ca.pem");
        // Several certificates, with words between them.
        std::fs::write(&ca_file, format!("first\n{}\nsecond\n{}", other.pem(), ca_certificate.pem())).unwrap();
        Self { server: Arc::new(server), ca_file, _folder: folder }
    }
}
