//! Tokens that were damaged on their way, and old forms that were not.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use vonage_video_auth::{TokenFormat, Verifier, inspect, peek};

use crate::common::*;

fn verifier() -> Verifier {
    opentok().verifier().unwrap()
}

fn valid_t1() -> String {
    let fields = format!("session_id={OPENTOK_SESSION}&create_time={NOW}&role=publisher");
    t1(API_KEY, &fields, API_SECRET)
}

/// As base64 tools wrap long lines.
fn wrapped(token: &str, end: &str) -> String {
    let lines: Vec<&str> = token
        .as_bytes()
        .chunks(76)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    lines.join(end)
}

#[test]
fn the_reason_names_the_damage_and_its_remedy() {
    let t1 = valid_t1();
    let jwt = opentok().token(OPENTOK_SESSION).sign_at(now()).unwrap();
    let encoded = |token: &str| token.replace('=', "%3D").replace('.', "%2E");
    for (token, words) in [
        (t1["T1==".len()..].to_owned(), "T1== is missing"),
        (t1["T1=".len()..].to_owned(), "T1== is missing"),
        (t1["T".len()..].to_owned(), "T1== is missing"),
        (wrapped(&t1, "\n"), "line break"),
        (wrapped(&t1, "\r\n"), "line break"),
        (wrapped(&jwt, "\n"), "line break"),
        (wrapped(&t1, "\\n"), "line break"),
        (wrapped(&t1, " "), "white space"),
        (wrapped(&jwt, "\u{200b}"), "invisible character"),
        (encoded(&t1), "percent-encoded"),
        (encoded(&jwt), "percent-encoded"),
    ] {
        let error = verifier().verify_client_token(&token, now()).unwrap_err();
        assert!(error.to_string().contains(words), "{token:.20}: {error}");
        let error = peek(&token).unwrap_err();
        assert!(error.to_string().contains(words), "{token:.20}: {error}");
        let inspection = inspect(&token, now());
        assert!(!inspection.is_fine());
        let text = inspection.to_string();
        assert!(text.contains(words), "{token:.20}: {text}");
    }
    // Who inspects pastes: what stands around a token does not matter there.
    for token in [format!("\"{t1}\"\n"), format!("Bearer {jwt}")] {
        assert!(
            inspect(&token, now()).is_fine(),
            "{}",
            inspect(&token, now())
        );
    }
}

#[test]
fn t1_tokens_of_old_sdks_are_read_in_every_order() {
    let valid = valid_t1();
    let text = BASE64_STANDARD.decode(&valid["T1==".len()..]).unwrap();
    let text = String::from_utf8(text).unwrap();
    let (head, fields) = text.split_once(':').unwrap();
    let (partner, sig) = head.split_once('&').unwrap();
    let version = "sdk_version=tbruby-tbrb-v0.91";
    for head in [
        format!("{partner}&{version}&{sig}"),
        format!("{version}&{partner}&{sig}"),
        format!("{sig}&{partner}"),
        format!("{partner}&{sig}&{version}"),
        format!("{partner}&{sig}&x="),
        format!("{partner}&{}", sig.to_uppercase().replace("SIG", "sig")),
    ] {
        let token = format!("T1=={}", BASE64_STANDARD.encode(format!("{head}:{fields}")));
        let claims = verifier().verify_client_token(&token, now()).unwrap();
        assert_eq!(claims.format, TokenFormat::T1, "{head}");
        assert_eq!(claims.project, API_KEY);
        assert_eq!(peek(&token).unwrap().project.as_deref(), Some(API_KEY));
    }
    for (head, words) in [
        (format!("{partner}&{partner}&{sig}"), "twice"),
        (format!("{partner}&{sig}&{sig}"), "twice"),
        (version.to_owned(), "partner_id is missing"),
        (partner.to_owned(), "signature is missing"),
        (format!("{partner}&sig=12"), "40 hexadecimal"),
    ] {
        let token = format!("T1=={}", BASE64_STANDARD.encode(format!("{head}:{fields}")));
        let error = verifier().verify_client_token(&token, now()).unwrap_err();
        assert!(error.to_string().contains(words), "{head}: {error}");
    }
}
