//! Credentials, tokens and signatures of the Vonage Video API (formerly OpenTok), and nothing else:
//! no HTTP, no async runtime, fourteen crates in all.
//!
//! ```
//! use std::time::Duration;
//! use vonage_video_auth::{Credentials, Role};
//! # let session_id = "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERUIDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg";
//!
//! # #[cfg(feature = "std")] {
//! let credentials = Credentials::opentok("123456", "1234567890abcdef1234567890abcdef1234567890")?;
//! let token = credentials
//!     .token(session_id)
//!     .role(Role::Moderator)
//!     .ttl(Duration::from_secs(2 * 60 * 60))
//!     .data("user=7")
//!     .sign()?;
//! # }
//! # Ok::<(), vonage_video_auth::Error>(())
//! ```
//!
//! | to | use |
//! |---|---|
//! | say who you are | [`Credentials`], [`PrivateKey`], [`Signer`], [`AsyncSigner`] |
//! | let a client join a session | [`Credentials::token`], [`TokenPolicy`] |
//! | sign REST calls | [`RestTokens`] |
//! | check the tokens of others | [`Verifier`], [`peek`] |
//! | check callbacks, or sign them | [`WebhookVerifier`], [`WebhookSigner`], [`IpAllowList`] |
//! | find out what is wrong with a token | [`inspect`], [`Inspector`] |
//! | read or make a session id | [`SessionInfo`] |
//!
//! **Time and randomness** come in through arguments: every function that needs the time takes
//! `now`, and [`Seed`] fixes the rest. Only what the feature `std` (on by default) adds reads the
//! system's clock, the environment or a file: `ClientTokenBuilder::sign`, `Credentials::from_env`,
//! `PrivateKey::from_file` and `PublicKey::from_file`. Nonces and token ids come from the
//! operating system, on `wasm32-unknown-unknown` with the feature `wasm-js`.
//!
//! **Secrets** are in no `Debug`, no `Display` and no error. What the crate copies on the way to a
//! key is overwritten; an OpenTok secret is not kept at all, only the HMAC keys made from it, which
//! are overwritten when they are dropped. The parsed RSA key inside `ring` is freed without being
//! overwritten, as `ring` has no way to.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::indexing_slicing, reason = "tests may"))]

#[cfg(all(
    target_arch = "wasm32",
    target_os = "unknown",
    not(feature = "wasm-js")
))]
compile_error!(
    "wasm32-unknown-unknown has no random numbers of its own: switch the feature `wasm-js` on, which takes JavaScript's"
);

mod base64;
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
mod secret;
mod session;
mod signer;
mod time;
mod verify;
mod webhook;
mod write;

pub use client_token::{
    ClaimValue, ClientTokenBuilder, DEFAULT_TTL, JsonText, LONGEST_DATA, LONGEST_LAYOUT,
    LONGEST_TTL, Seed, TokenError, TokenFormat,
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

#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../README.md")]
struct Readme;
