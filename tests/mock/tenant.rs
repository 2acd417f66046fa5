//! Starting, stopping, and the configuration for another process.

use crate::client::connect;
use crate::tenant;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};
use tenantcheck::mock::{Options, Rate, Tenant};

#[test]
fn a_dropped_tenant_stops_listening_whatever_clients_leave_open() {
    let tenant = tenant();
    let address = tenant.url().trim_start_matches("http://").to_owned();
    assert!(address.starts_with("127.0.0.1:"));
    let idle = connect(&tenant);
    let mut half = connect(&tenant);
    half.write_all(b"POST /beta/sources/1/load-accounts HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nx").unwrap();
    std::thread::sleep(Duration::from_millis(50));
    let start = Instant::now();
    drop(tenant);
    assert!(start.elapsed() < Duration::from_secs(3));
    assert!(TcpStream::connect(address).is_err());
    drop((idle, half));
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let tenant = tenant();
    let port = tenant.url().rsplit(':').next().unwrap().parse().unwrap();
    let rate = Rate { requests: 1, seconds: 1 };
    assert!(Tenant::start(Options { port, rate, ..Options::default() }).is_err());
}

#[test]
fn the_configuration_tells_the_whole_world() {
    let tenant = tenant();
    let world = tenant.world();
    let config: toml::Table = tenant.config(Path::new("a folder/\"x\"")).parse().unwrap();
    assert_eq!(config["target"]["url"].as_str(), Some(tenant.url().as_str()));
    for caller in tenantcheck::contract::CALLERS {
        let file = config["credentials"][caller]["token-file"].as_str().unwrap();
        assert_eq!(Path::new(file), Path::new("a folder/\"x\"").join(format!("{caller}.token")));
    }
    assert_eq!(config["world"]["delimited-source"].as_str(), world.id("delimited-source"));
    assert_eq!(config["world"]["direct-source"].as_str(), world.id("direct-source"));
    assert_eq!(config["world"]["csv-columns"].as_array().unwrap().len(), world.list("csv-columns").unwrap().len());
    for (index, id) in world.pairs("documents") {
        let ids = config["world"]["documents"][index].as_array().unwrap();
        assert!(ids.iter().any(|known| known.as_str() == Some(id)));
    }
    assert!(tenant.config(Path::new("")).contains("token-file = \"full.token\""));
}
