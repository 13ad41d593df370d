//! The code that points each official SDK at an emulator.

use std::path::Path;

use serde::Serialize;
use vonage_video_auth::Environment;

use crate::world::Project;

/// The code that points an official SDK at the emulator. Secrets are read from the variables of
/// [`Emulator::variables`](crate::Emulator::variables).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Snippet {
    /// The SDK and its language.
    pub sdk: &'static str,
    /// One line in that language.
    pub code: String,
    /// What else the SDK needs, such as an environment variable.
    pub note: Option<String>,
}

impl Snippet {
    fn new(sdk: &'static str, code: String) -> Self {
        Self {
            sdk,
            code,
            note: None,
        }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// The code for the official SDKs of a project's environment. `authority` is the file of the
/// certificate authority.
pub(crate) fn snippets(project: &Project, url: &str, authority: Option<&Path>) -> Vec<Snippet> {
    match project.environment() {
        Environment::OpenTok => opentok(project.id(), url).into(),
        Environment::Vonage => vonage(project.id(), url, authority).into(),
    }
}

fn opentok(key: &str, url: &str) -> [Snippet; 7] {
    [
        Snippet::new(
            "opentok (Node)",
            format!(r#"new OpenTok("{key}", process.env.OPENTOK_API_SECRET, "{url}")"#),
        ),
        Snippet::new(
            "opentok (Python)",
            format!(r#"Client("{key}", os.environ["OPENTOK_API_SECRET"], api_url="{url}")"#),
        ),
        Snippet::new(
            "opentok (Java)",
            format!(
                r#"new OpenTok.Builder({key}, System.getenv("OPENTOK_API_SECRET")).apiUrl("{url}").build()"#
            ),
        ),
        Snippet::new(
            "OpenTok (.NET)",
            format!(
                r#"new OpenTok({key}, Environment.GetEnvironmentVariable("OPENTOK_API_SECRET"), "{url}")"#
            ),
        ),
        Snippet::new(
            "opentok (Ruby)",
            format!(
                r#"OpenTok::OpenTok.new("{key}", ENV["OPENTOK_API_SECRET"], api_url: "{url}")"#
            ),
        ),
        Snippet::new(
            "opentok/opentok (PHP)",
            format!("new OpenTok('{key}', getenv('OPENTOK_API_SECRET'), ['apiUrl' => '{url}'])"),
        ),
        Snippet::new(
            "calvertyang/opentok-go-sdk (Go)",
            format!(
                r#"client := opentok.New("{key}", os.Getenv("OPENTOK_API_SECRET")); client.SetAPIHost("{url}")"#
            ),
        )
        .note("nobody's official SDK"),
    ]
}

/// These SDKs do not read the `\n` that represents a line break in the variable of the private key.
fn vonage(id: &str, url: &str, authority: Option<&Path>) -> [Snippet; 7] {
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let trusting = |variable: &str| match authority {
        Some(file) => format!("{variable}={}", file.display()),
        None => "it always speaks HTTPS: the emulator needs TLS".to_owned(),
    };
    let node_key = r#"process.env.VONAGE_PRIVATE_KEY.replaceAll("\\n", "\n")"#;
    [
        Snippet::new(
            "@vonage/video (Node)",
            format!(
                r#"new Video(new Auth({{ applicationId: "{id}", privateKey: {node_key} }}), {{ videoHost: "{url}" }})"#
            ),
        ),
        Snippet::new(
            "opentok (Node), with a Vonage application",
            format!(r#"new OpenTok("{id}", {node_key}, "{url}")"#),
        ),
        Snippet::new(
            "vonage (Python)",
            format!(
                r#"Vonage(Auth(application_id="{id}", private_key=os.environ["VONAGE_PRIVATE_KEY"].replace("\\n", "\n")), HttpClientOptions(video_host="{host}"))"#
            ),
        )
        .note(trusting("REQUESTS_CA_BUNDLE")),
        Snippet::new(
            "vonage (Java)",
            format!(
                r#"VonageClient.builder().applicationId("{id}").privateKeyContents(System.getenv("VONAGE_PRIVATE_KEY").replace("\\n", "\n")).httpConfig(HttpConfig.builder().videoBaseUri("{url}").build()).build()"#
            ),
        ),
        Snippet::new(
            "Vonage (.NET), in its settings",
            format!(
                r#""vonage": {{ "Url.Api.Video": "{url}", "Application.Id": "{id}", "Application.Key": "the file of the private key" }}"#
            ),
        ),
        Snippet::new(
            "vonage/video (PHP)",
            format!(
                r"(new Vonage\Client(new Keypair(str_replace('\n', PHP_EOL, getenv('VONAGE_PRIVATE_KEY')), '{id}')))->video()"
            ),
        )
        .note(format!("VONAGE_VIDEO_API_SERVER_URL={url}")),
        Snippet::new(
            "vonage (Ruby)",
            format!(
                r#"Vonage::Client.new(application_id: "{id}", private_key: ENV["VONAGE_PRIVATE_KEY"].gsub("\\n", "\n"), video_host: "{name}")"#
            ),
        )
        .note(format!(
            "port 443 only, as in --listen 127.0.0.1:443; {}",
            trusting("SSL_CERT_FILE")
        )),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Emulator;

    #[test]
    fn each_sdk_has_one_that_leads_here_and_holds_no_secret() {
        let emulator = Emulator::builder().in_memory().unwrap();
        let snippets = emulator.snippets(None);
        for language in ["Node", "Python", "Java", ".NET", "PHP", "Ruby"] {
            let of = snippets.iter().filter(|it| it.sdk.contains(language));
            assert!(of.count() >= 2, "{language}, in both generations");
        }
        assert!(
            snippets.iter().any(|it| it.sdk.contains("(Go)")),
            "OpenTok alone has one"
        );
        let secret = emulator.opentok().and_then(|it| it.secret()).unwrap();
        for Snippet { sdk, code, note } in &snippets {
            let text = format!("{code} {}", note.as_deref().unwrap_or_default());
            // A bundler has the client in a file, which finds the emulator by itself.
            let leads_here = text.contains("emulator.localhost") || text.contains("--client ");
            assert!(leads_here, "{sdk}: {text}");
            assert!(!text.contains(secret), "{sdk}: {text}");
            assert!(!text.contains("BEGIN"), "{sdk}: {text}");
        }
    }
}
