//! Large bodies: in the event log only their beginning, whole and once in the run folder, by hash.

use super::cut::beginning;
use super::keep::make;
use crate::exchange::Octets;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Bodies of more bytes than this do not stand whole in a line of the event log.
pub const LIMIT: usize = 64 * 1024;
/// How many bytes of them do.
pub const HEAD: usize = 4 * 1024;

/// A large body as the event log has it. A body that stands whole is a string or `{"base64": …}` instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// The length of the whole body in bytes.
    pub length: u64,
    /// The SHA-256 of the whole body in hex.
    pub sha256: String,
    /// The first bytes.
    pub head: Octets,
    /// Where the whole body lies, seen from the folder of the log; absent where it was not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

impl Cut {
    /// Describes a body.
    pub fn of(body: &[u8]) -> Self {
        let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
        Self { length, sha256: sha256(body), head: beginning(body, HEAD), file: None }
    }

    /// Reads the whole body, if it was kept and is still the same one. The hash is asked, so that a log from elsewhere
    /// opens no other file.
    pub fn whole(&self, log_folder: &Path) -> Option<Octets> {
        let path = log_folder.join(self.file.as_ref()?);
        let metadata = fs::metadata(&path).ok()?;
        if !metadata.is_file() || metadata.len() != self.length {
            return None;
        }
        let bytes = fs::read(&path).ok()?;
        (sha256(&bytes) == self.sha256).then_some(Octets(bytes))
    }
}

/// The folder of whole bodies below a run folder.
pub struct Bodies {
    folder: PathBuf,
    named: String,
}

impl Bodies {
    /// The bodies of a run, named as seen from the folder of its log.
    pub fn new(run_folder: &Path, log: &Path) -> Self {
        let folder = run_folder.join("bodies");
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (from, to) = (absolute(log), absolute(&folder));
        let near = from.parent().and_then(|from| to.strip_prefix(from).ok()).unwrap_or(&to);
        let named = near.to_string_lossy().replace('\\', "/");
        Self { folder, named }
    }

    /// Keeps a body under its hash, once, and answers how the log names it.
    pub fn keep(&self, body: &[u8], sha256: &str) -> io::Result<String> {
        let path = self.folder.join(sha256);
        let length = u64::try_from(body.len()).unwrap_or(u64::MAX);
        if fs::metadata(&path).map(|known| known.len()).ok() != Some(length) {
            self.folder.parent().map_or(Ok(()), make)?;
            fs::create_dir_all(&self.folder)?;
            let unfinished = self.folder.join(format!("{sha256}.part"));
            fs::write(&unfinished, body)?;
            fs::rename(&unfinished, &path)?;
        }
        Ok(format!("{}/{sha256}", self.named))
    }
}

fn sha256(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.as_ref().iter().fold(String::with_capacity(64), |hex, byte| format!("{hex}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::{Bodies, Cut};

    #[test]
    fn a_kept_body_is_named_from_the_log_and_read_back() {
        let run = tempfile::tempdir().unwrap();
        let body = vec![b'x'; 70_000];
        let mut cut = Cut::of(&body);
        let bodies = Bodies::new(run.path(), &run.path().join("events.ndjson"));
        cut.file = Some(bodies.keep(&body, &cut.sha256).unwrap());
        assert_eq!(cut.file.as_deref(), Some(format!("bodies/{}", cut.sha256).as_str()));
        assert_eq!(cut.whole(run.path()).unwrap().0, body);
    }

    #[test]
    fn a_log_opens_no_file_but_the_body_it_means() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), b"12345").unwrap();
        let cut = Cut { file: Some("secret".into()), ..Cut::of(b"abcde") };
        assert_eq!(cut.whole(folder.path()), None);
    }
}
