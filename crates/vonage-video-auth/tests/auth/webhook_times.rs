//! The times in a webhook's token, and the forms of its header.

use vonage_video_auth::{DEFAULT_MAX_AGE, MAX_AGE_WITH_INBOX, WebhookError, WebhookVerifier};

use crate::{
    common::*,
    webhooks::{BODY, HEADER, SECRET, hash, refused, signed, signer, verifier},
};

#[test]
fn times_of_the_wrong_type_are_refused_and_nbf_counts() {
    let with = |times: &str| {
        let claims = format!(r#"{{"payload_hash":"{}",{times}}}"#, hash(BODY));
        let header = format!("Bearer {}", hs256(HEADER, &claims, SECRET));
        verifier().verify(Some(&header), BODY, now()).map(drop)
    };
    for value in ["\"soon\"", "true", "[]", "{}", "1e300"] {
        for name in ["iat", "nbf", "exp"] {
            let times = match name {
                "iat" => format!(r#""iat":{value}"#),
                other => format!(r#""iat":{NOW},"{other}":{value}"#),
            };
            assert_eq!(
                with(&times),
                Err(WebhookError::BadClaim { name }),
                "{times}"
            );
        }
    }
    assert_eq!(with(r#""iat":null"#), Err(WebhookError::MissingIssuedAt));
    assert_eq!(with(&format!(r#""iat":{NOW},"nbf":{}"#, NOW + 300)), Ok(()));
    assert_eq!(
        with(&format!(r#""iat":{NOW},"nbf":{}"#, NOW + 301)),
        Err(WebhookError::FromTheFuture {
            ahead: seconds(301)
        })
    );
    assert_eq!(
        with(&format!(r#""iat":{NOW},"nbf":null,"exp":null"#)),
        Ok(())
    );
    assert_eq!(
        with(&format!(r#""iat":"{NOW}","exp":"{}.5""#, NOW + 1)),
        Ok(())
    );
}

#[test]
fn a_signature_may_be_a_day_old_only_where_copies_are_removed() {
    let header = signed();
    let at = |verifier: &WebhookVerifier, age| {
        verifier
            .verify(Some(&header), BODY, after(age))
            .map(drop)
            .map_err(|error| matches!(error, WebhookError::Stale { .. }))
    };
    let alone = verifier();
    assert_eq!(DEFAULT_MAX_AGE, seconds(300));
    assert_eq!((at(&alone, 300), at(&alone, 301)), (Ok(()), Err(true)));
    let with_inbox = verifier().max_age(MAX_AGE_WITH_INBOX);
    assert_eq!(MAX_AGE_WITH_INBOX, seconds(86_400));
    assert_eq!(
        (at(&with_inbox, 86_400), at(&with_inbox, 86_401)),
        (Ok(()), Err(true))
    );
    // The future stays as near as it was.
    assert_eq!(
        (at(&with_inbox, -300), at(&with_inbox, -301)),
        (Ok(()), Err(false))
    );
}

#[test]
fn a_header_that_was_doubled_or_has_tabs_is_read() {
    let header = signed();
    let token = header.strip_prefix("Bearer ").unwrap();
    for header in [
        format!("Bearer\t{token}"),
        format!("{header}, {header}"),
        format!("{header},{header}"),
        format!(" bearer \t {token} "),
    ] {
        assert!(
            verifier().verify(Some(&header), BODY, now()).is_ok(),
            "{header}"
        );
    }
    let other = signer().header(b"other", now(), [2; 16]);
    let error = refused(&format!("{header}, {other}"));
    assert!(matches!(error, WebhookError::Malformed { .. }), "{error}");
}
