//! An honest tenant behind a server that crashes on some requests.

use crate::support::program::Folder;
use crate::support::server::{Request, Server, forward, json};
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
    for caller in tenantcheck::contract::CALLERS {
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
