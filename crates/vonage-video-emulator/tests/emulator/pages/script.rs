//! The script as it is served.

use std::{collections::HashSet, io::Write};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::{Request, Response};
use vonage_video_emulator::Script;

use crate::common::Api;

async fn get(api: &Api, host: &str, path: &str) -> Response<Bytes> {
    let request = Request::builder().uri(path).header("host", host);
    api.emulator
        .handle(request.body(Bytes::new()).unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn it_is_served_where_pages_load_it_from() {
    let api = Api::vonage();
    for (host, path) in [
        ("static.opentok.com", "/v2/js/opentok.min.js"),
        ("static.opentok.com", "/v2/js/opentok.js"),
        ("enterprise.opentok.com", "/v2.29.1/js/opentok.min.js"),
        ("video.standard.vonage.com", "/v2/js/opentok.min.js"),
        (
            "unpkg.com",
            "/@vonage/client-sdk-video@latest/dist/js/opentok.js",
        ),
        (
            "cdn.jsdelivr.net",
            "/npm/@vonage/client-sdk-video@2/dist/js/opentok.min.js",
        ),
        // Names that the package had, and the path that it had.
        (
            "unpkg.com",
            "/@vonage/video-client@latest/dist/js/opentok.js",
        ),
        ("unpkg.com", "/@opentok/client@2/dist/js/opentok.min.js"),
        ("static.opentok.com", "/webrtc/v2/js/opentok.min.js"),
        ("localhost:8843", "/v2/js/opentok.min.js"),
        ("127.0.0.1:8843", "/_emulator/client/client.js"),
        ("localhost", "/_emulator/client/client.mjs"),
    ] {
        let response = get(&api, host, path).await;
        assert_eq!(response.status(), 200, "{host}{path}");
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("access-control-allow-origin"), "*");
        assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
        assert!(header("content-type").starts_with("text/javascript"));
        assert!(response.headers().get("content-security-policy").is_none());
    }
}

#[tokio::test]
async fn it_knows_which_emulator_served_it() {
    let api = Api::vonage();
    let text =
        |response: Response<Bytes>| String::from_utf8(response.into_body().to_vec()).unwrap();
    let own = text(get(&api, "localhost:8843", "/v2/js/opentok.js").await);
    assert!(own.contains(r#"const SERVED_BY = "http://localhost:8843";"#));
    // Behind a mapped name, the emulator's own address is the way.
    for host in ["unpkg.com", "static.opentok.com"] {
        let path = "/@vonage/client-sdk-video@2/dist/js/opentok.js";
        let mapped = text(get(&api, host, path).await);
        assert!(
            mapped.contains(r#"const SERVED_BY = "http://emulator.localhost";"#),
            "{host}"
        );
    }
    assert_eq!(
        api.emulator.script(Script::Classic),
        text(get(&api, "emulator.localhost", "/_emulator/client/client.js").await)
    );
}

#[tokio::test]
async fn other_hosts_and_paths_get_nothing_of_it() {
    let api = Api::vonage();
    for (host, path, expected) in [
        ("evil.example", "/v2/js/opentok.min.js", 421),
        ("unpkg.com", "/", 421),
        ("unpkg.com", "/_emulator/clock", 421),
        ("unpkg.com.evil.example", "/v2/js/opentok.min.js", 421),
    ] {
        let response = get(&api, host, path).await;
        assert_eq!(response.status().as_u16(), expected, "{host}{path}");
    }
    let post = Request::post("/v2/js/opentok.js")
        .body(Bytes::new())
        .unwrap();
    assert_eq!(api.emulator.handle(post).await.unwrap().status(), 405);
}

#[tokio::test]
async fn it_is_small_and_its_modules_share_no_names() {
    let api = Api::vonage();
    for form in [Script::Classic, Script::Module, Script::CommonJs] {
        let text = api.emulator.script(form);
        assert!(text.len() <= 150_000, "{} bytes", text.len());
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(text.as_bytes()).unwrap();
        let packed = packed.finish().unwrap().len();
        assert!(packed <= 40_000, "{packed} bytes packed");
    }
    // Joined into one scope, no declaration hides another.
    let text = api.emulator.script(Script::Classic);
    let mut names = HashSet::new();
    for line in text.lines() {
        let line = line.strip_prefix("async ").unwrap_or(line);
        let declared = ["class ", "const ", "function* ", "function ", "let "]
            .iter()
            .find_map(|keyword| line.strip_prefix(keyword));
        if let Some(name) = declared.and_then(|rest| rest.split([' ', '(']).next()) {
            assert!(names.insert(name), "{name} is declared twice");
        }
    }
    assert!(names.contains("Session") && names.len() > 50, "{names:?}");
    assert!(
        !text
            .lines()
            .any(|line| line.starts_with("import ") || line.starts_with("export "))
    );
}

#[tokio::test]
async fn it_says_whose_it_is() {
    let api = Api::vonage();
    let text = api.emulator.script(Script::Classic);
    assert!(text.starts_with("// A client for the emulator"));
    assert!(text.contains("this is the emulator's own client, not the vendor's"));
}
