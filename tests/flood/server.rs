//! A small tenant of one document, a thread a connection, whose answers a test decides.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub const ID: &str = "2c91808568c529c60168cca6f90c1313";
pub const TOKEN: &str = "a-token-of-the-test";

/// What a tenant does with a request.
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub media_type: &'static str,
    pub body: String,
    pub delay: Duration,
}

/// What a request is.
#[derive(Clone, Copy)]
pub struct Ask {
    /// From 1, in the order of arrival.
    pub number: u64,
    /// How many are under way, this one included.
    pub under_way: u64,
}

/// A tenant that listens as long as the process lives.
pub struct Server {
    pub url: String,
    /// The most requests that were under way at once.
    pub most: Arc<AtomicU64>,
}

impl Reply {
    pub fn json(status: u16, body: &str) -> Self {
        let (headers, delay) = (Vec::new(), Duration::ZERO);
        Self { status, headers, media_type: "application/json", body: body.to_owned(), delay }
    }

    pub fn served() -> Self {
        Self::json(200, &format!(r#"{{"id":"{ID}","name":"Adam","_type":"identity"}}"#))
    }

    /// A 429 as the page shows it, without its wait.
    pub fn limited() -> Self {
        Self::json(429, r#"{"message":" Rate Limit Exceeded "}"#)
    }

    pub fn header(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.headers.push((name, format!("{value}")));
        self
    }

    pub fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    pub fn html(self) -> Self {
        Self { media_type: "text/html", body: "<html>Too many requests</html>".to_owned(), ..self }
    }
}

/// Starts a tenant; where the policy answers nothing, the connection is reset.
pub fn start(policy: impl Fn(Ask) -> Option<Reply> + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let most = Arc::new(AtomicU64::new(0));
    let shared = Arc::new((policy, AtomicU64::new(0), AtomicU64::new(0), Arc::clone(&most)));
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || converse(&stream, &shared.0, (&shared.1, &shared.2, &shared.3)));
        }
    });
    Server { url, most }
}

fn converse(
    stream: &TcpStream,
    policy: &dyn Fn(Ask) -> Option<Reply>,
    (numbers, under_way, most): (&AtomicU64, &AtomicU64, &AtomicU64),
) {
    let mut lines = BufReader::new(stream).lines();
    while lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()).count() > 0 {
        let count = under_way.fetch_add(1, Ordering::SeqCst) + 1;
        most.fetch_max(count, Ordering::SeqCst);
        let reply = policy(Ask { number: numbers.fetch_add(1, Ordering::SeqCst) + 1, under_way: count });
        let written = reply.is_some_and(|reply| write(stream, &reply).is_ok());
        under_way.fetch_sub(1, Ordering::SeqCst);
        if !written {
            return;
        }
    }
}

fn write(mut stream: &TcpStream, reply: &Reply) -> std::io::Result<()> {
    std::thread::sleep(reply.delay);
    let Reply { status, media_type, body, .. } = reply;
    let head = format!("HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n", body.len());
    let headers = reply.headers.iter().fold(head, |head, (name, value)| format!("{head}{name}: {value}\r\n"));
    stream.write_all(format!("{headers}\r\n{body}").as_bytes())
}
