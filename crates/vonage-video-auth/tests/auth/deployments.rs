//! Values as deployments leave them: quotes, line ends, escapes, placeholders, invisible
//! characters.

use vonage_video_auth::{
    Credentials, CredentialsError, PrivateKey, PublicKey, Verifier, WebhookError, WebhookSigner,
    WebhookVerifier, env::*,
};

use crate::common::*;

/// What `--env-file`, mounted secrets, Windows editors and copying put around a value.
fn wrapped(value: &str) -> Vec<String> {
    vec![
        format!("\"{value}\""),
        format!("'{value}'"),
        format!("`{value}`"),
        format!("{value}\n"),
        format!("{value}\r\n"),
        format!("{value}\\n"),
        format!("{value}\\r\\n"),
        format!("\"{value}\\n\""),
        format!("\u{feff}{value}"),
        format!("{value}\u{200b}"),
        format!("\u{a0}{value}\u{2060}"),
        format!("  \" {value} \"\t"),
    ]
}

#[test]
fn what_stands_around_a_value_does_not_matter() {
    let token = opentok().token(OPENTOK_SESSION).sign_at(now()).unwrap();
    for secret in wrapped(API_SECRET) {
        for key in wrapped(API_KEY) {
            let credentials = Credentials::opentok(&key, &secret).unwrap();
            assert_eq!(credentials.project(), API_KEY, "{key:?}");
        }
        // The secret is the same: what one signs the other verifies.
        let verifier = Verifier::opentok(API_KEY, &secret).unwrap();
        assert!(
            verifier.verify_client_token(&token, now()).is_ok(),
            "{secret:?}"
        );
    }
    for id in wrapped(APPLICATION) {
        let credentials = Credentials::vonage(&id, PRIVATE_KEY).unwrap();
        assert_eq!(credentials.project(), APPLICATION, "{id:?}");
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/keys/pkcs8.pem");
    for path in wrapped(file) {
        let credentials = Credentials::from_vars(|name| match name {
            VONAGE_APPLICATION_ID => Some(APPLICATION.to_owned()),
            VONAGE_PRIVATE_KEY_PATH => Some(path.clone()),
            _ => None,
        });
        assert!(credentials.is_ok(), "{path:?}");
    }
}

#[test]
fn what_is_not_certain_is_named_with_its_remedy() {
    let half_quoted = format!("\"{API_SECRET}");
    let twice_quoted = format!("\"\"{API_SECRET}\"\"");
    let escaped = format!("{}\\{}", &API_SECRET[..9], &API_SECRET[9..]);
    let invisible = format!("{}\u{200b}{}", &API_SECRET[..9], &API_SECRET[9..]);
    let blank = format!("{}\u{a0}{}", &API_SECRET[..9], &API_SECRET[9..]);
    let encoded = format!("{API_SECRET}%0A");
    for (secret, word) in [
        (half_quoted.as_str(), "quotation mark"),
        (&twice_quoted, "quotation mark"),
        (&escaped, "backslash"),
        (&invisible, "U+200B"),
        (&blank, "white space"),
        (&encoded, "percent"),
        (&API_SECRET[..39], "39 hexadecimal digits"),
        (&API_SECRET[..37], "37 hexadecimal digits"),
        ("undefined", "placeholder"),
        ("null", "placeholder"),
        ("\"undefined\"", "placeholder"),
        ("None", "placeholder"),
        ("${OPENTOK_API_SECRET}", "placeholder"),
        ("$OPENTOK_API_SECRET", "placeholder"),
        ("{{ .Values.secret }}", "placeholder"),
        ("%OPENTOK_API_SECRET%", "placeholder"),
        ("<your API secret>", "placeholder"),
    ] {
        let error = Credentials::opentok(API_KEY, secret).unwrap_err();
        assert!(
            matches!(error, CredentialsError::ApiSecret { .. }),
            "{secret:?}"
        );
        let error = error.to_string();
        assert!(error.contains(word), "{secret:?}: {error}");
        assert!(!error.contains(&API_SECRET[..9]), "{error}");
    }
    for (key, word) in [
        ("\"123456", "quotation mark"),
        ("123\u{200b}456", "U+200B"),
        ("undefined", "placeholder"),
        ("123456\\", "backslash"),
    ] {
        let error = Credentials::opentok(key, API_SECRET)
            .unwrap_err()
            .to_string();
        assert!(error.contains(word), "{key:?}: {error}");
        let error = Credentials::vonage(key, PRIVATE_KEY)
            .unwrap_err()
            .to_string();
        assert!(error.contains(word), "{key:?}: {error}");
    }
    for key in ["undefined", "null", "${VONAGE_PRIVATE_KEY}"] {
        let error = Credentials::vonage(APPLICATION, key)
            .unwrap_err()
            .to_string();
        assert!(error.contains("placeholder"), "{key}: {error}");
    }
    let from_vars = Credentials::from_vars(|name| match name {
        OPENTOK_API_KEY => Some(API_KEY.to_owned()),
        OPENTOK_API_SECRET => Some("undefined".to_owned()),
        _ => None,
    });
    let error = from_vars.unwrap_err().to_string();
    assert!(
        error.contains("OPENTOK_API_SECRET is wrong (is a placeholder"),
        "{error}"
    );
}

/// A PEM text as URLs and forms carry it.
fn encoded(text: &str, form: bool) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            b' ' if form => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[test]
fn keys_are_read_however_they_were_carried() {
    let one_line = PRIVATE_KEY.replace('\n', "");
    let invisible = PRIVATE_KEY.replace('\n', "\u{200b}\n");
    let no_break = PRIVATE_KEY.replace('\n', "\u{a0}");
    let body: String = PRIVATE_KEY
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    for text in [
        encoded(PRIVATE_KEY, false),
        encoded(PRIVATE_KEY, true),
        encoded(&PRIVATE_KEY.replace('\n', "\\n"), false),
        one_line,
        invisible,
        no_break,
        encoded(&body, false),
        format!("\u{feff}\"{}\"", PRIVATE_KEY.replace('\n', "\\n")),
    ] {
        let key = PrivateKey::from_pem(&text);
        assert!(key.is_ok(), "{:.60}: {}", text, key.unwrap_err());
    }
    for text in [encoded(PUBLIC_KEY, false), encoded(PUBLIC_KEY, true)] {
        assert_eq!(
            PublicKey::from_pem(&text).unwrap(),
            PublicKey::from_pem(PUBLIC_KEY).unwrap()
        );
    }
}

#[test]
fn unusual_rsa_keys_say_what_is_unusual() {
    for (pem, words) in [
        (
            include_str!("../fixtures/keys/exponent3.pem"),
            "the public exponent 3",
        ),
        (
            include_str!("../fixtures/keys/bits2056.pem"),
            "2056 bits, and only multiples of 512",
        ),
        (
            include_str!("../fixtures/keys/primes3.pem"),
            "more than two primes",
        ),
    ] {
        let error = PrivateKey::from_pem(pem).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert!(error.contains("generate a new key pair"), "{error}");
        assert!(error.contains("Signer"), "{error}");
    }
    // Verifying needs no more than an odd exponent.
    let public = include_str!("../fixtures/keys/public-exponent3.pem");
    assert!(PublicKey::from_pem(public).is_ok());
}

#[test]
fn a_webhook_secret_is_the_one_of_the_dashboard_whatever_stands_around_it() {
    let secret = "aVerySecretSecretOfThisWebhook";
    let header = WebhookSigner::new(secret)
        .unwrap()
        .header(b"{}", now(), [7; 16]);
    for configured in wrapped(secret) {
        let verifier = WebhookVerifier::new(&configured).unwrap();
        assert!(
            verifier.verify(Some(&header), b"{}", now()).is_ok(),
            "{configured:?}"
        );
        // Who signs with the same configured value is understood by a receiver of the plain one.
        let signer = WebhookSigner::new(&configured).unwrap();
        let header = signer.header(b"{}", now(), [7; 16]);
        let plain = WebhookVerifier::new(secret).unwrap();
        assert!(
            plain.verify(Some(&header), b"{}", now()).is_ok(),
            "{configured:?}"
        );
    }
    // A secret that truly has quotes or blanks around it still verifies.
    let odd = "' quoted by hand '";
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, odd.as_bytes());
    let (signed, _) = header["Bearer ".len()..].rsplit_once('.').unwrap();
    let signature = base64(ring::hmac::sign(&key, signed.as_bytes()).as_ref());
    let verifier = WebhookVerifier::new(odd).unwrap();
    let header = format!("Bearer {signed}.{signature}");
    assert!(verifier.verify(Some(&header), b"{}", now()).is_ok());

    for (secret, error) in [
        ("", WebhookError::EmptySecret),
        ("\"\"", WebhookError::EmptySecret),
        ("\n", WebhookError::EmptySecret),
        ("\u{200b}", WebhookError::EmptySecret),
        ("undefined", WebhookError::PlaceholderSecret),
        ("'null'\n", WebhookError::PlaceholderSecret),
        ("${WEBHOOK_SECRET}", WebhookError::PlaceholderSecret),
    ] {
        assert_eq!(
            WebhookVerifier::new(secret).err(),
            Some(error.clone()),
            "{secret:?}"
        );
        assert_eq!(
            WebhookSigner::new(secret).err(),
            Some(error.clone()),
            "{secret:?}"
        );
        assert_eq!(error.status(), 500);
    }
}
