//! The tenant as a server on loopback, on a thread of its own.

use super::config;
use super::faults::Fault;
use super::limit::Rate;
use super::listen::listen;
use super::service::Service;
use super::variants::Variant;
use crate::contract::World;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// How a tenant is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port; 0 for any that is free.
    pub port: u16,
    /// The rate limit of each client and API version.
    pub rate: Rate,
    /// The odd but correct tenant that it is, if any.
    pub variant: Option<&'static Variant>,
    /// The promises that it breaks; none is an honest tenant.
    pub faults: Vec<&'static Fault>,
}

impl Default for Options {
    /// An honest tenant on any free port, with the rate limit of a real one.
    fn default() -> Self {
        Self { port: 0, rate: Rate { requests: 100, seconds: 10 }, variant: None, faults: Vec::new() }
    }
}

/// A tenant that listens; it stops when dropped.
#[derive(Debug)]
#[must_use = "a tenant stops when it is dropped"]
pub struct Tenant {
    service: Service,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Tenant {
    /// Starts to listen on 127.0.0.1.
    pub fn start(options: Options) -> io::Result<Self> {
        let service = Service::new(options.rate, options.variant, options.faults)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let router = service.router();
        let thread = std::thread::Builder::new().name("mock tenant".to_owned()).spawn(move || {
            runtime.block_on(listen(listener, router, stopped));
            runtime.shutdown_background();
        })?;
        Ok(Self { service, address, stop: Some(stop), thread: Some(thread) })
    }

    /// The base URL, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A token that is good for a week: `full` may do everything, `limited` nothing; that of `expired` is over.
    pub fn token(&self, caller: &str) -> String {
        self.service.token(caller)
    }

    /// The client that may fetch tokens.
    pub fn client_id(&self) -> &str {
        self.service.client_id()
    }

    /// The secret of that client.
    pub fn client_secret(&self) -> &str {
        self.service.client_secret()
    }

    /// What there is to know about this tenant.
    pub fn world(&self) -> World {
        self.service.world()
    }

    /// The text of a complete `tenantcheck.toml` for this tenant, whose tokens lie in the folder under the
    /// callers' names, such as `full.token`.
    pub fn config(&self, folder: &Path) -> String {
        self.config_with(|caller| folder.join(format!("{caller}.token")))
    }

    /// The same text, with the file of each caller's token.
    pub fn config_with(&self, token_file: impl Fn(&str) -> PathBuf) -> String {
        config::text(&self.url(), token_file, &self.world())
    }

    /// Serves for as long as the process lives.
    pub fn wait(mut self) {
        join(self.thread.take());
    }
}

impl Drop for Tenant {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended already; then nobody listens, and that is what is wanted.
            let _ = stop.send(());
        }
        join(self.thread.take());
    }
}

fn join(thread: Option<JoinHandle<()>>) {
    if let Some(thread) = thread {
        // A panic of the thread has been printed where it happened.
        let _ = thread.join();
    }
}
