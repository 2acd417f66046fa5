//! An honest tenant behind a server of the test, which answers some requests in its own way.

use crate::support::program::Folder;
use crate::support::server::{Request, Server, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use tenantcheck::mock::{Options, Rate, Tenant};

/// An honest tenant and the server before it; both stop when dropped.
pub struct Front {
    pub server: Server,
    tenant: Tenant,
}

impl Front {
    /// Starts both; where `own` has no answer, the tenant's is given.
    pub fn start(own: impl Fn(&Request) -> Option<Vec<u8>> + Send + Sync + 'static) -> Self {
        let tenant = fast();
        let address = tenant.url().trim_start_matches("http://").to_owned();
        let server = Server::start(move |request| own(request).unwrap_or_else(|| forward(&address, &request.bytes)));
        Self { server, tenant }
    }

    /// Writes a configuration that names the server, and the tokens beside it.
    pub fn configure(&self, folder: &Folder) {
        for caller in ["full", "limited"] {
            folder.write(&format!("{caller}.token"), &self.tenant.token(caller));
        }
        let config = self.tenant.config(Path::new(""));
        folder.write("tenantcheck.toml", &config.replace(&self.tenant.url(), &self.server.url()));
    }
}

/// An honest tenant without a limit that anybody meets.
pub fn fast() -> Tenant {
    Tenant::start(Options { rate: Rate { requests: 1_000_000, seconds: 1 }, ..Options::default() }).unwrap()
}

/// The page's own example of a server error, with a tracking id of its own.
pub fn crash(request: &Request) -> Vec<u8> {
    refusal(request, 500, "500.0 Internal Fault", "An internal fault occurred.")
}

/// A refusal as the page shows it, with a tracking id of its own.
pub fn refusal(request: &Request, status: u16, code: &str, text: &str) -> Vec<u8> {
    let message = serde_json::json!({"locale": "en-US", "localeOrigin": "DEFAULT", "text": text});
    let tracking_id = format!("{:032x}", request.number);
    json(status, &serde_json::json!({"detailCode": code, "trackingId": tracking_id, "messages": [message]}))
}

/// The answer of the tenant to these bytes. Half-closed, so that a request which lacks its end is none to wait for.
fn forward(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    let line = bytes.windows(2).position(|pair| pair == b"\r\n").unwrap();
    let (first, rest) = bytes.split_at(line);
    let sent = stream.write_all(&[first, b"\r\nConnection: close", rest].concat());
    let _ = sent.and_then(|()| stream.shutdown(std::net::Shutdown::Write));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}
