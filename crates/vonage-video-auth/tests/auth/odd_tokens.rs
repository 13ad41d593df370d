//! Tokens as the other official SDKs write them, and claims that no SDK writes.

use vonage_video_auth::{Role, VerifyError};

use crate::common::*;

#[test]
fn what_the_other_official_sdks_mint_is_taken() {
    let verifier = vonage_verifier();
    // .NET: no expiry, no acl, no sub, and a jti that is no UUID.
    let dotnet = format!(
        r#"{{"role":"publisher","session_id":"{VONAGE_SESSION}","scope":"session.connect","iat":{NOW},"application_id":"{APPLICATION}","jti":"AAEC/w=="}}"#
    );
    let claims = verifier
        .verify_client_token(&rs256(RS256, &dotnet), now())
        .unwrap();
    // What has no expiry counts as expiring 24 hours after its issue.
    assert_eq!(claims.expires_at, Some(after(24 * 3_600)));
    assert_eq!(claims.id.as_deref(), Some("AAEC/w=="));
    let rest = format!(r#"{{"iat":{NOW},"application_id":"{APPLICATION}","jti":"x"}}"#);
    assert_eq!(
        verifier
            .verify_rest_token(&rs256(RS256, &rest), now())
            .unwrap()
            .expires_at,
        None
    );
    // No typ in the header, null where others leave out.
    let sparse = format!(
        r#"{{"session_id":"{VONAGE_SESSION}","iat":{NOW},"application_id":"{APPLICATION}","connection_data":null,"initial_layout_class_list":null}}"#
    );
    let claims = verifier
        .verify_client_token(&rs256(r#"{"alg":"RS256"}"#, &sparse), now())
        .unwrap();
    assert_eq!(
        (claims.role, claims.connection_data),
        (Role::Publisher, None)
    );

    // Java's T1: another order, only the data escaped, and the URL-safe alphabet. .NET's: no
    // expire_time.
    let java = format!(
        "create_time={NOW}&expire_time={}&session_id={OPENTOK_SESSION}&nonce=-77&role=moderator&scope=session.connect&initial_layout_class_list=focus inactive&connection_data=a%3Fb%3E%7E%FF",
        NOW + 60
    );
    let java = java.replace("%FF", "%C3%BF");
    let token = t1(API_KEY, &java, API_SECRET)
        .replace('+', "-")
        .replace('/', "_");
    let claims = opentok_verifier()
        .verify_client_token(&token, now())
        .unwrap();
    assert_eq!(claims.layout_classes, ["focus", "inactive"]);
    assert_eq!(claims.connection_data.as_deref(), Some("a?b>~ÿ"));
    let dotnet =
        format!("session_id={OPENTOK_SESSION}&create_time={NOW}&nonce=0.25&role=subscriber");
    let claims = opentok_verifier()
        .verify_client_token(&t1(API_KEY, &dotnet, API_SECRET), after(86_399))
        .unwrap();
    assert_eq!(
        (claims.role, claims.expires_at),
        (Role::Subscriber, Some(after(86_400)))
    );
    assert!(
        opentok_verifier()
            .verify_client_token(&t1(API_KEY, &dotnet, API_SECRET), after(86_400))
            .is_err()
    );
    // Without padding.
    let token = t1(API_KEY, &dotnet, API_SECRET);
    opentok_verifier()
        .verify_client_token(token.trim_end_matches('='), now())
        .unwrap();
}

#[test]
fn claims_of_the_wrong_type_are_named() {
    for (more, name) in [
        (r#","role":7"#, "role"),
        (r#","connection_data":{}"#, "connection_data"),
        (
            r#","initial_layout_class_list":{}"#,
            "initial_layout_class_list",
        ),
        (
            r#","initial_layout_class_list":[1]"#,
            "initial_layout_class_list",
        ),
    ] {
        assert_eq!(
            refused(&hs256(HS256, &client(more), API_SECRET)),
            VerifyError::BadClaim { name }
        );
    }
    let no_session = client("").replace(&format!(",\"session_id\":\"{OPENTOK_SESSION}\""), "");
    assert_eq!(
        refused(&hs256(HS256, &no_session, API_SECRET)),
        VerifyError::NoSession
    );
}
