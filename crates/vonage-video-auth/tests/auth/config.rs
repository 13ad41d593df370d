//! Credentials, roles and policies out of configuration files.

use serde_json::{from_str, to_string};
use vonage_video_auth::{
    Credentials, CredentialsConfig, Environment, OverLimit, Role, TokenPolicy,
};

use crate::common::*;

fn credentials(text: &str) -> Result<Credentials, String> {
    let config: CredentialsConfig = from_str(text).map_err(|error| error.to_string())?;
    Credentials::try_from(config).map_err(|error| error.to_string())
}

#[test]
fn credentials_are_read_in_the_forms_that_files_have() {
    let key = to_string(PRIVATE_KEY).unwrap();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys/pkcs8.pem");
    for text in [
        format!(r#"{{"application_id":"{APPLICATION}","private_key":{key}}}"#),
        format!(r#"{{"application_id":"{APPLICATION}","private_key_path":"{file}"}}"#),
    ] {
        let credentials = credentials(&text).unwrap();
        assert_eq!(credentials.environment(), Environment::Vonage);
        assert_eq!(credentials.project(), APPLICATION);
    }
    for key in [API_KEY.to_owned(), format!("\"{API_KEY}\"")] {
        let text = format!(r#"{{"api_key":{key},"api_secret":"{API_SECRET}"}}"#);
        assert_eq!(credentials(&text).unwrap().project(), API_KEY);
        let text = format!(r#"{{"api_key":{key},"api_secret":"{API_SECRET}","account":true}}"#);
        assert!(credentials(&text).unwrap().is_account());
    }
    for (text, words) in [
        ("{}".to_owned(), "is missing"),
        (
            format!(r#"{{"api_key":{API_KEY}}}"#),
            "OPENTOK_API_SECRET is missing",
        ),
        (
            format!(r#"{{"apiKey":{API_KEY}}}"#),
            "unknown field `apiKey`",
        ),
        (
            r#"{"api_key":1,"api_secret":["x"]}"#.to_owned(),
            "a secret must be a string",
        ),
    ] {
        let error = credentials(&text).unwrap_err();
        assert!(error.contains(words), "{text}: {error}");
    }
    let config: CredentialsConfig =
        from_str(&format!(r#"{{"api_key":1,"api_secret":"{API_SECRET}"}}"#)).unwrap();
    assert!(!format!("{config:?}").contains(API_SECRET));
}

#[test]
fn roles_are_names_and_an_unknown_one_must_say_so() {
    for role in [
        Role::Subscriber,
        Role::Publisher,
        Role::PublisherOnly,
        Role::Moderator,
        Role::Other("host".into()),
    ] {
        let text = to_string(&role).unwrap();
        assert_eq!(from_str::<Role>(&text).unwrap(), role, "{text}");
    }
    assert_eq!(to_string(&Role::Moderator).unwrap(), r#""moderator""#);
    assert_eq!(
        to_string(&Role::Other("host".into())).unwrap(),
        r#"{"other":"host"}"#
    );
    let error = from_str::<Role>(r#""Moderator""#).unwrap_err().to_string();
    assert!(error.contains("did you mean \"moderator\""), "{error}");
    assert_eq!(to_string(&Environment::OpenTok).unwrap(), r#""opentok""#);
}

#[test]
fn a_policy_from_a_file_holds_as_one_in_code() {
    let text = r#"{"highest_role":"publisher","longest_ttl":"90m","require_data":true,"over_limit":"clamp"}"#;
    let policy: TokenPolicy = from_str(text).unwrap();
    let opentok = opentok();
    let verifier = opentok.verifier().unwrap();
    let token = opentok
        .token(OPENTOK_SESSION)
        .role(Role::Moderator)
        .data("x")
        .policy(&policy)
        .sign_at(now())
        .unwrap();
    let claims = verifier.verify_client_token(&token, now()).unwrap();
    assert_eq!(claims.role, Role::Publisher);
    assert_eq!(claims.expires_at, Some(after(90 * 60)));
    assert!(
        opentok
            .token(OPENTOK_SESSION)
            .policy(&policy)
            .sign_at(now())
            .is_err()
    );

    let written = to_string(&policy).unwrap();
    let again: TokenPolicy = from_str(&written).unwrap();
    assert_eq!(to_string(&again).unwrap(), written);
    let full = TokenPolicy::new()
        .sessions(["a", "b"])
        .data("user=7")
        .longest_ttl(seconds(60))
        .over_limit(OverLimit::Refuse);
    let text = to_string(&full).unwrap();
    assert!(text.contains(r#""longest_ttl":60"#), "{text}");
    assert_eq!(
        to_string(&from_str::<TokenPolicy>(&text).unwrap()).unwrap(),
        text
    );

    for (text, words) in [
        (r#"{"longest_life":60}"#, "unknown field"),
        (r#"{"longest_ttl":"soon"}"#, "a ttl must be"),
        (r#"{"longest_ttl":-1}"#, ""),
        (r#"{"highest_role":"Publisher"}"#, "did you mean"),
        (r#"{"over_limit":"ignore"}"#, "unknown variant"),
    ] {
        let error = from_str::<TokenPolicy>(text).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}
