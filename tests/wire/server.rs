//! Servers over raw loopback sockets, bounded in connections and time, that do exactly what a test says.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long a server lives at most.
const LIFE: Duration = Duration::from_secs(20);

/// A server and what it heard.
pub struct Server {
    pub port: u16,
    heard: Arc<Mutex<Heard>>,
}

/// What came in.
#[derive(Default)]
pub struct Heard {
    /// The requests in the order of their end, as bytes.
    pub requests: Vec<Vec<u8>>,
    /// How many connections were accepted.
    pub connections: usize,
}

/// One accepted connection, counted from 0.
pub struct Guest {
    pub number: usize,
    pub stream: TcpStream,
    heard: Arc<Mutex<Heard>>,
}

impl Server {
    /// Listens, and gives each connection to `act` on a thread of its own.
    pub fn start(act: impl Fn(Guest) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::<Mutex<Heard>>::default();
        let (ours, act) = (Arc::clone(&heard), Arc::new(act));
        std::thread::spawn(move || {
            let end = Instant::now() + LIFE;
            // The test holds one handle, this thread one, each guest one: alone again, the server ends.
            while Instant::now() < end && Arc::strong_count(&ours) > 1 {
                let Ok((stream, _)) = listener.accept() else {
                    std::thread::sleep(Duration::from_millis(2));
                    continue;
                };
                stream.set_nonblocking(false).unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
                stream.set_nodelay(true).unwrap();
                let number = ours.lock().unwrap().connections;
                ours.lock().unwrap().connections += 1;
                let (guest, act) = (Guest { number, stream, heard: Arc::clone(&ours) }, Arc::clone(&act));
                std::thread::spawn(move || act(guest));
            }
        });
        Self { port, heard }
    }

    /// Answers every request of every connection with the same bytes; closes after the first where `once` holds.
    pub fn answering(answer: impl Into<Vec<u8>>, once: bool) -> Self {
        let answer = answer.into();
        Self::start(move |mut guest| while guest.request() && guest.say(&answer) && !once {})
    }

    pub fn heard<T>(&self, look: impl FnOnce(&Heard) -> T) -> T {
        look(&self.heard.lock().unwrap())
    }

    /// The last request as text.
    pub fn last(&self) -> String {
        self.heard(|heard| String::from_utf8_lossy(heard.requests.last().unwrap()).into_owned())
    }
}

impl Guest {
    /// Reads a request by its Content-Length and remembers it; `false` where the connection ended first.
    pub fn request(&mut self) -> bool {
        match request(&mut self.stream) {
            Some(bytes) => {
                self.heard.lock().unwrap().requests.push(bytes);
                true
            }
            None => false,
        }
    }

    /// Reads until nothing comes for a while, and remembers it as one request.
    pub fn listen(&mut self) {
        self.stream.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
        let mut bytes = Vec::new();
        let mut piece = [0; 4096];
        while let Ok(count @ 1..) = self.stream.read(&mut piece) {
            bytes.extend_from_slice(&piece[..count]);
        }
        self.heard.lock().unwrap().requests.push(bytes);
    }

    pub fn say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.stream.write_all(bytes.as_ref()).and_then(|()| self.stream.flush()).is_ok()
    }

    /// Ends the connection with a reset, by closing it while something unread lies in it.
    pub fn reset(self) {
        let mut one = [0];
        let _ = self.stream.peek(&mut one);
        drop(self.stream);
    }
}

/// Reads one request by its Content-Length.
pub fn request(stream: &mut impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut one = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut one).ok()? == 0 || bytes.len() > 100_000 {
            return None;
        }
        bytes.push(one[0]);
    }
    let head = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).ok()?;
    bytes.extend(body);
    Some(bytes)
}
