//! Servers whose certificate nobody should trust.

use crate::scene::{self, Bounds, Seen};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A certificate that must not be believed.
pub struct Bad {
    pub name: &'static str,
    sends: &'static str,
    told: &'static str,
    make: fn(&CertificateParams, &KeyPair, &Issuer<'_, KeyPair>) -> CertificateDer<'static>,
}

pub const ALL: [Bad; 3] = [
    Bad {
        name: "expired certificate",
        sends: "a certificate of a trusted authority that ended in 2001",
        told: "expired",
        make: |params, key, issuer| {
            let mut params = params.clone();
            params.not_before = date_time_ymd(2000, 1, 1);
            params.not_after = date_time_ymd(2001, 1, 1);
            params.signed_by(key, issuer).unwrap().der().clone()
        },
    },
    Bad {
        name: "self-signed certificate",
        sends: "a certificate that only it vouches for",
        told: "certificate",
        make: |params, key, _| params.self_signed(key).unwrap().der().clone(),
    },
    Bad {
        name: "certificate of another host",
        sends: "a certificate of a trusted authority for another name",
        told: "certificate",
        make: |_, key, issuer| {
            let params = CertificateParams::new(vec!["other.example".to_owned()]).unwrap();
            params.signed_by(key, issuer).unwrap().der().clone()
        },
    },
];

impl Bad {
    /// Runs `check` against such a server; nothing of HTTP may reach it.
    pub fn attack(&self) -> Seen {
        let ca_key = KeyPair::generate().unwrap();
        let mut ca = CertificateParams::new(Vec::new()).unwrap();
        ca.distinguished_name.push(DnType::CommonName, "an authority of the tests");
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let folder = tempfile::tempdir().unwrap();
        let ca_file = folder.path().join("ca.pem");
        std::fs::write(&ca_file, ca.self_signed(&ca_key).unwrap().pem()).unwrap();
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        let certificate = (self.make)(&params, &key, &Issuer::new(ca, ca_key));
        let heard = Arc::<AtomicUsize>::default();
        let port = serve(config(certificate, &key), Arc::clone(&heard));
        let target = format!("url = \"https://127.0.0.1:{port}\"\nca-file = \"{}\"", ca_file.display());
        let bounds = Bounds { seconds: 30, megabytes: 150, purse: "30" };
        let mut seen = scene::run(self.name, &scene::config(&scene::tenant(), &target), None, &bounds, None);
        seen.sends = self.sends;
        seen.said = seen.said.replace(&port.to_string(), "PORT");
        // What follows tells the time.
        let end = seen.said.find(": verification time").unwrap_or(seen.said.len());
        seen.said.truncate(end);
        if heard.load(Ordering::SeqCst) > 0 {
            seen.problems.push(format!("{}: a request was sent", self.name));
        }
        if !seen.said.contains("exit 3") || !seen.said.contains(self.told) {
            seen.problems.push(format!("{}: {}", self.name, seen.said));
        }
        seen
    }
}

fn config(certificate: CertificateDer<'static>, key: &KeyPair) -> Arc<ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    Arc::new(config.with_no_client_auth().with_single_cert(vec![certificate], key.into()).unwrap())
}

fn serve(config: Arc<ServerConfig>, heard: Arc<AtomicUsize>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = Stream::new(&mut connection, &mut stream);
            if tls.read(&mut [0; 16]).is_ok_and(|read| read > 0) {
                heard.fetch_add(1, Ordering::SeqCst);
                let _ = tls.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        }
    });
    port
}
