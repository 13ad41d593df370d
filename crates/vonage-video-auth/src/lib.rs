//! Credentials, tokens and signatures of the Vonage Video API (formerly OpenTok), and nothing else:
//! no HTTP, no async runtime, fourteen crates in all.
//!
//! ```
//! use std::time::Duration;
//! use vonage_video_auth::{Credentials, Role};
//! # let session_id = concat!(
//! #     "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERU",
//! #     "IDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg",
//! # );
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
//! | hold an identity | [`Credentials`], [`PrivateKey`], [`Signer`], [`AsyncSigner`] |
//! | let a client join a session | [`Credentials::token`], [`TokenPolicy`] |
//! | sign REST calls | [`RestTokens`] |
//! | verify tokens | [`Verifier`], [`peek`] |
//! | check webhooks, or sign them | [`WebhookVerifier`], [`WebhookSigner`], [`IpAllowList`] |
//! | explain a token | [`inspect`], [`Inspector`] (feature `inspect`) |
//! | read or make a session id | [`SessionInfo`] |
//!
//! **Time and randomness** come in through arguments: every function that needs the time has an
//! argument `now`, and [`Seed`] fixes the rest. Only what the feature `std` (on by default) adds
//! reads the system's clock, the environment or a file: `ClientTokenBuilder::sign`,
//! `Credentials::from_env`, `PrivateKey::from_file` and `PublicKey::from_file`. Nonces and token
//! ids come from the operating system, on `wasm32-unknown-unknown` with the feature `wasm-js`.
//!
//! **Secrets** do not appear in `Debug`, `Display` or errors. What the crate copies on the way to a
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
    "wasm32-unknown-unknown has no random numbers of its own: switch on the feature `wasm-js`, which uses JavaScript's"
);

mod base64;
mod client_token;
#[cfg(feature = "serde")]
mod config;
#[cfg(feature = "core-error")]
mod core_error;
mod credentials;
mod environment;
mod error;
mod hex;
#[cfg(feature = "inspect")]
mod inspect;
mod jwt;
mod key;
mod looks_like;
mod random;
mod rest;
mod role;
mod secret;
mod session;
mod signer;
mod strict_json;
mod time;
mod verify;
mod webhook;
mod write;

pub use client_token::{
    ClaimValue, ClientToken, ClientTokenBuilder, DEFAULT_TTL, JsonText, LONGEST_DATA,
    LONGEST_LAYOUT, LONGEST_TTL, OverLimit, PolicyError, Seed, TokenError, TokenFormat,
    TokenPolicy,
};
#[cfg(feature = "serde")]
#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
pub use config::CredentialsConfig;
pub use credentials::{Credentials, CredentialsError, VariableReport, VariableState, env};
pub use environment::Environment;
pub use error::Error;
#[cfg(feature = "inspect")]
#[cfg_attr(docsrs, doc(cfg(feature = "inspect")))]
pub use inspect::{
    Inspection, Inspector, PersonalData, Remark, Severity, SignatureState, inspect, personal_data,
};
#[cfg(feature = "aws-lc-rs")]
#[cfg_attr(docsrs, doc(cfg(feature = "aws-lc-rs")))]
pub use key::AwsLcSigner;
pub use key::{KeyError, PrivateKey, PublicKey};
pub use rest::{DEFAULT_LEEWAY, RestToken, RestTokens};
pub use role::{Role, UnknownRole};
pub use session::{SessionIdError, SessionInfo};
pub use signer::{AsyncSigner, SignFuture, Signer, SignerError};
pub use verify::{
    ClientTokenClaims, Peeked, RestTokenClaims, TokenKind, Verifier, VerifyError, peek,
};
pub use webhook::{
    DEFAULT_MAX_AGE, IpAllowList, MAX_AGE_WITH_INBOX, WebhookClaims, WebhookError, WebhookSigner,
    WebhookVerifier,
};

#[cfg(all(doctest, feature = "std"))]
#[doc = include_str!("../README.md")]
struct Readme;
