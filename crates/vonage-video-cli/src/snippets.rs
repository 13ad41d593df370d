//! How each official SDK is pointed at an emulator.

use std::{fmt::Write, path::Path};

use vonage_video_emulator::Emulator;

/// For each SDK, what to write. Keys are taken from the environment variables that `--print-env` prints.
pub(crate) fn of(emulator: &Emulator, authority: Option<&Path>) -> String {
    let url = emulator.url();
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    let mut out = String::new();
    let mut put = |sdk: &str, code: String| {
        // Writing to a string does not fail.
        let _ = write!(out, "\n# {sdk}\n{code}\n");
    };
    if let Some(project) = emulator.opentok() {
        let key = project.id();
        put(
            "opentok (Node)",
            format!("new OpenTok(\"{key}\", process.env.OPENTOK_API_SECRET, \"{url}\")"),
        );
        put(
            "opentok (Python)",
            format!("Client(\"{key}\", os.environ[\"OPENTOK_API_SECRET\"], api_url=\"{url}\")"),
        );
        put(
            "OpenTok (Java)",
            format!(
                "new OpenTok.Builder({key}, System.getenv(\"OPENTOK_API_SECRET\")).apiUrl(\"{url}\").build()"
            ),
        );
        put(
            "OpenTok (.NET)",
            format!(
                "new OpenTok({key}, Environment.GetEnvironmentVariable(\"OPENTOK_API_SECRET\"), \"{url}\")"
            ),
        );
        put(
            "opentok (Ruby)",
            format!(
                "OpenTok::OpenTok.new(\"{key}\", ENV[\"OPENTOK_API_SECRET\"], api_url: \"{url}\")"
            ),
        );
        put(
            "opentok/opentok (PHP)",
            format!("new OpenTok('{key}', getenv('OPENTOK_API_SECRET'), ['apiUrl' => '{url}'])"),
        );
    }
    if let Some(project) = emulator.vonage() {
        let id = project.id();
        put(
            "@vonage/video (Node)",
            format!(
                "new Video(new Auth({{ applicationId: \"{id}\", privateKey: process.env.VONAGE_PRIVATE_KEY.replaceAll(\"\\\\n\", \"\\n\") }}), {{ videoHost: \"{url}\" }})"
            ),
        );
        put(
            "vonage (Java)",
            format!(
                "VonageClient.builder().applicationId(\"{id}\").privateKeyContents(System.getenv(\"VONAGE_PRIVATE_KEY\")).httpConfig(HttpConfig.builder().videoBaseUri(\"{url}\").build()).build()"
            ),
        );
        put(
            "Vonage (.NET), in its settings",
            format!("\"vonage\": {{ \"Url.Api.Video\": \"{url}\", \"Application.Id\": \"{id}\" }}"),
        );
        let trusted = match authority {
            Some(file) => format!("  # with REQUESTS_CA_BUNDLE={}", file.display()),
            None => "  # always speaks HTTPS: start the emulator with --tls".to_owned(),
        };
        put(
            "vonage (Python)",
            format!(
                "Vonage(Auth(application_id=\"{id}\", private_key=os.environ[\"VONAGE_PRIVATE_KEY\"]), HttpClientOptions(video_host=\"{host}\")){trusted}"
            ),
        );
    }
    out
}
