//! One error type for a function that reads credentials, signs tokens and sends.

use std::{error::Error as _, time::Duration};

use vonage_video::{Credentials, Error, ErrorKind, PrivateKey, Role, Sent, TokenPolicy};

fn minted(session: &str) -> Result<String, Error> {
    let secret = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
    let credentials = Credentials::opentok("123456", secret)?;
    Ok(credentials.token(session).sign()?)
}

#[test]
fn a_token_that_cannot_be_minted_is_a_call_that_was_not_sent() {
    assert_not_sent(&minted("not a session").unwrap_err());
}

/// The credentials are at fault, nothing was sent, and the cause is said once.
fn assert_not_sent(error: &Error) {
    assert!(matches!(error.kind(), ErrorKind::Credentials), "{error:?}");
    assert_eq!(error.sent(), Sent::No);
    let cause = error.source().unwrap().to_string();
    assert!(
        !error.to_string().contains(&cause),
        "each cause is said once: {error}: {cause}"
    );
}

#[test]
fn credentials_and_keys_that_cannot_be_used_are_calls_that_were_not_sent() {
    let credentials = || -> Result<_, Error> { Ok(Credentials::opentok("123456", "")?) };
    let key = || -> Result<_, Error> { Ok(PrivateKey::from_pem("./private.key")?) };
    for error in [credentials().err(), key().err()] {
        assert_not_sent(&error.unwrap());
    }
}

#[test]
fn a_token_that_the_caller_may_not_have_is_not_the_server_s_fault() {
    let policy = TokenPolicy::new()
        .highest_role(Role::Publisher)
        .longest_ttl(Duration::from_secs(60))
        .require_data();
    let secret = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";
    let credentials = Credentials::opentok("123456", secret).unwrap();
    let session =
        "1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERUIDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg";
    let token = || credentials.token(session).data("user=7").policy(&policy);
    let refused = [
        token().role("moderator"),
        token().role("no such role"),
        token().ttl(Duration::from_secs(61)),
        token().data(""),
        credentials.token("not a session"),
    ];
    for token in refused {
        let error = Error::from(token.sign().unwrap_err());
        assert_eq!(error.suggested_status(), 400, "{error:?}");
    }

    let account = Credentials::opentok_account("99000000", secret).unwrap();
    let error = Error::from(account.token(session).sign().unwrap_err());
    assert_eq!(error.suggested_status(), 500, "{error:?}");
    let error = Error::from(Credentials::opentok("", "").unwrap_err());
    assert_eq!(error.suggested_status(), 500, "{error:?}");
    assert_eq!(error.to_string(), "cannot sign");
}
