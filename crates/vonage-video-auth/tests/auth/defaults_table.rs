//! The table of defaults in the README, read and held against what the code does.

use std::collections::HashMap;

use vonage_video_auth::{
    DEFAULT_LEEWAY, DEFAULT_MAX_AGE, DEFAULT_TTL, LONGEST_DATA, LONGEST_LAYOUT, LONGEST_TTL,
    MAX_AGE_WITH_INBOX, RestTokens, Role, WebhookSigner, WebhookVerifier,
};

use crate::common::*;

#[test]
fn the_readme_says_what_the_code_does() {
    let readme = include_str!("../../README.md");
    let rows: HashMap<&str, (&str, &str)> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix('|'))
        .filter_map(|line| {
            let mut cells = line.split('|').map(str::trim);
            Some((cells.next()?, (cells.next()?, cells.next()?)))
        })
        .collect();
    let row = |name: &str| rows[name];
    let words = |duration: std::time::Duration, unit: u64, name: &str| {
        format!("{} {name}", duration.as_secs() / unit)
    };

    let (ttl, longest) = row("ttl of client tokens");
    assert_eq!(ttl, words(DEFAULT_TTL, 3_600, "hours"));
    assert_eq!(longest, words(LONGEST_TTL, 86_400, "days"));
    assert_eq!(row("role").0, Role::default().as_str());
    assert_eq!(
        row("connection data").1,
        format!("{LONGEST_DATA} characters")
    );
    assert_eq!(
        row("layout classes").1,
        format!("{LONGEST_LAYOUT} characters")
    );

    for (environment, credentials, session, algorithm) in [
        ("OpenTok", opentok(), OPENTOK_SESSION, "HS256"),
        ("Vonage", vonage(), VONAGE_SESSION, "RS256"),
    ] {
        let token = credentials.token(session).sign_at(now()).unwrap();
        let header = format!("{{\"alg\":\"{algorithm}\",\"typ\":\"JWT\"}}");
        assert!(token.starts_with(&base64(header.as_bytes())));
        let format = row(&format!("format of client tokens, {environment}"));
        assert_eq!(format.0, format!("JWT ({algorithm})"));
        let rest = credentials.rest_token(now()).unwrap();
        let ttl = rest.expires_at().duration_since(rest.issued_at()).unwrap();
        assert_eq!(
            row(&format!("ttl of REST tokens, {environment}")).0,
            words(ttl, 1, "seconds")
        );
    }

    let (leeway, longest) = row("`iat` of REST tokens is dated back by");
    assert_eq!(leeway, words(DEFAULT_LEEWAY, 1, "seconds"));
    let tokens = RestTokens::with_leeway(opentok(), std::time::Duration::MAX);
    let back = now()
        .duration_since(tokens.authorization(now()).unwrap().issued_at())
        .unwrap();
    assert_eq!(longest, words(back, 1, "seconds"));

    let (age, oldest) = row("age of a webhook's signature");
    assert_eq!(age, words(DEFAULT_MAX_AGE, 1, "seconds"));
    let oldest = oldest.split_once(" where").unwrap().0;
    assert_eq!(oldest, words(MAX_AGE_WITH_INBOX, 1, "seconds"));

    let tolerance: i64 = row("tolerance of webhooks")
        .0
        .split(' ')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let header = WebhookSigner::new("secret")
        .unwrap()
        .header(b"", now(), [0; 16]);
    let verifier = WebhookVerifier::new("secret").unwrap();
    assert!(
        verifier
            .verify(Some(&header), b"", after(tolerance))
            .is_ok()
    );
    assert!(
        verifier
            .verify(Some(&header), b"", after(tolerance + 1))
            .is_err()
    );
}
