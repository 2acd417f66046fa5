//! Finds each caller's credential: the environment's before the configuration's before that of the vendor's files.

use super::environment::{ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, Environment};
use crate::exchange::Target;
use crate::gate::{Credentials, Owner, Pass};
use crate::load::{Credential, Kept, LoadError, Settings, Vendor, vendor_json, vendor_yaml};
use std::path::Path;
use thiserror::Error;

/// The credentials of a run, and what the user should know of them.
#[derive(Default)]
pub(super) struct Found {
    pub(super) credentials: Credentials,
    pub(super) notes: Vec<String>,
}

/// Why a credential cannot be had.
#[derive(Debug, Error)]
pub enum CredentialError {
    /// A variable that the configuration names is not set.
    #[error(
        "the environment variable {variable}, which [credentials.{caller}] names, is not set: \
         set it, or take [credentials.{caller}] out"
    )]
    Variable {
        /// The caller.
        caller: String,
        /// The variable.
        variable: String,
    },
    /// The environment holds half a client.
    #[error("{set} is set, but {unset} is not, or is empty: a client has an id and a secret; set both or neither")]
    Half {
        /// The variable that is set.
        set: &'static str,
        /// The variable that is not.
        unset: &'static str,
    },
    /// A file that the configuration names cannot be read, or is empty.
    #[error("the {what} file {path} of [credentials.{caller}] {reason}")]
    File {
        /// What the file holds.
        what: &'static str,
        /// The caller.
        caller: String,
        /// The file.
        path: String,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// A file of the vendor's tools cannot be used.
    #[error(transparent)]
    Vendor(#[from] LoadError),
}

const FULL: &str = "full";
/// Where the vendor's SDKs look for a client first, in the working directory.
const SDK_FILE: &str = "config.json";
/// Where the vendor's command line keeps its clients, in the user's own folder.
const CLI_FILE: &str = ".sailpoint/config.yaml";

/// Finds the credentials for a target; `variable` is the target that the environment names.
pub(super) fn credentials(
    environment: &Environment,
    variable: Option<Target>,
    settings: &Settings,
    target: &Target,
) -> Result<Found, CredentialError> {
    let mut found = Found::default();
    let own = own(environment, settings)?;
    let full = own.is_some();
    if let Some((source, pass)) = own {
        let owner = Owner { caller: FULL.to_owned(), source: source.to_owned(), target: variable };
        found.credentials.push((owner, pass));
    }
    for (caller, credential) in settings.credentials.iter().filter(|(caller, _)| *caller != FULL || !full) {
        let pass = pass(caller, credential, environment)?;
        let source = format!("[credentials.{caller}] of the configuration");
        found.credentials.push((Owner { caller: caller.clone(), source, target: settings.target.clone() }, pass));
    }
    if !full && !settings.credentials.contains_key(FULL) {
        vendor(environment, target, &mut found)?;
    }
    Ok(found)
}

/// What the environment itself holds for the full caller. A variable that the configuration names is the
/// configuration's.
fn own(environment: &Environment, settings: &Settings) -> Result<Option<(&'static str, Pass)>, CredentialError> {
    let full = settings.credentials.get(FULL);
    let names = |variable: &str| {
        full.is_some_and(|credential| {
            let (Credential::Token(kept) | Credential::Client { secret: kept, .. }) = credential;
            matches!(kept, Kept::Env(name) if name == variable)
        })
    };
    match environment.own(ACCESS_TOKEN) {
        Some(_) if names(ACCESS_TOKEN) => return Ok(None),
        Some(token) => return Ok(Some((ACCESS_TOKEN, Pass::Token(token.to_owned())))),
        None => {}
    }
    let client = (environment.own(CLIENT_ID), environment.own(CLIENT_SECRET));
    match client {
        _ if names(CLIENT_SECRET) => Ok(None),
        (None, None) => Ok(None),
        (Some(_), None) => Err(CredentialError::Half { set: CLIENT_ID, unset: CLIENT_SECRET }),
        (None, Some(_)) => Err(CredentialError::Half { set: CLIENT_SECRET, unset: CLIENT_ID }),
        (Some(id), Some(secret)) => {
            let pass = Pass::Client { id: id.to_owned(), secret: secret.to_owned() };
            Ok(Some(("SAIL_CLIENT_ID and SAIL_CLIENT_SECRET", pass)))
        }
    }
}

fn pass(caller: &str, credential: &Credential, environment: &Environment) -> Result<Pass, CredentialError> {
    match credential {
        Credential::Token(kept) => value(caller, kept, "token", environment).map(Pass::Token),
        Credential::Client { id, secret } => {
            let secret = value(caller, secret, "secret", environment)?;
            Ok(Pass::Client { id: id.clone(), secret })
        }
    }
}

fn value(caller: &str, kept: &Kept, what: &'static str, environment: &Environment) -> Result<String, CredentialError> {
    let path = match kept {
        Kept::Env(variable) => {
            let unset = || CredentialError::Variable { caller: caller.to_owned(), variable: variable.clone() };
            return environment.get(variable).map(ToOwned::to_owned).ok_or_else(unset);
        }
        Kept::File(path) => path,
    };
    let wrong = |reason: String| {
        let (caller, path) = (caller.to_owned(), path.display().to_string());
        CredentialError::File { what, caller, path, reason }
    };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(format!("cannot be read: {error}")))?;
    match text.trim() {
        "" => Err(wrong(format!("is empty: write the {what} into it, and nothing else"))),
        text => Ok(text.to_owned()),
    }
}

/// Looks for a client in the vendor's files. The user did not name them for this run, so the credential of another
/// tenant is left alone, which is told.
fn vendor(environment: &Environment, target: &Target, found: &mut Found) -> Result<(), CredentialError> {
    let home = environment.home().map(|home| home.join(CLI_FILE));
    if let Some(file) = vendor_json(Path::new(SDK_FILE))?
        && take(file, target, found)
    {
        return Ok(());
    }
    if let Some(file) = home.map(|path| vendor_yaml(&path)).transpose()?.flatten() {
        take(file, target, found);
    }
    Ok(())
}

fn take(file: Vendor, target: &Target, found: &mut Found) -> bool {
    let path = file.path;
    let Some(client) = file.client else {
        found.notes.push(format!("{path} was left alone: it holds no client id and secret."));
        return false;
    };
    if !client.base_url.same_origin(target) {
        let whose = &client.base_url;
        found.notes.push(format!("{path} was left alone: its client belongs to {whose}, not to {target}."));
        return false;
    }
    let source = format!("{} of {path}", client.names);
    let owner = Owner { caller: FULL.to_owned(), source, target: Some(client.base_url) };
    found.credentials.push((owner, Pass::Client { id: client.id, secret: client.secret }));
    true
}
