//! Which credential may go to which target.

use super::expiry::{expired, left, span};
use crate::contract::EXPIRED;
use crate::exchange::{Client, Secrets, Target};
use thiserror::Error;

/// A credential and the target that its own source names.
#[derive(Debug, Clone)]
pub struct Owner {
    /// The caller, such as `full`.
    pub caller: String,
    /// Where it came from, for people.
    pub source: String,
    /// The target that its source names; `None` where the source names none, so that it is the run's.
    pub target: Option<Target>,
}

/// What a credential is. Has no `Debug`.
#[derive(Clone)]
pub enum Pass {
    /// A ready token.
    Token(String),
    /// A client that fetches tokens.
    Client {
        /// Its id.
        id: String,
        /// Its secret.
        secret: String,
    },
}

/// The credentials of a run.
pub type Credentials = Vec<(Owner, Pass)>;

/// What was let through.
#[derive(Debug, Clone, Default)]
pub struct Admitted {
    /// The tokens, and the secrets of clients.
    pub secrets: Secrets,
    /// The clients.
    pub clients: Vec<Client>,
}

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
    /// Its id or secret holds bytes that belong to neither.
    #[error(
        "the client of `{caller}` from {origin} has a control character in its id or secret: \
         give each alone, in one line"
    )]
    NotAClient {
        /// The caller.
        caller: String,
        /// Where the credential came from.
        origin: String,
    },
    /// Its time is over.
    #[error(
        "the token of `{caller}` from {origin} expired {ago} ago: get a new one, or name a client by `client-id`, \
         whose tokens are fetched"
    )]
    Expired {
        /// The caller.
        caller: String,
        /// Where the credential came from.
        origin: String,
        /// How long ago, for people.
        ago: String,
    },
    /// It should be over, and is not.
    #[error(
        "the token of `{EXPIRED}` from {origin} is still good for {left}: name one whose time is over, or take it out"
    )]
    Good {
        /// Where the credential came from.
        origin: String,
        /// How long, for people.
        left: String,
    },
}

/// Lets credentials through to a target, or says why one may not go there. `now` is in seconds since 1970.
pub fn admit(credentials: Credentials, target: &Target, now: u64) -> Result<Admitted, GateError> {
    let mut admitted = Admitted::default();
    for (owner, pass) in credentials {
        may_go(&owner, target)?;
        match pass {
            Pass::Token(token) => {
                check_token(&owner, &token, now)?;
                admitted.secrets.insert(owner.caller, token);
            }
            Pass::Client { id, secret } => {
                if [&id, &secret].iter().any(|text| text.chars().any(char::is_control)) {
                    return Err(GateError::NotAClient { caller: owner.caller, origin: owner.source });
                }
                admitted.secrets.insert(Client::secret(&owner.caller), secret);
                admitted.secrets.promise(owner.caller.clone());
                admitted.clients.push(Client { caller: owner.caller, id, source: owner.source });
            }
        }
    }
    Ok(admitted)
}

fn may_go(owner: &Owner, target: &Target) -> Result<(), GateError> {
    let caller = owner.caller.clone();
    if let Some(other) = owner.target.as_ref().filter(|other| !other.same_origin(target)) {
        let (owner, origin) = (other.to_string(), owner.source.clone());
        return Err(GateError::Elsewhere { caller, origin, owner, target: target.to_string() });
    }
    if !target.is_tls() && !target.is_loopback() {
        return Err(GateError::Unencrypted { caller, target: target.to_string() });
    }
    Ok(())
}

fn check_token(owner: &Owner, token: &str, now: u64) -> Result<(), GateError> {
    let (caller, origin) = (owner.caller.clone(), owner.source.clone());
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(GateError::NotAToken { caller, origin });
    }
    let over = owner.caller == EXPIRED;
    if let Some(seconds) = expired(token, now).filter(|_| !over) {
        return Err(GateError::Expired { caller, origin, ago: span(seconds) });
    }
    left(token, now).filter(|_| over).map_or(Ok(()), |left| Err(GateError::Good { origin, left: span(left) }))
}

#[cfg(test)]
mod tests {
    use super::{GateError, Owner, Pass, admit};
    use crate::exchange::{Client, Target};
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    fn passed(owner: Option<&str>, pass: Pass, target: &str) -> Result<bool, GateError> {
        let target_of = |text: &str| Target::parse(text).unwrap();
        let owner = Owner { caller: "full".into(), source: "a file".into(), target: owner.map(target_of) };
        admit(vec![(owner, pass)], &target_of(target), 0).map(|admitted| admitted.secrets.has("full"))
    }

    fn admitted(owner: Option<&str>, token: &str, target: &str) -> Result<bool, GateError> {
        passed(owner, Pass::Token(token.into()), target)
    }

    fn client(secret: &str) -> Pass {
        Pass::Client { id: "id".into(), secret: secret.into() }
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

    #[test]
    fn a_token_that_should_be_over_is_over() {
        let target = Target::parse("https://a.example").unwrap();
        let jwt = |exp: u64| format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(format!(r#"{{"exp":{exp}}}"#)));
        let admitted = |caller: &str, token: String| {
            let owner = Owner { caller: caller.into(), source: "a file".into(), target: None };
            admit(vec![(owner, Pass::Token(token))], &target, 1_000).map(|admitted| admitted.secrets.has(caller))
        };
        assert_eq!(admitted("expired", jwt(900)), Ok(true));
        assert_eq!(admitted("expired", "opaque".into()), Ok(true));
        let told = admitted("expired", jwt(1_090)).unwrap_err().to_string();
        assert!(told.contains("is still good for 90 seconds"), "{told}");
        assert!(matches!(admitted("full", jwt(900)), Err(GateError::Expired { .. })));
        assert_eq!(admitted("full", jwt(1_090)), Ok(true));
    }

    #[test]
    fn a_client_goes_where_a_token_may_go() {
        assert_eq!(passed(None, client("s p"), "https://a.example"), Ok(true));
        let elsewhere = passed(Some("https://a.example"), client("hunter2"), "https://b.example").unwrap_err();
        assert!(matches!(elsewhere, GateError::Elsewhere { .. }) && !elsewhere.to_string().contains("hunter2"));
        assert!(matches!(passed(None, client("s"), "http://a.example"), Err(GateError::Unencrypted { .. })));
        assert!(matches!(passed(None, client("a\nb"), "https://a.example"), Err(GateError::NotAClient { .. })));
    }

    #[test]
    fn the_secret_of_a_client_has_a_name_of_its_own() {
        let target = Target::parse("https://a.example").unwrap();
        let owner = Owner { caller: "full".into(), source: "a file".into(), target: None };
        let admitted = admit(vec![(owner, client("hunter2"))], &target, 0).unwrap();
        assert_eq!(admitted.secrets.mask_text("hunter2"), "{{secret full client-secret}}");
        assert_eq!(admitted.secrets.value(&Client::secret("full")), Some(&b"hunter2"[..]));
    }
}
