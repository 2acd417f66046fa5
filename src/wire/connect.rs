//! A fresh connection to the target: name lookup, proxy and TLS. Knows nothing of requests.

use super::failure::{connecting, failure};
use super::head;
use super::proxy::{Proxy, authority};
use crate::exchange::{Failure, FailureKind, Target};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// A stream of bytes in both directions, plain or over TLS.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection to the target, or to the proxy that forwards to it.
pub(super) type Link = Box<dyn Stream>;

/// How long one address is tried alone before the next one is tried beside it.
const STAGGER: Duration = Duration::from_millis(250);

/// The longest head of a proxy's answer to CONNECT, in bytes.
const TUNNEL_HEAD: usize = 16 * 1024;

/// Connects to one target.
pub(super) struct Connector {
    pub(super) target: Target,
    pub(super) config: Arc<ClientConfig>,
    pub(super) proxy: Option<Proxy>,
}

impl Connector {
    /// The proxy that takes requests in absolute form, if one does.
    pub(super) fn forwarder(&self) -> Option<&Proxy> {
        self.proxy.as_ref().filter(|_| !self.target.is_tls())
    }

    /// Makes a connection; has no deadline of its own.
    pub(super) async fn connect(&self) -> Result<Link, Failure> {
        let proxied = self.proxy.is_some();
        let link = if let Some(proxy) = &self.proxy {
            self.through(proxy).await?
        } else {
            let stream = tcp(&self.target.host(), self.target.port()).await;
            Box::new(stream.map_err(|error| connecting(&error, false))?)
        };
        if !self.target.is_tls() {
            return Ok(link);
        }
        secured(&self.config, &self.target.host(), link).await.map_err(|error| connecting(&error, proxied))
    }

    async fn through(&self, proxy: &Proxy) -> Result<Link, Failure> {
        let refused = |error: io::Error| {
            let mut failure = connecting(&error, true);
            failure.detail = format!("the proxy {}: {}", proxy.url(), failure.detail);
            failure
        };
        let mut link: Link = Box::new(tcp(&proxy.host, proxy.port).await.map_err(refused)?);
        if proxy.tls {
            link = secured(&self.config, &proxy.host, link).await.map_err(refused)?;
        }
        if self.target.is_tls() {
            self.tunnel(proxy, &mut link).await?;
        }
        Ok(link)
    }

    async fn tunnel(&self, proxy: &Proxy, link: &mut Link) -> Result<(), Failure> {
        let refused = |why: String| failure(FailureKind::Proxy, format!("the proxy {}: {why}", proxy.url()));
        let authority = authority(&self.target.host(), self.target.port());
        let mut request = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n").into_bytes();
        if let Some(authorization) = &proxy.authorization {
            request.extend_from_slice(b"Proxy-Authorization: ");
            request.extend_from_slice(authorization.as_bytes());
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"\r\n");
        link.write_all(&request).await.map_err(|error| refused(error.to_string()))?;
        link.flush().await.map_err(|error| refused(error.to_string()))?;
        let mut came = Vec::new();
        loop {
            match head::parse(&came).map_err(&refused)? {
                Some((head, _)) if (200..300).contains(&head.status) => return Ok(()),
                Some((head, _)) if head.status >= 200 => {
                    return Err(refused(format!("it answered CONNECT with {} {}", head.status, head.reason)));
                }
                Some((_, used)) => drop(came.drain(..used)),
                None if came.len() > TUNNEL_HEAD => return Err(refused("its answer to CONNECT has no end".into())),
                None => {
                    let count = link.read_buf(&mut came).await.map_err(|error| refused(error.to_string()))?;
                    if count == 0 {
                        return Err(refused("it closed the connection in answer to CONNECT".into()));
                    }
                }
            }
        }
    }
}

async fn secured(config: &Arc<ClientConfig>, host: &str, link: Link) -> io::Result<Link> {
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    Ok(Box::new(TlsConnector::from(Arc::clone(config)).connect(name, link).await?))
}

/// Tries the addresses of a name in turn, a slow one beside the next, and takes the first that accepts.
async fn tcp(host: &str, port: u16) -> io::Result<TcpStream> {
    let mut addresses = tokio::net::lookup_host((host, port)).await?;
    let mut attempts = FuturesUnordered::new();
    let mut failed = io::Error::new(io::ErrorKind::AddrNotAvailable, "the name has no address");
    loop {
        match addresses.next() {
            Some(address) => attempts.push(TcpStream::connect(address)),
            None if attempts.is_empty() => return Err(failed),
            None => {}
        }
        match tokio::time::timeout(STAGGER, attempts.next()).await {
            Ok(Some(Ok(stream))) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Ok(Some(Err(error))) => failed = error,
            Ok(None) | Err(_) => {}
        }
    }
}
