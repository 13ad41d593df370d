//! Pairs that are no credentials, each with its own complaint, and the environment variables.

use std::collections::{HashMap, HashSet};

use vonage_video_auth::{Credentials, CredentialsError, Environment, VariableState, env::*};

use crate::common::*;

/// A Vonage account's key and secret: the pair that most people try first.
const ACCOUNT_KEY: &str = "a1b2c3d4";
const ACCOUNT_SECRET: &str = "zYxWv0123456789a";
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.e30.AA";

#[test]
fn every_wrong_combination_has_its_own_message() {
    let vonage = |id, key| Credentials::vonage(id, key).map(drop);
    let opentok = |key, secret| Credentials::opentok(key, secret).map(drop);
    let public_key = PUBLIC_KEY;
    let table = [
        (vonage("", PRIVATE_KEY), "application id is empty"),
        (
            vonage(ACCOUNT_KEY, ACCOUNT_SECRET),
            "application id is a Vonage account API key",
        ),
        (
            vonage(API_KEY, API_SECRET),
            "application id is a number, like an OpenTok API key: use Credentials::opentok",
        ),
        (vonage(PRIVATE_KEY, APPLICATION), "the two are swapped"),
        (
            vonage(PRIVATE_KEY, PRIVATE_KEY),
            "the id (a UUID) comes first",
        ),
        (
            vonage("29f760f87ce146c9ade3f2dedee4ed5f", PRIVATE_KEY),
            "without its hyphens",
        ),
        (
            vonage(VONAGE_SESSION, PRIVATE_KEY),
            "application id is a session id",
        ),
        (vonage(TOKEN, PRIVATE_KEY), "application id is a token"),
        (
            vonage(API_SECRET, PRIVATE_KEY),
            "application id is a long hexadecimal value",
        ),
        (
            vonage("ann@example.com", PRIVATE_KEY),
            "application id is an e-mail address",
        ),
        (
            vonage("my-application", PRIVATE_KEY),
            "application id is not a UUID",
        ),
        (vonage(APPLICATION, APPLICATION), "private key is a UUID"),
        (
            vonage(APPLICATION, API_SECRET),
            "private key is a long hexadecimal value",
        ),
        (
            vonage(APPLICATION, ACCOUNT_SECRET),
            "private key is a Vonage account API secret",
        ),
        (vonage(APPLICATION, "private.key"), "looks like a file name"),
        (vonage(APPLICATION, public_key), "this is a public key"),
        (vonage(APPLICATION, ""), "the key is empty"),
        (opentok("", API_SECRET), "API key is empty"),
        (
            opentok(APPLICATION, PRIVATE_KEY),
            "API key is an application id and the API secret a private key",
        ),
        (opentok(APPLICATION, API_SECRET), "API key is a UUID"),
        (
            opentok(PRIVATE_KEY, API_SECRET),
            "API key is a key in PEM form",
        ),
        (opentok(API_SECRET, API_KEY), "the two are swapped"),
        (
            opentok(ACCOUNT_KEY, ACCOUNT_SECRET),
            "API key is a Vonage account API key",
        ),
        (opentok(TOKEN, API_SECRET), "API key is a token"),
        (
            opentok(OPENTOK_SESSION, API_SECRET),
            "API key is a session id",
        ),
        (
            opentok(API_SECRET, API_SECRET),
            "API key is a long hexadecimal value",
        ),
        (opentok("my-project", API_SECRET), "API key is not a number"),
        (opentok(API_KEY, ""), "API secret is empty"),
        (
            opentok(API_KEY, PRIVATE_KEY),
            "API secret is a key in PEM form",
        ),
        (opentok(API_KEY, API_KEY), "API secret is the API key again"),
        (opentok(API_KEY, APPLICATION), "API secret is a UUID"),
        (opentok(API_KEY, TOKEN), "API secret is a token"),
        (opentok(API_KEY, "654321"), "API secret is a short number"),
        (
            opentok(API_KEY, "secret: abc"),
            "API secret has white space inside",
        ),
        (
            opentok("12345678", ACCOUNT_SECRET),
            "API secret is a Vonage account API secret",
        ),
    ];
    let mut messages = HashSet::new();
    for (result, words) in table {
        let message = result.expect_err(words).to_string();
        assert!(
            message.contains(words),
            "{message:?} does not say {words:?}"
        );
        for secret in [
            API_SECRET,
            ACCOUNT_SECRET,
            ACCOUNT_KEY,
            TOKEN,
            &PRIVATE_KEY[40..80],
        ] {
            assert!(!message.contains(secret), "{message}");
        }
        assert!(messages.insert(message), "{words} twice");
    }
}

#[test]
fn white_space_and_letter_case_are_forgiven() {
    let credentials =
        Credentials::vonage(&format!(" {}\n", APPLICATION.to_uppercase()), PRIVATE_KEY).unwrap();
    assert_eq!(credentials.project(), APPLICATION);
    assert_eq!(credentials.environment(), Environment::Vonage);
    assert!(!credentials.is_account());

    let credentials =
        Credentials::opentok_account(" 123456\n", &format!("{API_SECRET}\r\n")).unwrap();
    assert_eq!(credentials.project(), API_KEY);
    assert!(credentials.is_account());
    // The secret without its line end is what signs.
    let token = credentials.rest_token(now()).unwrap();
    opentok()
        .verifier()
        .unwrap()
        .verify_rest_token(token.token(), now())
        .unwrap();
}

fn from(pairs: &[(&str, &str)]) -> Result<Credentials, CredentialsError> {
    let variables: HashMap<String, String> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Credentials::from_vars(|name| variables.get(name).cloned())
}

#[test]
fn complete_variables_make_credentials() {
    let opentok_pair = [(OPENTOK_API_KEY, API_KEY), (OPENTOK_API_SECRET, API_SECRET)];
    let credentials = from(&opentok_pair).unwrap();
    assert_eq!(
        (credentials.environment(), credentials.project()),
        (Environment::OpenTok, API_KEY)
    );

    let credentials = from(&[
        (VONAGE_APPLICATION_ID, APPLICATION),
        (VONAGE_PRIVATE_KEY, &PRIVATE_KEY.replace('\n', "\\n")),
    ])
    .unwrap();
    assert_eq!(
        (credentials.environment(), credentials.project()),
        (Environment::Vonage, APPLICATION)
    );

    // Vonage wins over OpenTok, and the key's text over its path.
    let all = [
        opentok_pair[0],
        opentok_pair[1],
        (VONAGE_APPLICATION_ID, APPLICATION),
        (VONAGE_PRIVATE_KEY, PRIVATE_KEY),
        (VONAGE_PRIVATE_KEY_PATH, "/nowhere"),
    ];
    assert_eq!(from(&all).unwrap().environment(), Environment::Vonage);

    // Empty is as good as not set.
    let with_empty = [
        opentok_pair[0],
        opentok_pair[1],
        (VONAGE_APPLICATION_ID, ""),
        (VONAGE_PRIVATE_KEY, "  "),
    ];
    assert_eq!(
        from(&with_empty).unwrap().environment(),
        Environment::OpenTok
    );
}

#[cfg(feature = "std")]
#[test]
fn a_key_file_is_read() {
    const KEY_FILE: &str = "tests/fixtures/keys/pkcs8.pem";
    const EC_FILE: &str = "tests/fixtures/keys/ec.pem";
    let credentials = from(&[
        (VONAGE_APPLICATION_ID, APPLICATION),
        (VONAGE_PRIVATE_KEY_PATH, KEY_FILE),
    ])
    .unwrap();
    assert_eq!(credentials.environment(), Environment::Vonage);
    for (path, words) in [
        (
            "/nowhere/private.key",
            "/nowhere/private.key cannot be read",
        ),
        (
            EC_FILE,
            "VONAGE_PRIVATE_KEY_PATH is wrong (this is a key of the kind elliptic curve",
        ),
        (PRIVATE_KEY, "set VONAGE_PRIVATE_KEY instead"),
    ] {
        let error = from(&[
            (VONAGE_APPLICATION_ID, APPLICATION),
            (VONAGE_PRIVATE_KEY_PATH, path),
        ])
        .unwrap_err()
        .to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn the_error_lists_every_variable_and_what_became_of_it() {
    let error = from(&[]).unwrap_err().to_string();
    for name in [
        VONAGE_APPLICATION_ID,
        VONAGE_PRIVATE_KEY,
        VONAGE_PRIVATE_KEY_PATH,
        OPENTOK_API_KEY,
        OPENTOK_API_SECRET,
    ] {
        assert!(error.contains(&format!("{name} is missing")), "{error}");
    }

    // Half a Vonage pair is not passed over in favour of OpenTok's.
    let half = [
        (VONAGE_APPLICATION_ID, APPLICATION),
        (VONAGE_PRIVATE_KEY, ""),
        (OPENTOK_API_KEY, API_KEY),
        (OPENTOK_API_SECRET, API_SECRET),
    ];
    let error = from(&half).unwrap_err();
    let CredentialsError::Variables(report) = &error else {
        panic!("{error}")
    };
    let states: Vec<_> = report.iter().map(|(_, state)| state.clone()).collect();
    use VariableState::{Empty, Missing, Present};
    assert_eq!(states, [Present, Empty, Missing, Present, Present]);
    assert!(
        error.to_string().contains("VONAGE_PRIVATE_KEY is empty"),
        "{error}"
    );

    for (pairs, words) in [
        (
            &[
                (VONAGE_APPLICATION_ID, API_KEY),
                (VONAGE_PRIVATE_KEY, PRIVATE_KEY),
            ][..],
            "VONAGE_APPLICATION_ID is wrong (is a number",
        ),
        (
            &[
                (VONAGE_APPLICATION_ID, APPLICATION),
                (VONAGE_PRIVATE_KEY, "./private.key"),
            ],
            "VONAGE_PRIVATE_KEY is wrong (this looks like a file name",
        ),
        (
            &[
                (VONAGE_APPLICATION_ID, APPLICATION),
                (VONAGE_PRIVATE_KEY, API_SECRET),
            ],
            "VONAGE_PRIVATE_KEY is wrong (is a long hexadecimal",
        ),
        (
            &[
                (OPENTOK_API_KEY, APPLICATION),
                (OPENTOK_API_SECRET, API_SECRET),
            ],
            "OPENTOK_API_KEY is wrong (is a UUID",
        ),
        (
            &[
                (OPENTOK_API_KEY, API_KEY),
                (OPENTOK_API_SECRET, PRIVATE_KEY),
            ],
            "OPENTOK_API_SECRET is wrong (is a key in PEM form",
        ),
    ] {
        let error = from(pairs).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert!(
            !error.contains(API_SECRET) && !error.contains(&PRIVATE_KEY[40..80]),
            "{error}"
        );
    }
}
