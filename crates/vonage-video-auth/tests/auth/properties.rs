//! Mint, verify and inspect agree on anything, and nothing panics on anything.

use proptest::prelude::*;
use vonage_video_auth::{
    Credentials, Inspector, PrivateKey, PublicKey, RestTokens, SessionInfo, SignatureState,
    TokenFormat, TokenKind, TokenPolicy, Verifier, WebhookSigner, WebhookVerifier, inspect, peek,
};

use crate::common::*;

#[derive(Clone, Debug)]
struct Wish {
    role: &'static str,
    ttl: u64,
    data: Option<String>,
    classes: Vec<String>,
    extra: String,
    format: TokenFormat,
}

fn wishes() -> impl Strategy<Value = Wish> {
    (
        prop::sample::select(vec![
            "subscriber",
            "publisher",
            "publisheronly",
            "moderator",
        ]),
        1_u64..=2_592_000,
        prop::option::of("\\PC{0,200}|[\\x00-\\x7f]{0,200}"),
        prop::collection::vec("[^\\s]{1,20}", 0..5),
        any::<String>(),
        prop::sample::select(vec![TokenFormat::Jwt, TokenFormat::T1]),
    )
        .prop_map(|(role, ttl, data, classes, extra, format)| Wish {
            role,
            ttl,
            data,
            classes,
            extra,
            format,
        })
}

fn mint(credentials: &Credentials, session: &str, wish: &Wish) -> String {
    let mut token = credentials
        .token(session)
        .role(wish.role)
        .ttl(seconds(wish.ttl))
        .layout_classes(&wish.classes)
        .claim("extra claim&=", wish.extra.as_str())
        .format(wish.format);
    if let Some(data) = &wish.data {
        token = token.data(data);
    }
    token.sign_at(now()).unwrap()
}

fn agree(credentials: &Credentials, session: &str, wish: &Wish) -> Result<(), TestCaseError> {
    let token = mint(credentials, session, wish);
    let verifier = credentials.verifier().unwrap();
    let claims = verifier.verify_client_token(&token, now()).unwrap();
    prop_assert_eq!(claims.role.as_str(), wish.role);
    prop_assert_eq!(&claims.connection_data, &wish.data);
    prop_assert_eq!(&claims.layout_classes, &wish.classes);
    prop_assert_eq!(claims.expires_at, Some(now() + seconds(wish.ttl)));
    prop_assert_eq!(claims.issued_at, Some(now()));
    prop_assert_eq!(&claims.session_id, session);

    let inspection = Inspector::new(now())
        .verifier(&verifier)
        .session_id(session)
        .inspect(&token);
    prop_assert!(inspection.is_fine(), "{}", inspection);
    prop_assert_eq!(inspection.signature, SignatureState::Valid);
    prop_assert_eq!(inspection.role, Some(claims.role));
    prop_assert_eq!(inspection.connection_data, claims.connection_data);
    prop_assert_eq!(inspection.layout_classes, claims.layout_classes);
    prop_assert_eq!(inspection.expires_at, claims.expires_at);

    let peeked = peek(&token).unwrap();
    prop_assert_eq!(peeked.kind, TokenKind::Client);
    prop_assert_eq!(peeked.project.as_deref(), Some(credentials.project()));
    prop_assert_eq!(peeked.session_id.as_deref(), Some(session));
    Ok(())
}

proptest! {
    #[test]
    fn opentok_mints_verifies_and_inspects_alike(wish in wishes()) {
        agree(&opentok(), OPENTOK_SESSION, &wish)?;
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        everything(&text);
        everything(&format!("T1=={}", base64(text.as_bytes())));
        everything(&format!("T1=={}", base64(format!("partner_id=1&sig={}:{text}", "0".repeat(40)).as_bytes())));
        everything(&format!("{}.{}.{}", base64(br#"{"alg":"HS256"}"#), base64(text.as_bytes()), base64(text.as_bytes())));
        everything(&format!("-----BEGIN PRIVATE KEY-----{}-----END PRIVATE KEY-----", base64(text.as_bytes())));
    }

    /// Claims of every type in every place.
    #[test]
    fn no_claims_panic(values in prop::collection::vec(prop::sample::select(vec!["0", "-1", "1e308", "9223372036854775807", "-9223372036854775808", "18446744073709551615", "null", "true", "\"\"", "\"1_MX4~\"", "[]", "{}", "[1]", "\"\\u0000\""]), 10)) {
        let names = ["iat", "exp", "role", "session_id", "scope", "connection_data", "initial_layout_class_list", "iss", "ist", "payload_hash"];
        let fields: Vec<_> = names.iter().zip(values).map(|(name, value)| format!("\"{name}\":{value}")).collect();
        let payload = format!("{{{}}}", fields.join(","));
        for header in [r#"{"alg":"HS256"}"#, r#"{"alg":"RS256"}"#, r#"{"alg":7,"ist":7}"#] {
            everything(&hs256(header, &payload, API_SECRET));
        }
    }

    /// What an inspection finds nothing against, with the right key, the verifier accepts.
    #[test]
    fn a_fine_token_verifies(
        claims in prop::collection::vec(prop::sample::select(vec![
            r#""iat":1700000000"#, r#""iat":1699990000"#, r#""iat":1600000000"#, r#""exp":1700000300"#,
            r#""exp":1700080000"#, r#""exp":1702592000"#, r#""exp":1702592001"#, r#""exp":null"#,
            r#""nbf":1700000001"#, r#""role":"moderator""#, r#""role":"r""#, r#""sub":"video""#,
            r#""sub":"alice""#, r#""aud":"x""#, r#""acl":{"paths":{"/**":{}}}"#, r#""acl":{}"#,
            r#""ist":"project""#, r#""ist":"x""#, r#""scope":"session.connect""#,
            r#""session_id":"1_MX4xMjM0NTZ-fk1vbiBNYXIgMTcgMDA6NDE6MzEgUERUIDIwMTR-MC42ODM3ODk1MzQ0OTQyODA4fg""#,
            r#""session_id":"1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg2NDd-MTF4TGExYmJoelBlR1FHbVhzbWd4STBrfn5-""#,
        ]), 0..7),
        opentok_token in any::<bool>(),
    ) {
        let (owner, verifier) = if opentok_token {
            (format!(r#""iss":"{API_KEY}""#), opentok().verifier().unwrap())
        } else {
            (format!(r#""application_id":"{APPLICATION}""#), vonage().verifier().unwrap())
        };
        let payload = format!("{{{}}}", [vec![owner.as_str()], claims].concat().join(","));
        let token = if opentok_token {
            hs256(r#"{"alg":"HS256"}"#, &payload, API_SECRET)
        } else {
            rs256(r#"{"alg":"RS256"}"#, &payload)
        };
        let inspection = Inspector::new(now()).verifier(&verifier).inspect(&token);
        if inspection.is_fine() {
            prop_assert_eq!(inspection.signature, SignatureState::Valid);
            match inspection.kind {
                Some(TokenKind::Client) => {
                    prop_assert!(verifier.verify_client_token(&token, now()).is_ok(), "{}", payload);
                }
                _ => prop_assert!(verifier.verify_rest_token(&token, now()).is_ok(), "{}", payload),
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
        let _ = PrivateKey::from_der(&bytes);
        let _ = PublicKey::from_der(&bytes);
        everything(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_damaged_key_is_an_error_or_a_key(at in 0_usize..1_200, byte in any::<u8>()) {
        let body: String = PRIVATE_KEY.lines().filter(|line| !line.starts_with('-')).collect();
        let mut der = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, body).unwrap();
        if let Some(there) = der.get_mut(at) {
            *there = byte;
        }
        let _ = PrivateKey::from_der(&der);
        let _ = PublicKey::from_der(&der);
    }

    #[test]
    fn a_webhook_verifies_over_its_own_body_only(body in any::<Vec<u8>>(), other in any::<Vec<u8>>(), secret in "\\PC{1,50}") {
        prop_assume!(body != other);
        let signer = WebhookSigner::new(&secret);
        // Empty, or a placeholder such as `<a>`.
        prop_assume!(signer.is_ok());
        let header = signer.unwrap().header(&body, now(), [1; 16]);
        let verifier = WebhookVerifier::new(&secret).unwrap();
        prop_assert!(verifier.verify(Some(&header), &body, now()).is_ok());
        prop_assert!(verifier.verify(Some(&header), &other, now()).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn vonage_mints_verifies_and_inspects_alike(wish in wishes()) {
        let wish = Wish { format: TokenFormat::Jwt, ..wish };
        agree(&vonage(), VONAGE_SESSION, &wish)?;
    }
}

/// A PKCS#8 wrapper around a wrapper, and so on: a reader that follows them all runs out of stack.
#[test]
fn a_key_in_a_million_wrappers_is_none() {
    const HEAD: &[u8] = &[
        0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
        0x01, 0x05, 0x00,
    ];
    // From the inside out, and so from the end to the beginning.
    let mut reversed = Vec::new();
    let wrap = |reversed: &mut Vec<u8>, tag: u8| {
        let length = u32::try_from(reversed.len()).unwrap();
        reversed.extend(length.to_le_bytes());
        reversed.extend([0x84, tag]);
    };
    for _ in 0..1_000_000 {
        wrap(&mut reversed, 0x04);
        reversed.extend(HEAD.iter().rev());
        wrap(&mut reversed, 0x30);
    }
    reversed.reverse();
    assert!(PrivateKey::from_der(&reversed).is_err());
    assert!(PublicKey::from_der(&reversed).is_err());
}

/// `Send` and `Sync`, for programs that share one between threads.
#[test]
fn everything_that_is_shared_can_be() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Credentials>();
    shared::<PrivateKey>();
    shared::<PublicKey>();
    shared::<RestTokens>();
    shared::<TokenPolicy>();
    shared::<Verifier>();
    shared::<WebhookVerifier>();
    shared::<WebhookSigner>();
}

/// Everything that takes a text.
fn everything(text: &str) {
    let (opentok, webhook) = (opentok(), WebhookVerifier::new("secret").unwrap());
    let verifier = opentok.verifier().unwrap();
    let _ = verifier.verify_client_token(text, now());
    let _ = verifier.verify_rest_token(text, now());
    let _ = peek(text);
    let _ = SessionInfo::decode(text);
    let _ = inspect(text, now()).to_string();
    let _ = Inspector::new(now())
        .verifier(&verifier)
        .webhook_verifier(&webhook)
        .inspect(text)
        .to_string();
    let _ = webhook.verify(Some(text), text.as_bytes(), now());
    let _ = webhook.verify(Some(&format!("Bearer {text}")), text.as_bytes(), now());
    let _ = PrivateKey::from_pem(text);
    let _ = PublicKey::from_pem(text);
    let _ = Credentials::opentok(text, text);
    let _ = Credentials::vonage(text, text);
}
