//! What load-accounts takes and what it refuses.

use crate::client::{Reply, full};
use crate::tenant;
use serde_json::json;
use std::io::{Read, Write};
use tenantcheck::mock::Tenant;

const MULTIPART: &str = "Content-Type: multipart/form-data; boundary=B0";
const URLENCODED: &str = "Content-Type: application/x-www-form-urlencoded";

fn send(tenant: &Tenant, key: &str, headers: &[&str], body: &[u8]) -> Reply {
    let id = tenant.world().id(key).unwrap().to_owned();
    full(tenant, &format!("POST /beta/sources/{id}/load-accounts"), headers, body)
}

fn part(head: &str, content: &[u8]) -> Vec<u8> {
    [b"--B0\r\nContent-Disposition: form-data; ", head.as_bytes(), b"\r\n\r\n", content, b"\r\n"].concat()
}

fn body(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), b"--B0--\r\n".to_vec()].concat()
}

fn file(content: &[u8]) -> Vec<u8> {
    part("name=\"file\"; filename=\"accounts.csv\"\r\nContent-Type: text/csv", content)
}

fn flag(value: &str) -> Vec<u8> {
    part("name=\"disableOptimization\"", value.as_bytes())
}

fn csv(tenant: &Tenant) -> String {
    let columns = tenant.world().list("csv-columns").unwrap().join(",");
    let commas = columns.matches(',').count();
    format!("{columns}\r\n17{}\r\n", ",\"x, y\"".repeat(commas))
}

#[test]
fn what_the_official_clients_send_is_accepted() {
    let tenant = tenant();
    let csv = csv(&tenant);
    let octets = part("name=\"file\"; filename=\"a.csv\"\r\nContent-Type: application/octet-stream", csv.as_bytes());
    for parts in [
        vec![flag("false"), file(csv.as_bytes())],
        vec![file(csv.as_bytes()), flag("true")],
        vec![file(csv.as_bytes())],
        vec![octets],
    ] {
        assert_eq!(send(&tenant, "delimited-source", &[MULTIPART], &body(&parts)).status, 202);
    }
    assert_eq!(send(&tenant, "direct-source", &[], b"").status, 202);
    assert_eq!(send(&tenant, "direct-source", &[URLENCODED], b"").status, 202);
    assert_eq!(send(&tenant, "direct-source", &[URLENCODED], b"disableOptimization=true").status, 202);
    assert_eq!(send(&tenant, "direct-source", &[MULTIPART], &body(&[flag("true")])).status, 202);
}

#[test]
fn an_accepted_upload_becomes_a_task_of_its_own() {
    let tenant = tenant();
    let upload = body(&[file(csv(&tenant).as_bytes()), flag("true")]);
    let first = send(&tenant, "delimited-source", &[MULTIPART], &upload).json();
    let second = send(&tenant, "delimited-source", &[MULTIPART], &upload).json();
    assert_eq!(first["success"], json!(true));
    assert_ne!(first["task"]["id"], second["task"]["id"]);
    assert_eq!(first["task"]["attributes"]["optimizedAggregation"], "disabled");
    assert_eq!(first["task"]["attributes"]["appId"], tenant.world().id("delimited-source").unwrap());
    let returns = first["task"]["returns"].as_array().unwrap();
    assert_eq!(returns.len(), 28);
    assert!(returns.iter().all(|item| item["displayLabel"].is_string() && item["attributeName"].is_string()));
}

#[test]
fn a_task_succeeds_after_a_moment() {
    let tenant = tenant();
    let id = send(&tenant, "direct-source", &[], b"").json()["task"]["id"].as_str().unwrap().to_owned();
    let poll = || full(&tenant, &format!("GET /beta/task-status/{id}"), &[], b"").json();
    assert_eq!(poll()["id"], id.as_str());
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let task = poll();
    assert_eq!(task["completionStatus"], "SUCCESS");
    assert!(task["created"].as_str() <= task["launched"].as_str());
    assert!(task["launched"].as_str() < task["completed"].as_str());
    full(&tenant, "GET /beta/task-status/unknown", &[], b"").envelope(404);
}

#[test]
fn every_version_of_the_page_takes_uploads_and_v3_does_not() {
    let tenant = tenant();
    let id = tenant.world().id("direct-source").unwrap().to_owned();
    for path in [
        "/beta/sources/ID",
        "/v2024/sources/ID",
        "/v2025/sources/ID",
        "/v2026/sources/ID",
        "/sources/v1/ID",
        "/sources/ID",
    ] {
        let line = format!("POST {}/load-accounts", path.replace("ID", &id));
        assert_eq!(full(&tenant, &line, &[], b"").status, 202, "{path}");
    }
    full(&tenant, &format!("POST /v3/sources/{id}/load-accounts"), &[], b"").envelope(404);
}

#[test]
fn a_delimited_source_needs_a_file_and_a_direct_one_takes_none() {
    let tenant = tenant();
    let source = "delimited-source";
    send(&tenant, source, &[], b"").envelope(400);
    send(&tenant, source, &[URLENCODED], b"disableOptimization=true").envelope(400);
    send(&tenant, source, &[MULTIPART], &body(&[flag("true")])).envelope(400);
    send(&tenant, source, &[MULTIPART], &body(&[file(b"")])).envelope(400);
    send(&tenant, "direct-source", &[MULTIPART], &body(&[file(csv(&tenant).as_bytes())])).envelope(400);
}

#[test]
fn an_unknown_source_is_refused() {
    let tenant = tenant();
    for id in ["1", "%zz", "%00", "..", "a%2Fb", "%ff"] {
        full(&tenant, &format!("POST /beta/sources/{id}/load-accounts"), &[], b"").envelope(400);
    }
}

#[test]
fn the_flag_is_true_or_false_and_nothing_else() {
    let tenant = tenant();
    for value in ["", "TRUE", "True", " true", "true ", "1", "yes", "null", "true\r\n", "\u{ff54}rue"] {
        send(&tenant, "direct-source", &[MULTIPART], &body(&[flag(value)])).envelope(400);
    }
    for form in ["disableOptimization", "disableOptimization=", "disableOptimization=1", "disableOptimization=%74rue%"]
    {
        send(&tenant, "direct-source", &[URLENCODED], form.as_bytes()).envelope(400);
    }
    assert_eq!(send(&tenant, "direct-source", &[URLENCODED], b"disableOptimization=%74rue").status, 202);
}

#[test]
fn fields_that_are_twice_or_unknown_are_refused() {
    let tenant = tenant();
    let csv = csv(&tenant);
    let file = file(csv.as_bytes());
    for parts in [
        vec![file.clone(), file.clone()],
        vec![file.clone(), flag("true"), flag("true")],
        vec![file.clone(), part("name=\"x\"", b"1")],
        vec![part("name=\"File\"; filename=\"a.csv\"", csv.as_bytes())],
        vec![part("filename=\"a.csv\"", csv.as_bytes())],
        vec![file.clone(), b"--B0\r\nContent-Type: text/csv\r\n\r\nx\r\n".to_vec()],
        vec![part("name=\"file\"\r\nContent-Type: multipart/mixed; boundary=I", csv.as_bytes())],
        vec![part("name=\"file\"\r\nContent-Type: text/csv; charset=utf-16", csv.as_bytes())],
    ] {
        send(&tenant, "delimited-source", &[MULTIPART], &body(&parts)).envelope(400);
    }
    for form in ["disableOptimization=true&disableOptimization=true", "x=1", "file=a"] {
        send(&tenant, "direct-source", &[URLENCODED], form.as_bytes()).envelope(400);
    }
}

#[test]
fn what_is_no_readable_multipart_is_refused() {
    let tenant = tenant();
    let whole = body(&[file(csv(&tenant).as_bytes())]);
    for header in [
        "Content-Type: multipart/form-data",
        "Content-Type: multipart/form-data; boundary=",
        "Content-Type: multipart/form-data; boundary=other",
        "Content-Type: multipart/form-data; boundary=B(0",
        "Content-Type: multipart/mixed; boundary=B0",
        "Content-Type: text/csv",
        "Content-Type: application/json",
        "Content-Type:",
        "Content-Type: \u{e9}",
    ] {
        send(&tenant, "delimited-source", &[header], &whole).envelope(400);
    }
    send(&tenant, "delimited-source", &[MULTIPART, MULTIPART], &whole).envelope(400);
    send(&tenant, "delimited-source", &[], &whole).envelope(400);
    for bytes in [&b""[..], b"--B0--\r\n", b"x", &whole[..whole.len() - 8], &whole[..40], b"\0\xff"] {
        send(&tenant, "delimited-source", &[MULTIPART], bytes).envelope(400);
    }
    let long = format!("Content-Type: multipart/form-data; boundary={}", "b".repeat(71));
    send(&tenant, "delimited-source", &[&long], &whole).envelope(400);
}

#[test]
fn text_around_the_parts_is_no_fault() {
    let tenant = tenant();
    let whole = [b"preamble\r\n".to_vec(), body(&[file(csv(&tenant).as_bytes())]), b"epilogue".to_vec()].concat();
    assert_eq!(send(&tenant, "delimited-source", &[MULTIPART], &whole).status, 202);
}

#[test]
fn an_irregular_file_is_refused() {
    let tenant = tenant();
    let good = csv(&tenant);
    for bad in [
        good.replace("\"x, y\"\r\n", "\"x, y\r\n"),
        good.replace("17,", "17,,"),
        good.replace("17,", "17,a\"b\","),
        good.replace("17", "1\0"),
        good.replace("17", "\"1\"7"),
        good.lines().next().unwrap().to_owned(),
    ] {
        let envelope = send(&tenant, "delimited-source", &[MULTIPART], &body(&[file(bad.as_bytes())])).envelope(400);
        assert_eq!(envelope["detailCode"], "400.1 Bad Request Content", "{bad}");
    }
    for bytes in [&b"\xff\xfei\0d\0"[..], b"id\xff"] {
        send(&tenant, "delimited-source", &[MULTIPART], &body(&[file(bytes)])).envelope(400);
    }
}

#[test]
fn a_wrong_header_is_refused_as_tenants_were_recorded_to_do() {
    let tenant = tenant();
    for header in ["wrong,header", "", " ", "id,id,id,id,id,id,id,id"] {
        let file = file(format!("{header}\r\n1,2\r\n").as_bytes());
        let envelope = send(&tenant, "delimited-source", &[MULTIPART], &body(&[file])).envelope(400);
        assert_eq!(envelope["detailCode"], "400.1.3 Illegal value");
        let locales: Vec<_> =
            envelope["messages"].as_array().unwrap().iter().map(|message| &message["locale"]).collect();
        assert_eq!(locales, ["en-US", "und"]);
        assert_eq!(envelope["causes"], json!([]));
    }
}

#[test]
fn columns_may_stand_in_any_order_behind_a_byte_order_mark() {
    let tenant = tenant();
    let mut columns = tenant.world().list("csv-columns").unwrap().to_vec();
    columns.reverse();
    let text = format!("\u{feff}{}\n{}", columns.join(","), ",".repeat(columns.len() - 1));
    assert_eq!(send(&tenant, "delimited-source", &[MULTIPART], &body(&[file(text.as_bytes())])).status, 202);
}

#[test]
fn a_large_file_is_taken_and_a_larger_one_is_refused_with_an_answer() {
    let tenant = tenant();
    let csv = csv(&tenant);
    let row = csv.lines().nth(1).unwrap();
    let mut large = csv.clone().into_bytes();
    while large.len() < 20 << 20 {
        large.extend_from_slice(format!("{row}\r\n").as_bytes());
    }
    assert_eq!(send(&tenant, "delimited-source", &[MULTIPART], &body(&[file(&large)])).status, 202);
    large.resize(65 << 20, b'x');
    send(&tenant, "delimited-source", &[MULTIPART], &body(&[file(&large)])).envelope(413);
}

#[test]
fn a_client_that_waits_for_leave_to_send_gets_it() {
    let tenant = tenant();
    let upload = body(&[file(csv(&tenant).as_bytes())]);
    let id = tenant.world().id("delimited-source").unwrap().to_owned();
    let head = format!(
        "POST /beta/sources/{id}/load-accounts HTTP/1.1\r\nHost: t\r\nConnection: close\r\n{MULTIPART}\r\n\
         Authorization: Bearer {}\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        tenant.token("full"),
        upload.len()
    );
    let mut stream = crate::client::connect(&tenant);
    stream.write_all(head.as_bytes()).unwrap();
    let mut leave = [0; 25];
    stream.read_exact(&mut leave).unwrap();
    assert_eq!(&leave, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(&upload).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    assert_eq!(crate::client::reply(&bytes).status, 202);
}

#[test]
fn a_chunked_upload_is_read() {
    let tenant = tenant();
    let upload = body(&[file(csv(&tenant).as_bytes())]);
    let (first, second) = upload.split_at(50);
    let id = tenant.world().id("delimited-source").unwrap().to_owned();
    let mut message = format!(
        "POST /beta/sources/{id}/load-accounts HTTP/1.1\r\nHost: t\r\nConnection: close\r\n{MULTIPART}\r\n\
         Authorization: Bearer {}\r\nTransfer-Encoding: chunked\r\n\r\n",
        tenant.token("full")
    )
    .into_bytes();
    for piece in [first, second, b""] {
        message.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        message.extend_from_slice(&[piece, b"\r\n"].concat());
    }
    assert_eq!(crate::client::exchange(&tenant, &message).status, 202);
}
