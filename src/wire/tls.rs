//! Whom TLS trusts: the system's roots, and those of `ca-file`. Verification is never off.

use super::error::WireError;
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use rustls::{ClientConfig, RootCertStore};
use std::path::Path;
use std::sync::Arc;

/// The configuration that every TLS connection of a wire shares; the system's roots are read only where `system` holds,
/// since that takes long.
pub(super) fn config(ca_file: Option<&Path>, system: bool) -> Result<Arc<ClientConfig>, WireError> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = ca_file {
        add_file(&mut roots, path)?;
    }
    if system {
        add_system(&mut roots)?;
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| WireError::Client(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn add_file(roots: &mut RootCertStore, path: &Path) -> Result<(), WireError> {
    let unreadable = |why: String| WireError::CaFile { path: path.to_owned(), why };
    let pem = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
        roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
    }
    if roots.is_empty() { Err(WireError::NoCertificate(path.to_owned())) } else { Ok(()) }
}

fn add_system(roots: &mut RootCertStore) -> Result<(), WireError> {
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        let why = found.errors.first().map(|error| format!(" ({error})")).unwrap_or_default();
        return Err(WireError::NoRoots(why));
    }
    Ok(())
}
