//! Whatever a file holds, reading it ends with a value or with problems.

use crate::scene::{RULES, Scene, data, good};
use std::fs;
use std::path::PathBuf;
use tenantcheck::load::{self, Source};

/// A generator of numbers that gives the same ones every time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

const SCRAPS: [&[u8]; 16] = [
    b"{{",
    b"}}",
    b"\"\"\"",
    b"'",
    b"[[row]]\n",
    b"\xff",
    "名".as_bytes(),
    b"\\u",
    b"{{row ",
    b"{{world ",
    b"\r",
    b" = ",
    b"[",
    b"{",
    b"\0",
    b"\xef\xbb\xbf",
];

fn mutated(good: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let until = (at + numbers.below(12)).min(bytes.len());
        match numbers.below(4) {
            0 => drop(bytes.drain(at..until)),
            1 => bytes.splice(at..at, SCRAPS[numbers.below(SCRAPS.len())].iter().copied()).for_each(drop),
            2 => bytes.splice(at..at, good[..until.min(good.len())].to_vec()).for_each(drop),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = u8::try_from(numbers.below(256)).unwrap()),
        }
    }
    bytes
}

fn file(path: &str) -> Vec<u8> {
    fs::read(data().join(path)).unwrap()
}

#[test]
fn no_case_file_makes_the_reader_panic() {
    let (scene, contract, mut numbers) = (Scene::empty(), good(), Numbers(7));
    let source = Source::Folder(scene.path(""));
    let mut outcomes = [0, 0];
    for name in ["get-widget/color/unlisted.toml", "fill-box/parts10.toml"] {
        let good = file(&format!("good/cases/{name}"));
        for _ in 0..1_000 {
            scene.write("cases/get-widget/a.toml", mutated(&good, &mut numbers));
            let read = load::cases(&source, &contract, &RULES);
            outcomes[usize::from(read.is_ok())] += 1;
            assert!(!read.err().is_some_and(|error| error.to_string().is_empty()));
        }
    }
    assert!(outcomes[0] > 700, "{outcomes:?}");
}

#[test]
fn no_settings_make_the_reader_panic() {
    let (scene, contract, mut numbers) = (Scene::empty(), good(), Numbers(8));
    let good = file("good.toml");
    for _ in 0..1_000 {
        scene.write("t.toml", mutated(&good, &mut numbers));
        drop(load::settings(&scene.path("t.toml"), &contract).map_err(|error| error.to_string()));
    }
}

#[test]
fn no_contract_makes_the_reader_panic() {
    let (scene, mut numbers) = (Scene::schemas(), Numbers(9));
    let source = Source::Folder(scene.path(""));
    let files = ["openapi.json", "task.json", "errata.toml"];
    let good: Vec<(PathBuf, Vec<u8>)> = files
        .iter()
        .map(|name| (scene.path(&format!("schemas/{name}")), file(&format!("good/schemas/{name}"))))
        .collect();
    for _ in 0..300 {
        for (path, bytes) in &good {
            fs::write(path, mutated(bytes, &mut numbers)).unwrap();
            drop(load::contract(&source).map_err(|error| error.to_string()));
            fs::write(path, bytes).unwrap();
        }
    }
}
