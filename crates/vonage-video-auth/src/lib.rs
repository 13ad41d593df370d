//! The auth layer.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::indexing_slicing, reason = "tests may"))]

mod client_token;
mod credentials;
mod environment;
mod error;
mod inspect;
mod jwt;
mod key;
mod policy;
mod random;
mod rest;
mod role;
mod session;
mod signer;
mod time;
mod verify;
mod webhook;
mod write;

pub use client_token::{
    ClaimValue, ClientToken, DEFAULT_LIFE, JsonText, LONGEST_DATA, LONGEST_LAYOUT, LONGEST_LIFE,
    Seed, TokenError, TokenFormat,
};
pub use credentials::{Credentials, CredentialsError, VariableReport, VariableState, names};
pub use environment::Environment;
pub use error::Error;
pub use inspect::{
    Inspection, Inspector, PersonalData, Remark, Severity, SignatureState, inspect, personal_data,
};
pub use key::{KeyError, PrivateKey, PublicKey};
pub use policy::{OverLimit, PolicyError, TokenPolicy};
pub use rest::{DEFAULT_LEEWAY, RestToken, RestTokens};
pub use role::Role;
pub use session::{SessionIdError, SessionInfo};
pub use signer::{AsyncSigner, SignFuture, Signer, SignerError};
pub use verify::{
    ClientTokenClaims, Peeked, RestTokenClaims, TokenKind, Verifier, VerifyError, peek,
};
pub use webhook::{IpAllowList, WebhookClaims, WebhookError, WebhookSigner, WebhookVerifier};
