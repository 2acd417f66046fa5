//! An honest tenant behind a server of the test, which answers some requests in its own way.

use crate::support::program::Folder;
use crate::support::server::{Request, Server, forward, json};
use std::path::Path;
use tenantcheck::contract::CALLERS;
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

    /// Starts both, of which the server crashes on some requests, and writes the configuration.
    pub fn crashing(folder: &Folder, on: impl Fn(&Request) -> bool + Send + Sync + 'static) -> Self {
        let front = Self::start(move |request| on(request).then(|| crash(request)));
        front.configure(folder);
        front
    }

    /// Writes a configuration that names the server, and the tokens beside it.
    pub fn configure(&self, folder: &Folder) {
        for caller in CALLERS {
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
