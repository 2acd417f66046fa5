//! An honest tenant behind a server that crashes on some requests.

use crate::support::program::Folder;
use crate::support::server::{Request, Server, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use tenantcheck::mock::{Options, Rate, Tenant};

/// Starts both, and writes the configuration for them into a folder.
pub fn relay(folder: &Folder, on: impl Fn(&Request) -> bool + Send + Sync + 'static) -> (Tenant, Server) {
    let tenant = fast();
    let address = tenant.url().trim_start_matches("http://").to_owned();
    let server = Server::start(
        move |request| {
            if on(request) { crash(request.number) } else { forward(&address, &request.bytes) }
        },
    );
    for caller in ["full", "limited"] {
        folder.write(&format!("{caller}.token"), &tenant.token(caller));
    }
    folder.write("tenantcheck.toml", &tenant.config(Path::new("")).replace(&tenant.url(), &server.url()));
    (tenant, server)
}

/// The page's own example, with a tracking id of its own.
fn crash(number: usize) -> Vec<u8> {
    let message =
        serde_json::json!({"locale": "en-US", "localeOrigin": "DEFAULT", "text": "An internal fault occurred."});
    let tracking_id = format!("{number:032x}");
    json(
        500,
        &serde_json::json!({"detailCode": "500.0 Internal Fault", "trackingId": tracking_id, "messages": [message]}),
    )
}

/// An honest tenant whose rate limit is out of the way.
pub fn fast() -> Tenant {
    Tenant::start(Options { rate: Rate { requests: 1_000_000, seconds: 1 }, ..Options::default() }).unwrap()
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
