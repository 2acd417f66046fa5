//! A proxy that leads to the embedded tenant over TLS, whatever host it is asked for, and remembers all that it heard.

use crate::support::server::forward;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long a connection may be idle.
const IDLE: Duration = Duration::from_mins(1);
/// The largest request that is read.
const MOST: usize = 1 << 20;

/// One request inside the tunnel.
#[derive(Clone)]
pub struct Heard {
    pub at: Instant,
    pub text: String,
}

/// Everything that a proxy heard.
#[derive(Default)]
pub struct Ears {
    /// How many connections came.
    pub connections: usize,
    /// The head of each request to the proxy itself.
    pub asked: Vec<String>,
    /// Each request to the tenant.
    pub heard: Vec<Heard>,
}

/// What stands in for the tenant's answer to a request that begins so.
pub type Instead = Option<(&'static str, &'static str)>;

/// A proxy that listens.
pub struct Proxy {
    pub port: u16,
    ears: Arc<Mutex<Ears>>,
}

struct Way {
    server: Arc<ServerConfig>,
    tenant: String,
    instead: Instead,
    ears: Arc<Mutex<Ears>>,
}

impl Proxy {
    pub fn start(server: Arc<ServerConfig>, tenant: &str, instead: Instead) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let ears = Arc::<Mutex<Ears>>::default();
        let tenant = tenant.trim_start_matches("http://").to_owned();
        let way = Arc::new(Way { server, tenant, instead, ears: Arc::clone(&ears) });
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                way.ears.lock().unwrap().connections += 1;
                let way = Arc::clone(&way);
                std::thread::spawn(move || way.tunnel(stream));
            }
        });
        Self { port, ears }
    }

    /// What it heard so far.
    pub fn ears<T>(&self, of: impl Fn(&Ears) -> T) -> T {
        of(&self.ears.lock().unwrap())
    }

    /// The requests so far that begin so.
    pub fn requests(&self, start: &str) -> Vec<String> {
        let kept = |heard: &&Heard| heard.text.starts_with(start);
        self.ears(|ears| ears.heard.iter().filter(kept).map(|heard| heard.text.clone()).collect())
    }
}

impl Way {
    /// Leads one connection to the tenant, request by request; `None` when it is over.
    fn tunnel(&self, mut stream: TcpStream) -> Option<()> {
        stream.set_read_timeout(Some(IDLE)).unwrap();
        let asked = request(&mut stream)?;
        self.ears.lock().unwrap().asked.push(String::from_utf8_lossy(&asked).into_owned());
        stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").ok()?;
        let mut tls = StreamOwned::new(ServerConnection::new(Arc::clone(&self.server)).unwrap(), stream);
        loop {
            let bytes = request(&mut tls)?;
            let heard = Heard { at: Instant::now(), text: String::from_utf8_lossy(&bytes).into_owned() };
            let instead = self.instead.filter(|(start, _)| heard.text.starts_with(start));
            self.ears.lock().unwrap().heard.push(heard);
            let answer = instead.map(|(_, answer)| answer.as_bytes().to_vec());
            tls.write_all(&answer.unwrap_or_else(|| forward(&self.tenant, &bytes))).ok()?;
            tls.flush().ok()?;
        }
    }
}

fn request(stream: &mut impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut one = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut one).ok()? == 0 || bytes.len() > MOST {
            return None;
        }
        bytes.push(one[0]);
    }
    let head = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.filter(|length| *length <= MOST).unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    bytes.extend(body);
    Some(bytes)
}
