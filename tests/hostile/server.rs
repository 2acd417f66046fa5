//! A server over raw sockets that is an honest tenant except where a row is hostile.

use crate::rows::Row;
use crate::scene::From;
use crate::support::server::forward;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// The one connection that a row is hostile to.
pub struct Guest<'a> {
    stream: &'a mut TcpStream,
    /// The head of the honest answer.
    pub head: String,
    /// The body of the honest answer.
    pub body: String,
    /// The path that was asked for.
    pub path: String,
    over: &'a AtomicBool,
}

/// A server; it stops listening when dropped.
pub struct Server {
    pub port: u16,
    over: Arc<AtomicBool>,
    requests: Arc<AtomicUsize>,
}

/// How long a connection may be idle.
const IDLE: Duration = Duration::from_secs(20);
/// The index whose documents are served with hostility once the control worked.
const LATER: &str = "/roles/";

impl Guest<'_> {
    pub fn say(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())
    }

    /// An answer of a status with header lines and this body, its length told.
    pub fn reply(&mut self, status: &str, headers: &str, body: impl AsRef<[u8]>) -> io::Result<()> {
        let body = body.as_ref();
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
        self.say([head.as_bytes(), body].concat())
    }

    /// The honest status with a JSON body of this text.
    pub fn json(&mut self, body: impl AsRef<[u8]>) -> io::Result<()> {
        let status = self.status();
        self.reply(&status, "Content-Type: application/json\r\n", body)
    }

    /// The honest body with one more member in front.
    pub fn member(&mut self, member: &str) -> io::Result<()> {
        let body = self.body.replacen('{', &format!("{{{member},"), 1);
        self.json(body)
    }

    /// The honest status and reason.
    pub fn status(&self) -> String {
        let line = self.head.lines().next().unwrap_or_default();
        line.split_once(' ').map(|(_, status)| status.to_owned()).unwrap_or_default()
    }

    /// Says the same again and again, until nobody listens any more.
    pub fn without_end(&mut self, bytes: &[u8], pause: u64) -> io::Result<()> {
        while !self.over.load(Ordering::SeqCst) {
            self.say(bytes)?;
            pause_for(pause);
        }
        Ok(())
    }
}

/// Waits so many milliseconds.
pub fn pause_for(milliseconds: u64) {
    std::thread::sleep(Duration::from_millis(milliseconds));
}

impl Server {
    pub fn start(row: &'static Row, from: From, tenant: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (over, requests) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        let (ours, counted) = (Arc::clone(&over), Arc::clone(&requests));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if ours.load(Ordering::SeqCst) {
                    return;
                }
                let (over, counted, tenant) = (Arc::clone(&ours), Arc::clone(&counted), tenant.clone());
                std::thread::spawn(move || serve(stream, row, from, &tenant, &over, &counted));
            }
        });
        Self { port, over, requests }
    }

    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // One more connection, so that the listening thread looks up.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn serve(
    mut stream: TcpStream,
    row: &Row,
    from: From,
    tenant: &str,
    over: &AtomicBool,
    counted: &AtomicUsize,
) -> Option<()> {
    stream.set_read_timeout(Some(IDLE)).ok()?;
    stream.set_write_timeout(Some(IDLE)).ok()?;
    stream.set_nodelay(true).ok()?;
    loop {
        // All but the last byte: a connection that is closed before it was read is reset.
        let mut request = read(&mut stream)?;
        counted.fetch_add(1, Ordering::SeqCst);
        let path = String::from_utf8_lossy(&request).split(' ').nth(1).unwrap_or_default().to_owned();
        let upload = request.starts_with(b"POST ");
        let hostile = if row.uploads { upload } else { from == From::First || path.contains(LATER) };
        if !(hostile && row.resets) {
            stream.read_exact(&mut [0]).ok()?;
        }
        request.push(b'\n');
        // The answer to an upload that is not read is the row's own.
        let (head, body) = if upload { Default::default() } else { honest(&forward(tenant, &request)) };
        if !hostile {
            stream.write_all(format!("{head}{body}").as_bytes()).ok()?;
            continue;
        }
        let _ended = (row.act)(&mut Guest { stream: &mut stream, head, body, path, over });
        if row.resets {
            // What was said is read before the reset drops it.
            std::thread::sleep(Duration::from_millis(100));
        } else {
            let _ = stream.shutdown(Shutdown::Write);
            let _ = stream.set_read_timeout(Some(Duration::from_millis(500)));
            let _ = stream.read(&mut [0; 64]);
        }
        return None;
    }
}

/// The head of a request, up to its last byte.
fn read(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut bytes, mut one) = (Vec::new(), [0]);
    while !bytes.ends_with(b"\r\n\r") {
        if stream.read(&mut one).ok()? == 0 {
            return None;
        }
        bytes.push(one[0]);
    }
    Some(bytes)
}

/// Head and body of the tenant's answer, without the word that its connection ends.
fn honest(answer: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let lines: Vec<&str> = head.lines().filter(|line| !line.eq_ignore_ascii_case("connection: close")).collect();
    (format!("{}\r\n\r\n", lines.join("\r\n")), body.to_owned())
}
