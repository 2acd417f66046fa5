//! A target that is not loopback: without `--allow-writes` bad credentials and unknown ids go to the endpoint that
//! writes, and no request there names a real source.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[expect(dead_code, reason = "not every test needs all of it")]
mod support;
#[path = "support/authority.rs"]
mod authority;

use authority::Authority;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::program::{Folder, Ran};
use support::server::forward;
use tenantcheck::mock::{Options, Rate, Tenant};

const NAME: &str = "tenant.example";
/// How long a connection may be idle.
const IDLE: Duration = Duration::from_mins(1);
/// The largest request that is read.
const MOST: usize = 1 << 20;

/// A proxy that leads to the embedded tenant over TLS, whatever host it is asked for; it remembers every request.
struct Away {
    port: u16,
    heard: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Away {
    fn start(server: Arc<ServerConfig>, tenant: &Tenant) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::<Mutex<Vec<Vec<u8>>>>::default();
        let (ours, address) = (Arc::clone(&heard), tenant.url().trim_start_matches("http://").to_owned());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (heard, server, address) = (Arc::clone(&ours), Arc::clone(&server), address.clone());
                std::thread::spawn(move || tunnel(stream, server, &address, &heard));
            }
        });
        Self { port, heard }
    }
}

/// Leads one connection to the tenant, request by request; `None` when it is over.
fn tunnel(mut stream: TcpStream, server: Arc<ServerConfig>, address: &str, heard: &Mutex<Vec<Vec<u8>>>) -> Option<()> {
    stream.set_read_timeout(Some(IDLE)).unwrap();
    request(&mut stream)?;
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").ok()?;
    let mut tls = StreamOwned::new(ServerConnection::new(server).unwrap(), stream);
    loop {
        let bytes = request(&mut tls)?;
        heard.lock().unwrap().push(bytes.clone());
        tls.write_all(&forward(address, &bytes)).ok()?;
        tls.flush().ok()?;
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

/// Checks a tenant that is not loopback by its name; what ran, every request that it heard, and the folder.
fn away(arguments: &[&str]) -> (Ran, Vec<String>, Folder, Tenant) {
    let tenant =
        Tenant::start(Options { rate: Rate { requests: 1_000_000, seconds: 1 }, ..Options::default() }).unwrap();
    let authority = Authority::new(NAME);
    let proxy = Away::start(Arc::clone(&authority.server), &tenant);
    let folder = Folder::new();
    for caller in tenantcheck::contract::CALLERS {
        folder.write(&format!("{caller}.token"), &tenant.token(caller));
    }
    let url = format!("url = \"{}\"", tenant.url());
    let config = tenant.config(Path::new(""));
    assert!(config.contains(&url), "{config}");
    let there = format!("url = \"https://{NAME}\"\nca-file = \"{}\"", authority.ca_file.display());
    folder.write("tenantcheck.toml", &config.replace(&url, &there));
    let arguments = [arguments, &["--rate", "1000/1", "--report", "ndjson=log"]].concat();
    let mut command = folder.command(&arguments);
    let ran = Ran::of(command.env("HTTPS_PROXY", format!("http://127.0.0.1:{}", proxy.port)));
    let heard = proxy.heard.lock().unwrap().iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    (ran, heard, folder, tenant)
}

/// The request line in small letters, percent escapes taken off as often as a careless server would.
fn plain(request: &str) -> String {
    let line = request.lines().next().unwrap_or_default().as_bytes().to_vec();
    let line = (0..3).fold(line, |line, _| tenantcheck::exchange::unescaped(&line));
    String::from_utf8_lossy(&line).to_ascii_lowercase()
}

#[test]
fn bad_credentials_and_unknown_ids_go_to_a_writing_endpoint_and_no_real_source_does() {
    let (ran, heard, folder, tenant) = away(&["check", "--phase", "cases,coverage", "load-accounts/**"]);
    let ran = ran.exits(0);
    let uploads: Vec<String> =
        heard.iter().filter(|request| request.starts_with("POST ")).map(|one| plain(one)).collect();
    assert!(uploads.len() >= 25, "{} uploads\n{}", uploads.len(), ran.out());
    let world = tenant.world();
    let real: Vec<String> =
        ["delimited-source", "direct-source"].iter().map(|key| world.id(key).unwrap().to_ascii_lowercase()).collect();
    for upload in &uploads {
        assert!(real.iter().all(|id| !upload.contains(id.as_str())) && !upload.contains('*'), "{upload}");
    }
    let log = folder.events("log");
    let held: Vec<&str> = log
        .iter()
        .filter(|event| event["event"] == "case" && event["verdict"] == "held")
        .map(|event| event["case"].as_str().unwrap())
        .collect();
    let of = |layer: &str| held.iter().filter(|case| case.contains(&format!("/coverage/{layer}/"))).count();
    assert!(of("credential") >= 9 && of("identifier") >= 4, "{held:?}");
    assert_eq!(held.iter().filter(|case| case.contains("/coverage/")).count(), of("credential") + of("identifier"));
}

#[test]
fn the_users_word_lets_every_defect_out() {
    let (ran, ..) = away(&["check", "--phase", "cases,coverage", "load-accounts/**", "--dry-run", "--allow-writes"]);
    let allowed = ran.exits(0).out();
    let (ran, heard, ..) = away(&["check", "--phase", "cases,coverage", "load-accounts/**", "--dry-run"]);
    let kept_back = ran.exits(0).out();
    assert!(heard.is_empty(), "a dry run fires nothing");
    assert!(allowed.contains("coverage/csv/") && !kept_back.contains("coverage/csv/"), "{kept_back}");
    assert!(kept_back.contains("coverage/credential/"), "{kept_back}");
}
