//! Makes cargo embed the contract and the cases anew when one of their files changes.

fn main() {
    for folder in ["schemas", "cases"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
