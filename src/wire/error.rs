//! Why a wire cannot be laid.

use std::path::PathBuf;
use thiserror::Error;

/// Why a wire cannot be laid: what happened and what to do.
#[derive(Debug, Error)]
pub enum WireError {
    /// The file of additional roots cannot be read.
    #[error("the certificates of ca-file {path} cannot be read: {why}; name a readable PEM file")]
    CaFile {
        /// The file.
        path: PathBuf,
        /// What the system or the reader said.
        why: String,
    },
    /// The file of additional roots holds no certificate.
    #[error("ca-file {0} holds no certificate; it must hold at least one `BEGIN CERTIFICATE` block")]
    NoCertificate(PathBuf),
    /// There is nothing to verify a server by.
    #[error("no trusted root certificates were found on this system{0}; install them, or set ca-file or SSL_CERT_FILE")]
    NoRoots(String),
    /// The proxy that the environment names cannot be used.
    #[error(
        "the proxy {0} that the environment names is neither http:// nor https://; name another, or put the target into NO_PROXY"
    )]
    Proxy(String),
    /// The TLS library or the HTTP client refused to start.
    #[error("the HTTP client cannot be set up: {0}")]
    Client(String),
}
