//! Which credential may go to which target.

use crate::exchange::{Secrets, Target};
use thiserror::Error;

/// A credential and the target that its own source names.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The caller: `full` or `limited`.
    pub caller: String,
    /// Where it came from, for people.
    pub source: String,
    /// The target that its source names; `None` where the source names none, so that it is the run's.
    pub target: Option<Target>,
}

/// The credentials of a run.
pub type Credentials = Vec<(Owner, String)>;

/// Why a credential may not be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum GateError {
    /// It belongs to another target.
    #[error(
        "the credential `{caller}` from {origin} belongs to {owner}, not to {target}: no token goes elsewhere. \
         Give this target a credential of its own"
    )]
    Elsewhere {
        /// The caller.
        caller: String,
        /// Where the credential came from.
        origin: String,
        /// Whose it is.
        owner: String,
        /// The run's target.
        target: String,
    },
    /// It would go over an unencrypted connection.
    #[error("the credential `{caller}` would go to {target} unencrypted: use https://, or a loopback address")]
    Unencrypted {
        /// The caller.
        caller: String,
        /// The run's target.
        target: String,
    },
    /// It holds bytes that no header can carry.
    #[error("the credential `{caller}` from {origin} holds a blank or a control character: give the token alone")]
    NotAToken {
        /// The caller.
        caller: String,
        /// Where the credential came from.
        origin: String,
    },
}

/// Lets credentials through to a target, or says why one may not go there.
pub fn admit(credentials: Credentials, target: &Target) -> Result<Secrets, GateError> {
    let mut secrets = Secrets::default();
    for (owner, token) in credentials {
        check(&owner, &token, target)?;
        secrets.insert(owner.caller, token);
    }
    Ok(secrets)
}

fn check(owner: &Owner, token: &str, target: &Target) -> Result<(), GateError> {
    let caller = owner.caller.clone();
    if let Some(other) = owner.target.as_ref().filter(|other| !other.same_origin(target)) {
        let (owner, origin) = (other.to_string(), owner.source.clone());
        return Err(GateError::Elsewhere { caller, origin, owner, target: target.to_string() });
    }
    if !target.is_tls() && !target.is_loopback() {
        return Err(GateError::Unencrypted { caller, target: target.to_string() });
    }
    if token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(GateError::NotAToken { caller, origin: owner.source.clone() })
}

#[cfg(test)]
mod tests {
    use super::{GateError, Owner, admit};
    use crate::exchange::Target;

    fn admitted(owner: Option<&str>, token: &str, target: &str) -> Result<bool, GateError> {
        let target_of = |text: &str| Target::parse(text).unwrap();
        let owner = Owner { caller: "full".into(), source: "a file".into(), target: owner.map(target_of) };
        admit(vec![(owner, token.into())], &target_of(target)).map(|secrets| secrets.has("full"))
    }

    #[test]
    fn a_token_goes_to_its_own_target_only() {
        assert_eq!(admitted(Some("https://a.example"), "t", "https://a.example/base"), Ok(true));
        assert_eq!(admitted(None, "t", "https://b.example"), Ok(true));
        let elsewhere = admitted(Some("https://a.example"), "hunter2", "https://b.example").unwrap_err();
        assert!(matches!(elsewhere, GateError::Elsewhere { .. }) && !elsewhere.to_string().contains("hunter2"));
        assert!(admitted(Some("https://a.example"), "t", "https://a.example:444").is_err());
    }

    #[test]
    fn a_token_goes_over_plain_http_to_loopback_only() {
        assert_eq!(admitted(None, "t", "http://127.0.0.1:1"), Ok(true));
        assert!(matches!(admitted(None, "t", "http://a.example"), Err(GateError::Unencrypted { .. })));
    }

    #[test]
    fn a_token_with_a_line_end_is_refused() {
        assert!(matches!(admitted(None, "a\nb", "https://a.example"), Err(GateError::NotAToken { .. })));
    }
}
