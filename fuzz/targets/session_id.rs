//! Session ids: what is read comes out again as it went in, and a token is minted for the sessions
//! of its project only.
//!
//! The input is a session id, and the fields of one that is made here.

#![no_main]

use std::sync::LazyLock;
use std::time::{Duration, UNIX_EPOCH};

use libfuzzer_sys::fuzz_target;
use vonage_video_auth::{Credentials, Seed, SessionIdError, SessionInfo, TokenError};
use vonage_video_fuzz::{API_KEY, API_SECRET, assert_one_line, first_line, now};

static CREDENTIALS: LazyLock<Credentials> =
    LazyLock::new(|| Credentials::opentok(API_KEY, API_SECRET).expect("an API key and its secret"));

fuzz_target!(|text: &str| {
    let decoded = SessionInfo::decode(text);
    match &decoded {
        Ok(info) => {
            let again = SessionInfo::decode(&info.encode());
            assert_eq!(again.as_ref(), Ok(info));
            assert!(!info.owner().is_empty());
        }
        Err(error) => assert_one_line(&error.to_string()),
    }
    mint(text, decoded.as_ref());
    made_here(text);
});

fn mint(id: &str, decoded: Result<&SessionInfo, &SessionIdError>) {
    let minted = CREDENTIALS
        .token(id)
        .sign_with(&Seed::new(now(), 1, [0; 16]));
    match (decoded, minted) {
        (Ok(info), Ok(_)) => assert_eq!(info.owner(), API_KEY),
        (Ok(info), Err(TokenError::ForeignSession { owner, .. })) => {
            assert_eq!(info.owner(), owner);
            assert_ne!(owner, API_KEY);
        }
        (Err(decoded), Err(TokenError::Session(minted))) => assert_eq!(*decoded, minted),
        (decoded, minted) => panic!("{decoded:?}, but {minted:?}"),
    }
}

/// An id of these parts says these parts, in both forms.
fn made_here(text: &str) {
    let (owner, nonce) = first_line(text);
    let owner = owner.replace('~', "");
    let seconds = text
        .bytes()
        .fold(0_u64, |sum, byte| (sum * 31 + u64::from(byte)) % (1 << 37));
    let created = UNIX_EPOCH + Duration::from_secs(seconds);
    for info in [
        SessionInfo::new(&owner, created, nonce).with_relayed(true),
        SessionInfo::new_old_form(&owner, created, nonce),
    ] {
        match SessionInfo::decode(&info.encode()) {
            Ok(read) => {
                assert_eq!(read, info);
                assert_eq!(read.owner(), owner);
                assert_eq!(read.created(), Some(created));
            }
            Err(SessionIdError::TooLong { .. }) => {}
            Err(SessionIdError::NoFields) => assert_eq!(owner, ""),
            Err(error) => panic!("{info:?}: {error}"),
        }
    }
}
