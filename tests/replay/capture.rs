//! A server that takes in every byte of a connection, whatever it says of itself, and answers once.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server that lives as long as the process.
pub struct Capture {
    pub url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// What came, a connection each.
    taken: Vec<Vec<u8>>,
    /// Requests that are served; everything else crashes.
    served: Vec<Vec<u8>>,
    learning: bool,
}

/// After this long nothing more is expected of a request whose end nobody can tell.
const QUIET: Duration = Duration::from_millis(150);
const LONGEST: Duration = Duration::from_secs(20);

impl Capture {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || converse(stream, &state));
            }
        });
        Self { url, state }
    }

    /// Serves what comes while `deed` is done, and from then on.
    pub fn learn(&self, deed: impl FnOnce()) {
        self.state.lock().unwrap().learning = true;
        deed();
        self.state.lock().unwrap().learning = false;
    }

    /// What came meanwhile, but what is served, in order.
    pub fn taken(&self, deed: impl FnOnce()) -> Vec<Vec<u8>> {
        self.state.lock().unwrap().taken.clear();
        deed();
        let state = self.state.lock().unwrap();
        state.taken.iter().filter(|bytes| !state.served.contains(bytes)).cloned().collect()
    }
}

fn converse(mut stream: TcpStream, state: &Mutex<State>) {
    let mut bytes = Vec::new();
    stream.set_read_timeout(Some(LONGEST)).unwrap();
    while !is_whole(&bytes) && more(&mut stream, &mut bytes) {
        stream.set_read_timeout(Some(if is_plain(&bytes) { LONGEST } else { QUIET })).unwrap();
    }
    if bytes.is_empty() {
        return;
    }
    let served = {
        let mut state = state.lock().unwrap();
        state.taken.push(bytes.clone());
        if state.learning {
            state.served.push(bytes.clone());
        }
        state.served.contains(&bytes)
    };
    let (status, body) = if served { (if bytes.starts_with(b"GET") { 200 } else { 202 }, "{}") } else { (500, "{}") };
    let head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nConnection: close\r\n");
    let body = if bytes.starts_with(b"HEAD ") { "" } else { body };
    let _ = stream.write_all(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    let _ = stream.shutdown(Shutdown::Write);
    stream.set_read_timeout(Some(QUIET)).unwrap();
    while more(&mut stream, &mut Vec::new()) {}
}

/// Reads on; false at the end, or where nothing more comes.
fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> bool {
    let mut piece = vec![0; 1 << 16];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => return false,
            Ok(count) => {
                bytes.extend_from_slice(&piece[..count]);
                return true;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
}

/// Where the head of a request ends.
fn head(bytes: &[u8]) -> Option<(String, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    Some((String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase(), end + 4))
}

fn lengths(head: &str) -> Vec<Option<usize>> {
    head.lines().filter_map(|line| line.strip_prefix("content-length:")).map(|text| text.trim().parse().ok()).collect()
}

/// Whether the end of a request is where its one Content-Length says.
fn is_plain(bytes: &[u8]) -> bool {
    let Some((head, _)) = head(bytes) else { return false };
    !head.contains("transfer-encoding")
        && matches!(lengths(&head).as_slice(), [] | [Some(_)])
        && !head.contains("expect")
}

fn is_whole(bytes: &[u8]) -> bool {
    let Some((head, end)) = head(bytes).filter(|_| is_plain(bytes)) else { return false };
    let length = lengths(&head).first().copied().flatten().unwrap_or(0);
    bytes.len() >= end + length
}
