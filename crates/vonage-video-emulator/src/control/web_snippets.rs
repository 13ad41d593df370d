//! The ways in which a web app finds the emulator in place of the client SDK.

use super::snippets::Snippet;

/// The code for each way.
pub(crate) fn web_snippets(url: &str) -> [Snippet; 4] {
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    let snippet = |sdk, code: String, note: Option<&str>| Snippet {
        sdk,
        code,
        note: note.map(str::to_owned),
    };
    [
        snippet(
            "web page",
            format!(r#"<script src="{url}/v2/js/opentok.min.js"></script>"#),
            None,
        ),
        snippet(
            "web page in Playwright, unmodified",
            format!(
                r#"await context.route("**/opentok*.js", async (route) => route.fulfill({{ response: await route.fetch({{ url: "{url}/v2/js/opentok.min.js" }}) }}))"#
            ),
            Some(r#"in the context's options: permissions: ["camera", "microphone"]"#),
        ),
        snippet(
            "web page in Chromium, unmodified",
            format!(
                r#"--host-resolver-rules="MAP static.opentok.com:443 {host}, MAP video.standard.vonage.com:443 {host}, MAP unpkg.com:443 {host}" --ignore-certificate-errors"#
            ),
            Some("the emulator needs TLS"),
        ),
        snippet(
            "web app with Vite, unmodified",
            r#"resolve: { alias: { "@vonage/client-sdk-video": "/path/to/client.mjs" } }"#
                .to_owned(),
            Some("vonage-video emulator --client /path/to/client.mjs"),
        ),
    ]
}
