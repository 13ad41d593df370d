//! Session ids: real ones read right, made ones read back, and nothing panics.

use proptest::prelude::*;
use std::time::{Duration, UNIX_EPOCH};
use vonage_video_auth::{SessionIdError, SessionInfo};

use crate::common::*;

#[test]
fn recorded_ids_say_what_they_say() {
    let info = SessionInfo::decode(OPENTOK_SESSION).unwrap();
    assert_eq!(info.prefix(), '1');
    assert_eq!(info.owner(), API_KEY);
    assert_eq!(info.location(), None);
    assert_eq!(info.created_text(), "Mon Mar 17 00:41:31 PDT 2014");
    assert_eq!(info.created(), Some(UNIX_EPOCH + seconds(1_395_042_091)));
    assert_eq!(info.nonce(), "0.6837895344942808");
    assert!(!info.is_relayed());

    let info = SessionInfo::decode(VONAGE_SESSION).unwrap();
    assert_eq!(info.owner(), APPLICATION);
    assert_eq!(
        info.created(),
        Some(UNIX_EPOCH + Duration::from_millis(1_726_462_588_647))
    );
    assert_eq!(info.nonce(), "11xLa1bbhzPeGQGmXsmgxI0k");

    // From the documentation of the webhooks.
    let documented = "2_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjgwMzY0MTUzMDd-V2swbzlzeUppaGZIVTFzYUQwamdYM0Ryfn5-";
    let info = SessionInfo::decode(documented).unwrap();
    assert_eq!((info.prefix(), info.owner()), ('2', APPLICATION));
    assert_eq!(info.encode(), documented);
}

#[test]
fn flags_locations_alphabets_and_padding_are_read() {
    let id = |text: &str| format!("2_{}", base64(text.as_bytes()));
    let info = SessionInfo::decode(&id("1~77~10.1.200.30~1672736878162~nonce~P~~")).unwrap();
    assert!(info.is_relayed());
    assert_eq!(info.location(), Some("10.1.200.30"));
    // The standard alphabet and padding, as some SDKs' fixtures have them.
    let text = "1~77~~1672736878162~n>>>???~~~";
    let standard = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, text);
    assert!(standard.contains(['+', '/']));
    assert_eq!(
        SessionInfo::decode(&format!("1_{standard}"))
            .unwrap()
            .nonce(),
        "n>>>???"
    );
    assert_eq!(
        SessionInfo::decode(&id("1~77~~not a time~n~~~"))
            .unwrap()
            .created(),
        None
    );
    assert_eq!(
        SessionInfo::decode(&id("1~77~~18446744073709551615~n~~~"))
            .unwrap()
            .owner(),
        "77"
    );
}

#[test]
fn everything_else_has_a_reason() {
    for (id, error) in [
        ("".to_owned(), SessionIdError::Empty),
        (
            format!("1_{}", "M".repeat(254)),
            SessionIdError::TooLong { length: 256 },
        ),
        (format!(" {VONAGE_SESSION}"), SessionIdError::WhiteSpace),
        (format!("{VONAGE_SESSION}\n"), SessionIdError::WhiteSpace),
        ("MX4xMjM0NTZ".to_owned(), SessionIdError::NoPrefix),
        ("1_%%%".to_owned(), SessionIdError::NotBase64),
        (
            format!("1_{}", base64(&[0xff, 0xfe])),
            SessionIdError::NotText,
        ),
        (format!("1_{}", base64(b"hello")), SessionIdError::NoFields),
        (
            format!("1_{}", base64(b"1~~~1~n")),
            SessionIdError::NoFields,
        ),
        (
            format!("1_{}", base64(b"9~77~~1~n")),
            SessionIdError::NoFields,
        ),
    ] {
        let found = SessionInfo::decode(&id).unwrap_err();
        assert_eq!(found, error, "{id}");
        assert!(found.to_string().starts_with("this is not a session id: "));
    }
}

#[test]
fn a_tilde_makes_no_new_field() {
    let info = SessionInfo::new("1~2", now(), "a~b")
        .with_location("c~d")
        .with_relayed(true)
        .with_prefix('2');
    let read = SessionInfo::decode(&info.encode()).unwrap();
    assert_eq!(read, info);
    assert_eq!(
        (read.owner(), read.nonce(), read.location()),
        ("12", "ab", Some("cd"))
    );
    assert!(read.is_relayed() && read.prefix() == '2');
}

proptest! {
    #[test]
    fn any_text_is_an_id_or_an_error(text in any::<String>(), bytes in any::<Vec<u8>>()) {
        let _ = SessionInfo::decode(&text);
        let _ = SessionInfo::decode(&format!("1_{text}"));
        let _ = SessionInfo::decode(&format!("2_{}", base64(&bytes)));
        let _ = SessionInfo::decode(&format!("2_{}", base64(text.as_bytes())));
    }

    #[test]
    fn made_ids_read_back(owner in "[0-9]{1,9}", milliseconds in 0_u64..10_000_000_000_000, nonce in "[0-9A-Za-z]{0,24}", relayed in any::<bool>()) {
        let created = UNIX_EPOCH + Duration::from_millis(milliseconds);
        let info = SessionInfo::new(&owner, created, &nonce).with_relayed(relayed);
        let read = SessionInfo::decode(&info.encode()).unwrap();
        prop_assert_eq!(read.owner(), owner.as_str());
        prop_assert_eq!(read.created(), Some(created));
        prop_assert_eq!(read.nonce(), nonce.as_str());
        prop_assert_eq!(read.is_relayed(), relayed);
        let old = SessionInfo::new_old_form(&owner, created, &nonce);
        let read = SessionInfo::decode(&old.encode()).unwrap();
        prop_assert_eq!(read.created(), Some(UNIX_EPOCH + Duration::from_secs(milliseconds / 1_000)));
    }
}
