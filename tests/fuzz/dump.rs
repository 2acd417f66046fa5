use serde_json::Value;
pub fn dump(events: &[Value]) {
    for f in events.iter().filter(|e| e["event"] == "finding" && e["failing"] == true) {
        let ex = events.iter().find(|e| e["event"] == "exchange" && e["number"] == f["exchange"]).unwrap();
        println!("=== {} {} {}\n{}", f["fingerprint"], f["left"], f["shrunk"], serde_json::to_string(&ex["probe"]).unwrap());
    }
}
