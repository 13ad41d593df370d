//! Tokens that we mint, verified by what the official SDKs verify with; tokens that they mint,
//! verified by us.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use vonage_video_auth::{Credentials, Role, SessionInfo, TokenFormat, Verifier};
use vonage_video_emulator::Project;
use vonage_video_tests::interop::{Kit, exchange};

/// What is hard to write in a URL, in JSON and in base64.
const DATA: &str = "name=Ann & Bö+1 %41 \"x\" ~/?#\\ 🎥";

#[test]
fn node_and_we_read_each_others_tokens() {
    let Some(sdks) = Kit::Node.get() else {
        return;
    };
    check(|input| exchange(&mut sdks.driver("tokens.js"), input));
}

#[test]
fn python_and_we_read_each_others_tokens() {
    let Some(sdks) = Kit::Python.get() else {
        return;
    };
    check(|input| exchange(&mut sdks.driver("tokens_driver.py"), input));
}

fn check(driver: impl Fn(&Value) -> Value) {
    let projects = Projects::demo();
    let now = self::now();
    let ours = projects.minted(now);
    let input = json!({
        "apiKey": projects.opentok.id(),
        "apiSecret": projects.opentok.secret(),
        "applicationId": projects.vonage.id(),
        "privateKey": projects.vonage.private_key(),
        "privateKeyPath": projects.key_file(),
        "publicKey": projects.public_key,
        "opentokSession": projects.opentok_session,
        "vonageSession": projects.vonage_session,
        "role": "moderator",
        "data": DATA,
        "classes": ["focus", "wide"],
        "verify": ours.iter().map(|token| json!({"kind": token.kind, "token": token.token})).collect::<Vec<_>>(),
    });
    let output = driver(&input);

    let verified = output["verified"].as_array().expect("claims of each");
    assert_eq!(verified.len(), ours.len());
    for (token, claims) in ours.iter().zip(verified) {
        for (name, value) in token.expected.as_object().expect("claims") {
            assert_eq!(&claims[name], value, "{} of {} {claims}", name, token.kind);
        }
    }

    let minted = output["minted"].as_array().expect("tokens");
    assert_eq!(minted.len(), 7);
    for token in minted {
        projects.verify(token, self::now());
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the SDKs sign with the time of this machine"
)]
fn now() -> SystemTime {
    SystemTime::now()
}

struct Projects {
    opentok: Project,
    vonage: Project,
    public_key: String,
    opentok_session: String,
    vonage_session: String,
}

struct Minted {
    kind: &'static str,
    token: String,
    expected: Value,
}

impl Projects {
    fn demo() -> Self {
        let (opentok, vonage) = (
            Project::demo_opentok().expect("the demo project"),
            Project::demo_vonage().expect("the demo key"),
        );
        let created = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        Self {
            opentok_session: SessionInfo::new(opentok.id(), created, "nonce").encode(),
            vonage_session: SessionInfo::new(vonage.id(), created, "nonce").encode(),
            public_key: include_str!(
                "../../../../crates/vonage-video-emulator/src/world/demo/public-key.pem"
            )
            .to_owned(),
            opentok,
            vonage,
        }
    }

    /// The private key in a file with an ending, by which one SDK tells that it is one.
    fn key_file(&self) -> String {
        let file = vonage_video_tests::place::temporary("tokens").join("demo.pem");
        std::fs::write(&file, self.vonage.private_key().expect("the demo key")).expect("a file");
        file.to_str().expect("a path of UTF-8").to_owned()
    }

    /// Client tokens of every format and role, and REST tokens, with the claims that they must
    /// have.
    fn minted(&self, now: SystemTime) -> Vec<Minted> {
        let opentok =
            Credentials::opentok(self.opentok.id(), self.opentok.secret().expect("a secret"))
                .expect("credentials");
        let vonage =
            Credentials::vonage(self.vonage.id(), self.vonage.private_key().expect("a key"))
                .expect("credentials");
        let seconds = now
            .duration_since(SystemTime::UNIX_EPOCH)
            .expect("after 1970")
            .as_secs();
        let ttl = Duration::from_secs(30 * 24 * 3600);
        let mut minted = Vec::new();
        for role in [
            Role::Subscriber,
            Role::Publisher,
            Role::PublisherOnly,
            Role::Moderator,
        ] {
            for (kind, format, credentials, session) in [
                ("t1", TokenFormat::T1, &opentok, &self.opentok_session),
                ("hs256", TokenFormat::Jwt, &opentok, &self.opentok_session),
                ("rs256", TokenFormat::Jwt, &vonage, &self.vonage_session),
            ] {
                let token = credentials
                    .token(session)
                    .role(role.clone())
                    .data(DATA)
                    .layout_classes(["focus", "wide"])
                    .ttl(ttl)
                    .format(format);
                let expires = seconds + ttl.as_secs();
                // T1 holds text.
                let expires = if kind == "t1" {
                    ("expire_time", json!(expires.to_string()))
                } else {
                    ("exp", json!(expires))
                };
                let mut expected = json!({
                    "session_id": session,
                    "role": role.as_str(),
                    "connection_data": DATA,
                    "initial_layout_class_list": "focus wide",
                    expires.0: expires.1,
                });
                match kind {
                    "hs256" => expected["iss"] = self.opentok.id().into(),
                    "rs256" => {
                        expected["application_id"] = self.vonage.id().into();
                        expected["sub"] = "video".into();
                        expected["acl"] = json!({"paths": {"/session/**": {}}});
                    }
                    _ => {}
                }
                minted.push(Minted {
                    kind,
                    token: token.sign_at(now).expect("a token"),
                    expected,
                });
            }
        }
        let rest = |credentials: &Credentials| {
            credentials
                .rest_token(now)
                .expect("a token")
                .token()
                .to_owned()
        };
        minted.push(Minted {
            kind: "hs256",
            token: rest(&opentok),
            expected: json!({"iss": self.opentok.id(), "ist": "project"}),
        });
        minted.push(Minted {
            kind: "rs256",
            token: rest(&vonage),
            expected: json!({"application_id": self.vonage.id()}),
        });
        minted
    }

    /// Verifies a token of an official SDK, which says what its driver was asked for.
    fn verify(&self, token: &Value, now: SystemTime) {
        let name = &token["name"];
        let text = token["token"].as_str().expect("a token");
        let (verifier, session) = if token["project"] == "vonage" {
            let key =
                vonage_video_auth::PublicKey::from_pem(&self.public_key).expect("the demo key");
            (
                Verifier::vonage(self.vonage.id(), key),
                &self.vonage_session,
            )
        } else {
            (
                Verifier::opentok(self.opentok.id(), self.opentok.secret().expect("a secret")),
                &self.opentok_session,
            )
        };
        // The Node SDKs round the time of issue, half of the time into the future.
        let verifier = verifier.expect("a verifier").leeway(Duration::from_secs(1));
        if token["kind"] == "rest" {
            let claims = verifier
                .verify_rest_token(text, now)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(claims.project, verifier.project(), "{name}");
            return;
        }
        let claims = verifier
            .verify_client_token(text, now)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(&claims.session_id, session, "{name}");
        assert_eq!(claims.role, Role::Moderator, "{name}");
        assert_eq!(claims.connection_data.as_deref(), Some(DATA), "{name}");
        assert_eq!(claims.layout_classes, ["focus", "wide"], "{name}");

        // A letter of the payload changed: no longer a token.
        let (at, letter) = text.char_indices().nth(text.len() / 2).expect("a letter");
        let changed = format!(
            "{}{}{}",
            &text[..at],
            if letter == 'A' { 'B' } else { 'A' },
            &text[at + 1..]
        );
        assert!(
            verifier.verify_client_token(&changed, now).is_err(),
            "{name}: a changed token was taken"
        );
    }
}
