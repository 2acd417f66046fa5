//! A server over raw loopback sockets that answers each request with the bytes that a test wants.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server; it stops listening when dropped.
pub struct Server {
    port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    stopped: AtomicBool,
    connections: AtomicUsize,
    requests: Mutex<Vec<Request>>,
}

/// One request as it came in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its number, from 1.
    pub number: usize,
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Every header line in order, names as they came.
    pub headers: Vec<(String, String)>,
    /// Head and body.
    pub bytes: Vec<u8>,
}

/// The largest request that is read.
const MOST: usize = 4 << 20;
/// How long a connection may be idle.
const IDLE: Duration = Duration::from_secs(30);

impl Server {
    /// Listens, and answers each request of each connection with what `answer` makes of it; `Connection: close` in an
    /// answer ends its connection.
    pub fn start(answer: impl Fn(&Request) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (state, answer) = (Arc::<State>::default(), Arc::new(answer));
        let ours = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ours.stopped.load(Ordering::SeqCst) {
                    return;
                }
                ours.connections.fetch_add(1, Ordering::SeqCst);
                let (state, answer) = (Arc::clone(&ours), Arc::clone(&answer));
                std::thread::spawn(move || serve(stream, &state, answer.as_ref()));
            }
        });
        Self { port, state }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    /// How many connections came so far, with or without a request.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.stopped.store(true, Ordering::SeqCst);
        // One more connection, so that the listening thread looks up.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Request {
    /// The one value of a header; `None` where it is absent or stands there twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let first = values.next()?;
        values.next().is_none().then_some(first.1.as_str())
    }

    /// Whether just this token is presented as a bearer's.
    pub fn bears(&self, token: &str) -> bool {
        let parts = self.header("authorization").and_then(|value| value.split_once(' '));
        parts.is_some_and(|(scheme, value)| scheme.eq_ignore_ascii_case("bearer") && value.trim() == token)
    }
}

fn serve(mut stream: TcpStream, state: &State, answer: &(impl Fn(&Request) -> Vec<u8> + ?Sized)) {
    stream.set_read_timeout(Some(IDLE)).unwrap();
    stream.set_nodelay(true).unwrap();
    while let Some(bytes) = read(&mut stream) {
        let mut request = parse(bytes);
        {
            let mut requests = state.requests.lock().unwrap();
            request.number = requests.len() + 1;
            requests.push(request.clone());
        }
        let bytes = answer(&request);
        let close = String::from_utf8_lossy(&bytes).to_ascii_lowercase().contains("\r\nconnection: close\r\n");
        if stream.write_all(&bytes).is_err() || close {
            return;
        }
    }
}

/// Reads one request by its Content-Length, or by its chunks.
fn read(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut one = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut one).ok()? == 0 || bytes.len() > MOST {
            return None;
        }
        bytes.push(one[0]);
    }
    let head = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    if head.contains("\r\ntransfer-encoding: chunked\r\n") {
        while !bytes.ends_with(b"\r\n0\r\n\r\n") {
            if stream.read(&mut one).ok()? == 0 || bytes.len() > MOST {
                return None;
            }
            bytes.push(one[0]);
        }
        return Some(bytes);
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.filter(|length| *length <= MOST).unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    bytes.extend(body);
    Some(bytes)
}

fn parse(bytes: Vec<u8>) -> Request {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let head = text.split("\r\n\r\n").next().unwrap();
    let mut lines = head.split("\r\n");
    let mut line = lines.next().unwrap().split(' ').map(ToOwned::to_owned);
    let (method, target) = (line.next().unwrap_or_default(), line.next().unwrap_or_default());
    let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    Request { number: 0, method, target, headers: lines.filter_map(header).collect(), bytes }
}

/// The answer of the tenant at an address to these bytes, which says that its connection ends. Half-closed, so that a request which lacks its end is none to wait for.
pub fn forward(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    let line = bytes.windows(2).position(|pair| pair == b"\r\n").unwrap();
    let (first, rest) = bytes.split_at(line);
    let sent = stream.write_all(&[first, b"\r\nConnection: close", rest].concat());
    let _ = sent.and_then(|()| stream.shutdown(std::net::Shutdown::Write));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

/// An answer of a status with header lines of the test's own and a body of exactly these bytes.
pub fn reply(status: u16, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let lines: String = headers.iter().flat_map(|line| [line, "\r\n"]).collect();
    let head = format!("HTTP/1.1 {status} Status\r\n{lines}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// An answer with a JSON body.
pub fn json(status: u16, body: &Value) -> Vec<u8> {
    reply(status, &["Content-Type: application/json"], body.to_string().as_bytes())
}
