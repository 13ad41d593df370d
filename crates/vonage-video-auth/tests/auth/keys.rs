//! Keys in every form they arrive in, and a specific complaint about everything that is not one.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use vonage_video_auth::{Credentials, PrivateKey, PublicKey};

use crate::common::*;

macro_rules! key {
    ($name:literal) => {
        include_str!(concat!("../fixtures/keys/", $name))
    };
}

fn der(pem: &str) -> Vec<u8> {
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    BASE64_STANDARD.decode(body).unwrap()
}

/// A key is good when it signs what the public key verifies.
fn assert_signs(key: PrivateKey, what: &str) {
    let credentials = Credentials::vonage_with_key(APPLICATION, key).unwrap();
    let token = credentials.token(VONAGE_SESSION).sign_at(now()).unwrap();
    let public = PublicKey::from_pem(PUBLIC_KEY).unwrap();
    let verifier = vonage_video_auth::Verifier::vonage(APPLICATION, public).unwrap();
    verifier
        .verify_client_token(&token, now())
        .unwrap_or_else(|error| panic!("{what}: {error}"));
}

#[test]
fn every_odd_form_of_the_key_is_read() {
    let pem = PRIVATE_KEY;
    let forms = [
        ("as it is", pem.to_owned()),
        ("PKCS#1", key!("pkcs1.pem").to_owned()),
        ("no final newline", pem.trim_end().to_owned()),
        ("CRLF", pem.replace('\n', "\r\n")),
        ("CR alone", pem.replace('\n', "\r")),
        ("literal \\n", pem.replace('\n', "\\n")),
        ("literal \\r\\n", pem.replace('\n', "\\r\\n")),
        ("literal \\\\n", pem.replace('\n', "\\\\n")),
        ("spaces for newlines", pem.replace('\n', " ")),
        ("no newlines at all", pem.replace('\n', "")),
        (
            "a backslash at the end of each line",
            pem.replace('\n', "\\\n"),
        ),
        ("byte order mark", format!("\u{feff}{pem}")),
        ("double quotes", format!("\"{pem}\"")),
        ("single quotes", format!("'{}'", pem.trim_end())),
        (
            "quotes and literal \\n",
            format!("\"{}\"", pem.replace('\n', "\\n")),
        ),
        (
            "indented",
            pem.lines().map(|line| format!("    {line}\n")).collect(),
        ),
        (
            "text in front and behind",
            format!("Bag Attributes\n    friendlyName: x\n{pem}\nthe end"),
        ),
        ("base64 of the PEM", BASE64_STANDARD.encode(pem)),
        (
            "base64 of the PEM, in lines",
            BASE64_STANDARD
                .encode(pem)
                .as_bytes()
                .chunks(76)
                .map(|line| format!("{}\n", std::str::from_utf8(line).unwrap()))
                .collect(),
        ),
        ("base64url of the PEM", base64(pem.as_bytes())),
        (
            "base64 of the PEM with literal \\n",
            BASE64_STANDARD.encode(pem.replace('\n', "\\n")),
        ),
        ("base64 of the DER", BASE64_STANDARD.encode(der(pem))),
        (
            "base64 of the PKCS#1 DER",
            BASE64_STANDARD.encode(der(key!("pkcs1.pem"))),
        ),
        (
            "PKCS#8 under a PKCS#1 label",
            pem.replace("PRIVATE KEY", "RSA PRIVATE KEY"),
        ),
        (
            "together with its certificate",
            format!("{}{pem}", key!("certificate.pem")),
        ),
    ];
    for (what, text) in forms {
        let key = PrivateKey::from_pem(&text).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_signs(key, what);
    }
    assert_signs(PrivateKey::from_der(&der(pem)).unwrap(), "PKCS#8 DER");
    assert_signs(
        PrivateKey::from_der(&der(key!("pkcs1.pem"))).unwrap(),
        "PKCS#1 DER",
    );
}

#[test]
fn a_key_of_4096_bits_signs() {
    let credentials = Credentials::vonage(APPLICATION, key!("rsa4096.pem")).unwrap();
    let token = credentials.token(VONAGE_SESSION).sign_at(now()).unwrap();
    credentials
        .verifier()
        .unwrap()
        .verify_client_token(&token, now())
        .unwrap();
}

/// What each wrong input says, so that a change of words is seen.
#[test]
fn every_wrong_input_says_what_it_is() {
    let pem = PRIVATE_KEY;
    let lines: Vec<_> = pem.lines().collect();
    let without_end = lines[..lines.len() - 1].join("\n");
    let cut = format!(
        "{}\n{}\n{}",
        lines[0],
        lines[1..10].join("\n"),
        lines[lines.len() - 1]
    );
    let changed = pem.replacen(lines[3], &lines[3].chars().rev().collect::<String>(), 1);
    let two = format!("{pem}{}", key!("pkcs1.pem"));
    let trailing = BASE64_STANDARD.encode([der(pem), vec![0]].concat());
    let table: &[(&str, &str, &str)] = &[
        ("nothing", "", "is empty"),
        ("white space", " \n ", "is empty"),
        ("quotes around nothing", "\"\"", "is empty"),
        (
            "a PEM without contents",
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
            "is empty",
        ),
        (
            "an absolute path",
            "/etc/vonage/private.key",
            "looks like a file name",
        ),
        ("a relative path", "./private.key", "looks like a file name"),
        ("a bare file name", "private.key", "looks like a file name"),
        ("a home path", "~/keys/vonage", "looks like a file name"),
        (
            "a Windows path",
            "C:\\keys\\private.pem",
            "looks like a file name",
        ),
        ("a public key", PUBLIC_KEY, "this is a public key"),
        (
            "a PKCS#1 public key",
            key!("public-pkcs1.pem"),
            "this is a public key",
        ),
        (
            "an EC public key",
            key!("ec-public.pem"),
            "this is a public key",
        ),
        (
            "a certificate",
            key!("certificate.pem"),
            "X.509 certificate",
        ),
        (
            "a certificate request",
            key!("request.pem"),
            "certificate request",
        ),
        (
            "an encrypted PKCS#8 key",
            key!("encrypted-pkcs8.pem"),
            "under a passphrase",
        ),
        (
            "an encrypted PKCS#1 key",
            key!("encrypted-pkcs1.pem"),
            "under a passphrase",
        ),
        ("an EC key", key!("ec.pem"), "elliptic curve"),
        (
            "an EC key in PKCS#8",
            key!("ec-pkcs8.pem"),
            "elliptic curve",
        ),
        ("an Ed25519 key", key!("ed25519.pem"), "Ed25519"),
        ("an RSA-PSS key", key!("rsa-pss.pem"), "RSA-PSS"),
        ("a DSA key", key!("dsa.pem"), "DSA"),
        (
            "a 512-bit key",
            key!("rsa512.pem"),
            "512 bits, and at least 2048",
        ),
        (
            "a 1024-bit key",
            key!("rsa1024.pem"),
            "1024 bits, and at least 2048",
        ),
        (
            "an OpenSSH private key",
            key!("openssh.pem"),
            "OpenSSH private key",
        ),
        (
            "an OpenSSH public key",
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ user@host",
            "OpenSSH public key",
        ),
        ("an OpenTok API secret", API_SECRET, "OpenTok API secret"),
        (
            "a Vonage account secret",
            "AbCdEf0123456789",
            "Vonage account API secret",
        ),
        ("an application id", APPLICATION, "an application id"),
        ("a token", "eyJhbGciOiJIUzI1NiJ9.e30.AA", "a token"),
        ("a JWK", r#"{"kty":"RSA","n":"AQAB"}"#, "JSON"),
        ("an error page", "<!DOCTYPE html><html>", "HTML"),
        (
            "a variable that was not filled in",
            "${VONAGE_PRIVATE_KEY}",
            "placeholder for a variable",
        ),
        ("a PuTTY key", "PuTTY-User-Key-File-2: ssh-rsa", "PuTTY"),
        (
            "a PGP key",
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\nxx\n-----END PGP PRIVATE KEY BLOCK-----",
            "PGP PRIVATE KEY BLOCK",
        ),
        (
            "DH parameters",
            "-----BEGIN DH PARAMETERS-----\nMAA=\n-----END DH PARAMETERS-----",
            "DH PARAMETERS",
        ),
        (
            "a cut key without its END line",
            &without_end,
            "no END line",
        ),
        (
            "a BEGIN line alone",
            "-----BEGIN PRIVATE KEY-----",
            "no END line",
        ),
        ("a key with lines missing", &cut, "cut short or changed"),
        ("a key with a line changed", &changed, "was refused"),
        (
            "dashes lost",
            &pem.replace("-----", "----"),
            "lost some of its five dashes",
        ),
        (
            "letters that are not base64",
            &pem.replace(lines[2], "*** hidden ***"),
            "not base64",
        ),
        ("two keys", &two, "there are 2 keys"),
        ("bytes behind the key", &trailing, "more bytes behind"),
        (
            "the base64 cut",
            &BASE64_STANDARD.encode(der(pem))[..400],
            "cut short or changed",
        ),
        ("anything", "hello there", "some other text"),
    ];
    for (what, text, words) in table {
        let error = PrivateKey::from_pem(text)
            .map(drop)
            .expect_err(what)
            .to_string();
        assert!(error.contains(words), "{what}: {error}");
        assert_no_input(what, text, &error);
        assert_says_what_to_do(what, &error);
        // What is expected to be told apart has words of its own.
        let others = table.iter().filter(|(_, _, other)| other != words);
        let said: Vec<_> = others
            .filter(|(_, _, other)| error.contains(other))
            .map(|(other, _, _)| *other)
            .collect();
        assert!(said.is_empty(), "{what} and {said:?}: {error}");
    }
}

fn assert_says_what_to_do(what: &str, error: &str) {
    let remedies = [
        "use the PKCS#8",
        "read it with from_file",
        "take the public key out",
        "take that off with `openssl",
        "convert a copy with `ssh-keygen",
        "generate a new key pair",
        "copy all of it",
        "copy it again",
        "copy the key alone",
        "leave the one that is meant",
    ];
    assert!(
        remedies.iter().any(|remedy| error.contains(remedy)),
        "{what}: {error}"
    );
}

/// No run of twelve characters of a key's body stands in the error about it.
fn assert_no_input(what: &str, text: &str, error: &str) {
    for line in text
        .lines()
        .filter(|line| line.len() > 40 && !line.contains(' '))
    {
        for window in line.as_bytes().windows(12) {
            let window = std::str::from_utf8(window).unwrap();
            assert!(!error.contains(window), "{what}: {error}");
        }
    }
}

#[test]
fn public_keys_are_read_and_others_explained() {
    let spki = PublicKey::from_pem(PUBLIC_KEY).unwrap();
    assert_eq!(spki, PublicKey::from_pem(key!("public-pkcs1.pem")).unwrap());
    assert_eq!(
        spki,
        PublicKey::from_pem(&PUBLIC_KEY.replace('\n', "\\n")).unwrap()
    );
    assert_eq!(spki, PublicKey::from_der(&der(PUBLIC_KEY)).unwrap());
    assert_eq!(
        spki,
        PrivateKey::from_pem(PRIVATE_KEY).unwrap().public_key()
    );
    for (text, words) in [
        (PRIVATE_KEY, "this is a private key"),
        (key!("pkcs1.pem"), "this is a private key"),
        (key!("certificate.pem"), "openssl x509 -pubkey"),
        (key!("ec-public.pem"), "elliptic curve"),
        (key!("encrypted-pkcs8.pem"), "passphrase"),
        ("", "empty"),
        ("public.pem", "file name"),
    ] {
        let error = PublicKey::from_pem(text).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[cfg(feature = "std")]
#[test]
fn key_files_are_read() {
    use vonage_video_auth::KeyError;

    let folder = "tests/fixtures/keys/";
    assert_signs(
        PrivateKey::from_file(format!("{folder}pkcs8.pem")).unwrap(),
        "file",
    );
    PublicKey::from_file(format!("{folder}public.pem")).unwrap();

    let missing = PrivateKey::from_file(format!("{folder}nowhere.pem")).unwrap_err();
    assert!(matches!(missing, KeyError::File { .. }));
    assert!(missing.to_string().contains("nowhere.pem"), "{missing}");
    assert!(std::error::Error::source(&missing).is_some());
    assert!(matches!(
        PrivateKey::from_file(folder).unwrap_err(),
        KeyError::File { .. }
    ));

    let temporary = std::env::temp_dir().join(format!("vonage-video-auth-{}", std::process::id()));
    std::fs::create_dir_all(&temporary).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = temporary.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    assert_signs(
        PrivateKey::from_file(file("key.der", &der(PRIVATE_KEY))).unwrap(),
        "DER file",
    );
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(PRIVATE_KEY.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let error = PrivateKey::from_file(file("utf16.pem", &utf16)).unwrap_err();
    assert!(error.to_string().contains("UTF-16"), "{error}");
    let error = PrivateKey::from_file(file("huge.pem", &vec![b'x'; 1 << 20])).unwrap_err();
    assert!(error.to_string().contains("64 KB"), "{error}");
    std::fs::remove_dir_all(temporary).unwrap();
}
