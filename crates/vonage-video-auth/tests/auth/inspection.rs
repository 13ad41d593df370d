//! What a person reads about good and bad tokens.

use vonage_video_auth::{
    Inspector, Remark, Role, Severity, SignatureState, TokenFormat, Verifier, WebhookSigner,
    WebhookVerifier, inspect,
};

use crate::common::*;

#[track_caller]
fn assert_reads(token: &str, expected: &str) {
    assert_eq!(
        inspect(token, now()).to_string(),
        expected.trim_matches('\n')
    );
}

#[test]
fn a_good_vonage_token() {
    let token = vonage()
        .token(VONAGE_SESSION)
        .role(Role::Moderator)
        .data("user=7")
        .layout_classes(["focus", "big"])
        .sign_at(after(-60))
        .unwrap();
    assert_reads(
        &token,
        r#"
Client token of Vonage, JWT signed with RS256
  project          29f760f8-7ce1-46c9-ade3-f2dedee4ed5f
  session          1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg2NDd-MTF4TGExYmJoelBlR1FHbVhzbWd4STBrfn5-
    belongs to     29f760f8-7ce1-46c9-ade3-f2dedee4ed5f
    created        2024-09-16 04:56:28 UTC (in 306 days 6 hours)
  role             moderator
  connection data  "user=7"
  layout classes   focus big
  issued           2023-11-14 22:12:20 UTC (1 minute ago)
  expires          2023-11-15 22:12:20 UTC (in 23 hours 59 minutes)
  signature        not checked, as no key was given
valid, as far as that shows without a key
"#,
    );
}

#[test]
fn an_expired_t1_token_of_another_project_with_personal_data() {
    let credentials = opentok();
    let token = credentials
        .token(VONAGE_SESSION)
        .allow_foreign_session()
        .ttl(seconds(60))
        .data("ann@example.com")
        .format(TokenFormat::T1)
        .sign_at(after(-240))
        .unwrap();
    assert_reads(
        &token,
        r#"
Client token of OpenTok, T1 signed with HMAC-SHA1
  project          123456
  session          1_MX4yOWY3NjBmOC03Y2UxLTQ2YzktYWRlMy1mMmRlZGVlNGVkNWZ-fjE3MjY0NjI1ODg2NDd-MTF4TGExYmJoelBlR1FHbVhzbWd4STBrfn5-
    belongs to     29f760f8-7ce1-46c9-ade3-f2dedee4ed5f
    created        2024-09-16 04:56:28 UTC (in 306 days 6 hours)
  role             publisher
  connection data  "ann@example.com"
  issued           2023-11-14 22:09:20 UTC (4 minutes ago)
  expires          2023-11-14 22:10:20 UTC (3 minutes ago)
  signature        not checked, as no key was given
error: it expired 3 minutes ago
error: it belongs to project "123456" but the session says "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f"
warning: its connection data seems to hold an e-mail address, and every client of the session can read it: put an id of your own there
"#,
    );
}

#[test]
fn a_rest_token_and_a_webhook_token() {
    assert_reads(
        opentok().rest_token(now()).unwrap().header_value(),
        r"
REST token of OpenTok, JWT signed with HS256
  project          123456
  issued           2023-11-14 22:12:50 UTC (30 seconds ago)
  expires          2023-11-14 22:17:50 UTC (in 4 minutes 30 seconds)
  signature        not checked, as no key was given
valid, as far as that shows without a key
",
    );
    // With the scheme of the header in front, as it is copied from a log.
    let token = vonage().rest_token(now()).unwrap();
    assert!(inspect(token.header_value(), now()).is_fine());
    let webhook = WebhookSigner::new("s")
        .unwrap()
        .application_id(APPLICATION)
        .header(b"{}", after(-360), [0; 16]);
    assert_reads(
        &webhook,
        r"
Webhook token of Vonage, JWT signed with HS256
  project          29f760f8-7ce1-46c9-ade3-f2dedee4ed5f
  issued           2023-11-14 22:07:20 UTC (6 minutes ago)
  signature        not checked, as no key was given
warning: it was signed 6 minutes ago, too long to be accepted now
",
    );
}

fn codes(token: &str) -> Vec<(Severity, &'static str)> {
    inspect(token, now())
        .remarks
        .into_iter()
        .map(|Remark { severity, code, .. }| (severity, code))
        .collect()
}

#[test]
fn each_thing_that_is_wrong_has_its_remark() {
    use Severity::{Error, Note, Warning};
    let opentok = |claims: &str| {
        hs256(
            HS256,
            &format!(
                r#"{{"iss":"{API_KEY}","ist":"project","iat":{NOW},"exp":{},"role":"publisher","scope":"session.connect","session_id":"{OPENTOK_SESSION}"{claims}}}"#,
                NOW + 60
            ),
            API_SECRET,
        )
    };
    let change = |from: String, to: String| {
        let payload = format!(
            r#"{{"iss":"{API_KEY}","ist":"project","iat":{NOW},"exp":{},"role":"publisher","scope":"session.connect","session_id":"{OPENTOK_SESSION}"}}"#,
            NOW + 60
        );
        assert!(payload.contains(&from));
        hs256(HS256, &payload.replace(&from, &to), API_SECRET)
    };
    let exp = |value: String| change(format!("\"exp\":{}", NOW + 60), value);
    let rest = |payload: &str| hs256(HS256, payload, API_SECRET);
    let vonage = |payload: &str| rs256(RS256, payload);
    let table = [
        (opentok(""), vec![]),
        (
            exp(format!("\"exp\":{NOW}000")),
            vec![(Error, "milliseconds")],
        ),
        (
            exp(format!("\"exp\":{}", NOW + 2_592_001)),
            vec![(Error, "too-long")],
        ),
        (exp("\"x\":1".to_owned()), vec![(Warning, "no-expiry")]),
        (exp("\"exp\":[]".to_owned()), vec![(Error, "unreadable")]),
        (
            change(format!("\"iat\":{NOW}"), format!("\"iat\":{}", NOW + 30)),
            vec![(Error, "future")],
        ),
        (
            change(
                format!("\"iat\":{NOW},\"exp\":{}", NOW + 60),
                format!("\"iat\":{},\"exp\":{}", NOW + 90, NOW + 60),
            ),
            vec![(Error, "future"), (Error, "never-valid")],
        ),
        (
            change("publisher".to_owned(), "Publisher".to_owned()),
            vec![(Error, "role")],
        ),
        (
            change("\"role\":\"publisher\",".to_owned(), String::new()),
            vec![(Warning, "no-role")],
        ),
        (
            change("session.connect".to_owned(), "x".to_owned()),
            vec![(Error, "scope")],
        ),
        (
            change(OPENTOK_SESSION.to_owned(), VONAGE_SESSION.to_owned()),
            vec![(Error, "foreign-session")],
        ),
        (
            change(OPENTOK_SESSION.to_owned(), "1_%".to_owned()),
            vec![(Error, "session")],
        ),
        (
            change(format!("\"iss\":\"{API_KEY}\","), String::new()),
            vec![(Error, "no-project")],
        ),
        (
            opentok(&format!(r#","connection_data":"{}""#, "x".repeat(1_001))),
            vec![(Error, "data-too-long")],
        ),
        (
            opentok(r#","connection_data":"call +44 20 7946 0000""#),
            vec![(Warning, "personal-data")],
        ),
        (opentok(r#","data":"x""#), vec![(Warning, "data-claim")]),
        (
            opentok(&format!(r#","nbf":{}"#, NOW + 30)),
            vec![(Error, "not-before")],
        ),
        (
            rest(&format!(
                r#"{{"iss":"{API_KEY}","ist":"project","exp":{}}}"#,
                NOW + 60
            )),
            vec![(Error, "no-issue")],
        ),
        (
            opentok(r#","initial_layout_class_list":["a"]"#),
            vec![(Note, "layout-array")],
        ),
        (
            opentok(&format!(
                r#","initial_layout_class_list":"{}""#,
                "x".repeat(1_001)
            )),
            vec![(Error, "layout-too-long")],
        ),
        (opentok(r#","subject":"video""#), vec![(Note, "subject")]),
        (
            rest(&format!(
                r#"{{"iss":"{API_KEY}","ist":"account","iat":{NOW},"exp":{}}}"#,
                NOW + 300
            )),
            vec![(Note, "account")],
        ),
        (
            rest(&format!(
                r#"{{"iss":"{API_KEY}","iat":{NOW},"exp":{}}}"#,
                NOW + 301
            )),
            vec![(Error, "too-long"), (Error, "ist")],
        ),
        (
            rest(&format!(
                r#"{{"iss":"{API_KEY}","ist":"project","iat":{NOW}}}"#
            )),
            vec![(Error, "no-expiry")],
        ),
        (
            rest(&format!(
                r#"{{"iss":"a1b2c3d4","ist":"project","iat":{NOW},"exp":{}}}"#,
                NOW + 300
            )),
            vec![(Error, "project")],
        ),
        (
            vonage(&format!(
                r#"{{"application_id":"{APPLICATION}","iat":{NOW}}}"#
            )),
            vec![(Warning, "no-expiry")],
        ),
        (
            vonage(&format!(
                r#"{{"application_id":"{API_KEY}","iat":{NOW},"exp":{}}}"#,
                NOW + 900
            )),
            vec![(Error, "project")],
        ),
        (
            vonage(&format!(r#"{{"iat":{NOW},"exp":{}}}"#, NOW + 900)),
            vec![(Error, "no-project")],
        ),
        (
            rest(&format!(r#"{{"iss":"Vonage","iat":{NOW}}}"#)),
            vec![(Error, "payload-hash")],
        ),
        (
            rest(r#"{"iss":"Vonage","payload_hash":"x"}"#),
            vec![(Error, "no-issue")],
        ),
        (
            hs256(
                r#"{"alg":"none"}"#,
                &format!(
                    r#"{{"application_id":"{APPLICATION}","iat":{NOW},"exp":{}}}"#,
                    NOW + 900
                ),
                "",
            ),
            vec![(Error, "algorithm")],
        ),
        (String::new(), vec![(Error, "unreadable")]),
        (PRIVATE_KEY.to_owned(), vec![(Error, "unreadable")]),
        (VONAGE_SESSION.to_owned(), vec![(Error, "unreadable")]),
        (APPLICATION.to_owned(), vec![(Error, "unreadable")]),
        ("T1==%%%".to_owned(), vec![(Error, "unreadable")]),
        ("a.b.c".to_owned(), vec![(Error, "unreadable")]),
    ];
    for (token, expected) in table {
        assert_eq!(codes(&token), expected, "{}", inspect(&token, now()));
    }
}

#[test]
fn a_key_tells_more() {
    let token = opentok().token(OPENTOK_SESSION).sign_at(now()).unwrap();
    let check = |verifier: &Verifier| {
        let inspection = Inspector::new(now()).verifier(verifier).inspect(&token);
        (
            inspection.signature,
            inspection
                .remarks
                .iter()
                .map(|remark| remark.text.clone())
                .collect::<Vec<_>>()
                .join("; "),
        )
    };
    assert_eq!(
        check(&opentok().verifier().unwrap()),
        (SignatureState::Valid, String::new())
    );
    let (state, words) = check(&Verifier::opentok(API_KEY, &"another".repeat(6)).unwrap());
    assert_eq!(state, SignatureState::Invalid);
    assert!(words.contains("the signature does not match"), "{words}");
    let (state, words) = check(&Verifier::opentok("654321", API_SECRET).unwrap());
    assert_eq!(state, SignatureState::Invalid);
    assert!(words.contains("\"654321\" was expected"), "{words}");
    let (state, words) = check(&vonage().verifier().unwrap());
    assert_eq!(state, SignatureState::Invalid);
    assert!(words.contains("RS256 was expected"), "{words}");

    // An old token's signature is still good.
    let verifier = opentok().verifier().unwrap();
    let old = Inspector::new(after(90_000))
        .verifier(&verifier)
        .inspect(&token);
    assert_eq!(old.signature, SignatureState::Valid);
    assert!(
        old.to_string().contains("error: it expired 1 hour ago"),
        "{old}"
    );

    let other = Inspector::new(now())
        .session_id(VONAGE_SESSION)
        .inspect(&token);
    assert_eq!(other.remarks[0].code, "other-session");

    let header = WebhookSigner::new("secret")
        .unwrap()
        .header(b"{}", now(), [0; 16]);
    for (secret, state) in [
        ("secret", SignatureState::Valid),
        ("other", SignatureState::Invalid),
    ] {
        let verifier = WebhookVerifier::new(secret).unwrap();
        assert_eq!(
            Inspector::new(now())
                .webhook_verifier(&verifier)
                .inspect(&header)
                .signature,
            state
        );
    }
}

#[test]
fn nothing_in_a_token_reaches_the_terminal_raw() {
    let token = opentok()
        .token(OPENTOK_SESSION)
        .role(Role::Other("\u{1b}[2J\u{7}\u{202e}".into()))
        .data("\u{1b}]0;owned\u{7}\n")
        .sign_at(now())
        .unwrap();
    let text = inspect(&token, now()).to_string();
    let tricks = ['\u{1b}', '\u{7}', '\u{202e}'];
    assert!(!text.contains(tricks), "{text:?}");
}
