//! Writes the corpus that fuzzing starts from, out of the project's own cases, samples and defects: `seeds [FOLDER]`.

use std::path::{Path, PathBuf};
use std::{env, fs, io};
use tenantcheck_fuzz::stage::STAGE;
use tenantcheck_fuzz::{generated, service};

/// A reader's own byte and the files that it reads.
const READ: [(u8, &str, &str); 6] = [
    (0, "tests/load/settings", "toml"),
    (1, "cases", "toml"),
    (2, "schemas/openapi.json", "json"),
    (2, "tests/load/contract", "json"),
    (3, "schemas/errata.toml", "toml"),
    (3, "tests/load/errata", "toml"),
];
const TARGETS: [&str; 4] =
    ["https://acme.api.identitynow.com", "http://[::1]:80/base/", "http://127.0.0.1", "http://a/?q"];

fn main() -> io::Result<()> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let corpus =
        env::args_os().nth(1).map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), PathBuf::from);
    for (target, seeds) in [
        ("readers", readers(&project)?),
        ("answers", answers(&project)?),
        ("bodies", bodies()),
        ("generated", generated::seeds()),
        ("requests", requests()),
        ("logs", logs()),
        ("service", service::fuzzer().seeds()),
    ] {
        let folder = corpus.join(target);
        fs::create_dir_all(&folder)?;
        println!("{} seeds in {}", seeds.len(), folder.display());
        for (number, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{number:04}")), seed)?;
        }
    }
    Ok(())
}

fn readers(project: &Path) -> io::Result<Vec<Vec<u8>>> {
    let mut seeds = Vec::new();
    for (kind, place, extension) in READ {
        for path in files(&project.join(place), extension)? {
            seeds.push([vec![kind], fs::read(path)?].concat());
        }
    }
    seeds.extend(TARGETS.iter().map(|target| [&[4], target.as_bytes()].concat()));
    let log = fs::read_to_string(project.join("tests/faces/events.ndjson"))?;
    seeds.extend(log.lines().map(|line| [&[5], line.as_bytes()].concat()));
    Ok(seeds)
}

/// Every document of the embedded tenant, as the answer to the first case of each operation, under each status.
fn answers(project: &Path) -> io::Result<Vec<Vec<u8>>> {
    let mut seeds = Vec::new();
    let documents = files(&project.join("src/mock/documents"), "json")?;
    for operation in &STAGE.contract.operations {
        let case = STAGE.cases.iter().position(|case| case.operation == operation.id).unwrap_or_default() as u16;
        let listed = operation.parameters.iter().filter(|parameter| parameter.listed.is_some()).count();
        for answer in 0..operation.answers.len() as u8 {
            for path in &documents {
                let head = [&case.to_le_bytes()[..], &[answer, 0], &vec![0; listed]].concat();
                seeds.push([head, fs::read(path)?].concat());
            }
        }
    }
    Ok(seeds)
}

fn bodies() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (operation, known) in STAGE.contract.operations.iter().enumerate() {
        for answer in 0..known.answers.len() {
            for branch in 0..8_u8 {
                let rest = (0..200_u8).map(|at| at.wrapping_mul(37).wrapping_add(branch));
                seeds.push([operation as u8, answer as u8, branch, branch].into_iter().chain(rest).collect());
            }
        }
    }
    seeds
}

/// A request of each operation, version and caller, with and without a body.
fn requests() -> Vec<Vec<u8>> {
    let csv =
        b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nid,name\r\n1,a\r\n--b--\r\n";
    let heads = (0..2_u8).flat_map(|operation| (0..6_u8).map(move |version| (operation, version)));
    let heads = heads.flat_map(|(operation, version)| (0..3_u8).map(move |caller| [operation, version, 0, 2, caller]));
    heads.flat_map(|head| [head.to_vec(), [&head[..], &[1, 0, 0], csv].concat()]).collect()
}

fn logs() -> Vec<Vec<u8>> {
    let event = |kind: u8, text: u8| [vec![kind], vec![text; 60]].concat();
    (0..10)
        .flat_map(|kind| (0..12).map(move |text| (kind, text)))
        .map(|(kind, text)| [event(0, 3), event(kind, text)].concat())
        .collect()
}

/// The files below a folder, or the file itself, with an extension, in the order of their paths.
fn files(place: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    if place.is_file() {
        return Ok(vec![place.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(place)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
