//! The files that `mock --write-config` writes: a configuration and its tokens. Overwrites nothing that somebody else
//! wrote or changed.

use crate::contract::CALLERS;
use crate::mock::{Tenant, is_own_token};
use anyhow::{Context as _, bail, ensure};
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// How a configuration begins that `mock` wrote; a digest of the rest follows, so that a change is seen.
const MARK: &str = "# `tenantcheck mock` wrote this file, and overwrites it unless you change it: ";
/// How many bytes of the digest stand there.
const DIGEST: usize = 8;
/// The largest file that may be one of ours, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// A configuration and the files of its tokens, which are named after it.
pub(super) struct ConfigFile<'a>(&'a Path);

impl<'a> ConfigFile<'a> {
    /// Says no before anything is written, where a file cannot be written or is somebody else's.
    pub(super) fn new(path: &'a Path) -> anyhow::Result<Self> {
        let file = Self(path);
        ensure!(!path.is_dir(), "cannot write {}: it is a folder; name a file in it", path.display());
        let folder = file.folder();
        ensure!(folder.is_dir(), "cannot write {}: choose a folder that exists", path.display());
        own(path, is_own_config)?;
        CALLERS.iter().try_for_each(|caller| own(&path.with_file_name(file.token(caller)), is_own_token))?;
        Ok(file)
    }

    /// Writes everything that another process needs to check this tenant.
    pub(super) fn write(&self, tenant: &Tenant) -> anyhow::Result<()> {
        let write =
            |path: &Path, text: &str| private(path, text).with_context(|| format!("cannot write {}", path.display()));
        for caller in CALLERS {
            write(&self.0.with_file_name(self.token(caller)), &tenant.token(caller))?;
        }
        write(self.0, &marked(&tenant.config_with(|caller| self.token(caller))))
    }

    fn folder(&self) -> &Path {
        self.0.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    fn token(&self, caller: &str) -> PathBuf {
        let stem = self.0.file_stem().unwrap_or_default().to_string_lossy();
        format!("{stem}.{caller}.token").into()
    }
}

/// Says no to a file that is there and is not ours.
fn own(path: &Path, is_own: fn(&str) -> bool) -> anyhow::Result<()> {
    let text = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => bail!("cannot write {}: {error}", path.display()),
        Ok(known) if known.is_file() && known.len() <= LARGEST => fs::read_to_string(path).ok(),
        Ok(_) => None,
    };
    ensure!(
        text.is_some_and(|text| text.is_empty() || is_own(&text)),
        "{} is there, and `mock` did not write it or somebody has changed it: nothing was written; name another file \
         with --write-config, or move that one away",
        path.display()
    );
    Ok(())
}

fn marked(text: &str) -> String {
    format!("{MARK}{}\n{text}", digest(text))
}

fn is_own_config(text: &str) -> bool {
    let rest = text.strip_prefix(MARK).and_then(|rest| rest.split_once('\n'));
    rest.is_some_and(|(told, rest)| told == digest(rest))
}

fn digest(text: &str) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
    let head = digest.as_ref().iter().take(DIGEST);
    format!("{:016x}", head.fold(0_u64, |number, byte| (number << 8) | u64::from(*byte)))
}

/// Writes a file that only its owner reads, as it holds or names tokens.
fn private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{is_own_config, marked};

    #[test]
    fn a_configuration_is_ours_until_somebody_changes_it() {
        let ours = marked("[target]\nurl = \"http://127.0.0.1:1\"\n");
        assert!(is_own_config(&ours) && is_own_config(&marked("")));
        assert!(!is_own_config(&ours.replace("127.0.0.1:1", "tenant.example")));
        assert!(!is_own_config(&format!("{ours}\n")) && !is_own_config("[target]\n") && !is_own_config(""));
    }
}
