//! One error type for a function that mints and sends.

use std::error::Error as _;

use vonage_video::{Credentials, Error, ErrorKind, Sent};

fn minted(session: &str) -> Result<String, Error> {
    let secret = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
    let credentials = Credentials::opentok("123456", secret).map_err(Error::credentials)?;
    Ok(credentials.token(session).sign()?)
}

#[test]
fn a_token_that_cannot_be_minted_is_a_call_that_was_not_sent() {
    let error = minted("not a session").unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credentials), "{error:?}");
    assert_eq!(error.sent(), Sent::No);
    let cause = error.source().unwrap().to_string();
    assert!(
        !error.to_string().contains(&cause),
        "each cause is said once: {error}: {cause}"
    );
}
