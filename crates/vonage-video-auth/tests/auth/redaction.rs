//! Every public type that has a `Debug` or a `Display`, formatted, and no secret in any of it.

use std::fmt::Debug;

use vonage_video_auth::{
    ClaimValue, Credentials, CredentialsError, Environment, Error, Inspector, IpAllowList,
    OverLimit, PrivateKey, PublicKey, RestTokens, Role, Seed, SessionInfo, TokenError, TokenFormat,
    TokenKind, TokenPolicy, Verifier, WebhookSigner, WebhookVerifier, inspect, peek, personal_data,
};

use crate::common::*;

const WEBHOOK_SECRET: &str = "webhookSecretThatNobodyMaySee";
const DATA: &str = "connectionDataThatIsPersonal";

struct Output(Vec<String>, String);

impl Output {
    fn debug<T: Debug>(&mut self, value: &T) {
        self.1 += &format!(" {} ", std::any::type_name::<T>());
        self.0.push(format!("{value:?}"));
        self.0.push(format!("{value:#?}"));
    }

    fn error<E: Into<Error>>(&mut self, error: E) {
        self.1 += &format!(" {} ", std::any::type_name::<E>());
        let error = error.into();
        self.debug(&error);
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(error) = cause {
            self.0.push(error.to_string());
            self.0.push(format!("{error:?}"));
            cause = error.source();
        }
    }
}

#[test]
fn no_public_type_shows_a_secret() {
    let mut out = Output(Vec::new(), String::new());
    let mut secrets = vec![
        API_SECRET.to_owned(),
        WEBHOOK_SECRET.to_owned(),
        DATA.to_owned(),
    ];
    secrets.extend(
        PRIVATE_KEY
            .lines()
            .filter(|line| !line.starts_with('-'))
            .map(|line| line[..16.min(line.len())].to_owned()),
    );
    let key = PrivateKey::from_pem(PRIVATE_KEY).unwrap();
    let remote = Credentials::with_signer(APPLICATION, |_: &[u8]| Ok(vec![0; 256])).unwrap();

    for credentials in [
        opentok(),
        vonage(),
        Credentials::opentok_account(API_KEY, API_SECRET).unwrap(),
        remote,
    ] {
        let session = if credentials.project() == API_KEY {
            OPENTOK_SESSION
        } else {
            VONAGE_SESSION
        };
        out.debug(&credentials);
        out.debug(&credentials.verifier());
        let draft = || {
            credentials
                .token(session)
                .data(DATA)
                .claim("x", DATA)
                .layout_classes(["a"])
        };
        out.debug(&draft());
        let rest = credentials.rest_token(now()).unwrap();
        secrets.push(rest.token().rsplit('.').next().unwrap().to_owned());
        out.debug(&rest);
        let cache = RestTokens::new(credentials.clone());
        cache.authorization(now()).unwrap();
        out.debug(&cache);
        if let (Ok(token), Some(verifier)) = (draft().sign_at(now()), credentials.verifier()) {
            secrets.push(token.clone());
            secrets.push(token.rsplit('.').next().unwrap().to_owned());
            out.debug(&verifier.verify_client_token(&token, now()).unwrap());
            out.debug(&verifier.verify_rest_token(rest.token(), now()).unwrap());
            out.debug(&inspect(&token, now()));
            out.debug(&Inspector::new(now()).verifier(&verifier));
            out.debug(&peek(&token).unwrap());
        }
    }

    out.debug(&key);
    out.debug(&PublicKey::from_pem(PUBLIC_KEY).unwrap());
    let policy = TokenPolicy::new()
        .highest_role(Role::Publisher)
        .longest_ttl(seconds(1))
        .data(DATA)
        .over_limit(OverLimit::Clamp);
    out.debug(&policy);
    let webhook = WebhookVerifier::with_secrets([WEBHOOK_SECRET]).unwrap();
    let header = WebhookSigner::new(WEBHOOK_SECRET)
        .unwrap()
        .header(b"{}", now(), [0; 16]);
    out.debug(&webhook);
    out.debug(&WebhookSigner::new(WEBHOOK_SECRET).unwrap());
    out.debug(&webhook.verify(Some(&header), b"{}", now()).unwrap());
    out.debug(&inspect(&header, now()));
    out.debug(&(
        SessionInfo::decode(VONAGE_SESSION).unwrap(),
        Seed::new(now(), 1, [0; 16]),
        TokenFormat::Jwt,
        IpAllowList::vonage(),
        ClaimValue::from(DATA),
        ClaimValue::json(&format!("[\"{DATA}\"]")).unwrap(),
    ));
    if let ClaimValue::Json(json) = ClaimValue::json(&format!("[\"{DATA}\"]")).unwrap() {
        out.debug(&json);
    }
    let inspection = inspect("", now());
    out.debug(&(
        inspection.remarks[0].clone(),
        inspection.remarks[0].severity,
        inspection.signature,
        Environment::OpenTok,
        Role::Moderator,
        OverLimit::Clamp,
        TokenKind::Client,
        personal_data("ann@example.com").unwrap(),
    ));

    // Errors about the secrets themselves, and about secrets in the wrong place.
    for text in [
        PRIVATE_KEY,
        API_SECRET,
        &PRIVATE_KEY[..400],
        &PRIVATE_KEY.replace("PRIVATE", "PUBLIC"),
        &PRIVATE_KEY.replace("-----", "--"),
        WEBHOOK_SECRET,
    ] {
        for error in [
            PublicKey::from_pem(text).err(),
            PrivateKey::from_pem(&text[1..]).err(),
        ]
        .into_iter()
        .flatten()
        {
            out.error(error);
        }
        let pairs = [
            (text, text),
            (APPLICATION, text),
            (text, APPLICATION),
            (API_KEY, text),
            (text, API_KEY),
            (text, PRIVATE_KEY),
            (text, API_SECRET),
        ];
        for (first, second) in pairs {
            if let Err(error) = Credentials::vonage(first, second) {
                out.error(error);
            }
            if let Err(error) = Credentials::opentok(first, second) {
                out.error(error);
            }
            if let Err(error) = Verifier::opentok(first, second) {
                out.error(error);
            }
            let lookup = |name: &str| {
                Some(if name.ends_with("KEY") || name.ends_with("ID") {
                    first.to_owned()
                } else {
                    second.to_owned()
                })
            };
            if let Err(error) = Credentials::from_vars(lookup) {
                if let CredentialsError::Variables(report) = &error {
                    out.debug(&**report);
                    out.0.push(report.to_string());
                    report.iter().for_each(|(_, state)| out.debug(state));
                }
                out.error(error);
            }
        }
    }
    let (opentok, verifier) = (opentok(), opentok().verifier().unwrap());
    out.error(
        opentok
            .token(OPENTOK_SESSION)
            .data(DATA.repeat(100))
            .sign_at(now())
            .unwrap_err(),
    );
    out.error(
        opentok
            .token(OPENTOK_SESSION)
            .data("other")
            .policy(&TokenPolicy::new().data(DATA))
            .sign_at(now())
            .unwrap_err(),
    );
    out.error(
        opentok
            .token(VONAGE_SESSION)
            .data(DATA)
            .sign_at(now())
            .unwrap_err(),
    );
    let token = vonage()
        .token(VONAGE_SESSION)
        .data(DATA)
        .sign_at(now())
        .unwrap();
    out.error(SessionInfo::decode(DATA).unwrap_err());
    out.error("x".parse::<Role>().unwrap_err());
    out.debug(
        &opentok
            .token(OPENTOK_SESSION)
            .data(DATA)
            .issue_at(now())
            .unwrap(),
    );
    #[cfg(feature = "aws-lc-rs")]
    out.debug(&vonage_video_auth::AwsLcSigner::from_pem(PRIVATE_KEY).unwrap());
    #[cfg(feature = "serde")]
    {
        let config = format!(r#"{{"api_key":{API_KEY},"api_secret":"{API_SECRET}"}}"#);
        let config = serde_json::from_str::<vonage_video_auth::CredentialsConfig>(&config);
        out.debug(&config.unwrap());
    }
    let policy = TokenPolicy::new().sessions(["other"]);
    let refused = opentok.token(OPENTOK_SESSION).data(DATA).policy(&policy);
    match refused.sign_at(now()).unwrap_err() {
        TokenError::Policy(error) => out.error(error),
        other => panic!("{other}"),
    }
    out.error(verifier.verify_client_token(&token, now()).unwrap_err());
    out.error(
        webhook
            .verify(Some(&format!("Bearer {token}")), b"", now())
            .unwrap_err(),
    );

    assert!(out.0.len() > 300, "only {} texts", out.0.len());
    for name in public_types() {
        let missing = match name {
            "CredentialsConfig" => cfg!(not(feature = "serde")),
            "AwsLcSigner" => cfg!(not(feature = "aws-lc-rs")),
            _ => false,
        };
        if missing {
            continue;
        }
        let ends = [" ", ",", ">", ")", "<"].map(|end| format!("::{name}{end}"));
        assert!(
            ends.iter().any(|end| out.1.contains(end)),
            "{name} was not formatted"
        );
    }
    for text in &out.0 {
        for secret in &secrets {
            assert!(
                !text.contains(secret.as_str()),
                "{secret:?} stands in {text}"
            );
        }
    }
}

/// What `lib.rs` exports, but for functions, constants, and the traits and aliases that hold
/// nothing.
fn public_types() -> Vec<&'static str> {
    const NOTHING: [&str; 5] = [
        "AsyncSigner",
        "SignFuture",
        "Signer",
        "SignerError",
        "Error",
    ];
    let exports = include_str!("../../src/lib.rs").split("pub use ").skip(1);
    let names: Vec<_> = exports
        .filter_map(|export| export.split(';').next()?.split_once("::"))
        .flat_map(|(_, names)| names.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
        .filter(|name| name.contains(|c: char| c.is_ascii_lowercase()) && !NOTHING.contains(name))
        .collect();
    assert!(names.len() > 35, "{names:?}");
    names
}
