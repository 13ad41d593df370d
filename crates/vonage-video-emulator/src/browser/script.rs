//! The script that web pages load: small modules that are joined when they are served, without a
//! build step.

use bytes::Bytes;
use http::{
    HeaderName, HeaderValue, Method, Request, Response, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_ORIGIN, ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST,
        X_CONTENT_TYPE_OPTIONS,
    },
};

use crate::site::Site;

/// The modules, each after those that it needs.
const MODULES: &[&str] = &[
    include_str!("client/errors.js"),
    include_str!("client/emitter.js"),
    include_str!("client/models.js"),
    include_str!("client/collection.js"),
    include_str!("client/wire.js"),
    include_str!("client/capture.js"),
    include_str!("client/drawn.js"),
    include_str!("client/level.js"),
    include_str!("client/widget.js"),
    include_str!("client/peers.js"),
    include_str!("client/stats.js"),
    include_str!("client/media.js"),
    include_str!("client/publisher.js"),
    include_str!("client/subscriber.js"),
    include_str!("client/session.js"),
    include_str!("client/ot.js"),
];

/// What is declared about the script, for TypeScript.
const DECLARATIONS: &str = include_str!("client/client.d.ts");

/// What the script says of itself, in its first lines.
const PREFACE: &str = "\
// A client for the emulator of the Vonage Video API, for tests and development. It was written from
// public documents and is not the vendor's client SDK.
";

/// The names that the ES module exports besides its default.
const EXPORTS: &str = include_str!("client/exports.js");

/// A form of the script by which web pages join sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Script {
    /// For a `<script>` element: it sets the global `OT`.
    Classic,
    /// For `import`, with a default export and one for each member. It sets the global `OT` too.
    Module,
    /// For `require`.
    CommonJs,
    /// The declarations for TypeScript.
    Declarations,
}

impl Script {
    /// The text, for an emulator at a URL.
    pub(crate) fn text(self, url: &str) -> String {
        if self == Self::Declarations {
            return DECLARATIONS.to_owned();
        }
        // As JSON, a URL is a string of JavaScript.
        let url = serde_json::Value::from(url);
        let mut text = format!("{PREFACE}const OT = (() => {{\n\"use strict\";\n");
        text.push_str(&format!("const SERVED_BY = {url};\n"));
        for line in MODULES.iter().flat_map(|module| module.lines()) {
            if !line.starts_with("import ") {
                text.push_str(line.strip_prefix("export ").unwrap_or(line));
                text.push('\n');
            }
        }
        text.push_str("return OT;\n})();\nglobalThis.OT = OT;\n");
        match self {
            Self::Module => text.push_str(EXPORTS),
            Self::CommonJs => text.push_str("module.exports = OT;\n"),
            Self::Classic | Self::Declarations => {}
        }
        if self == Self::Classic {
            // A second script element must not fail at a constant that is there already.
            text = text.replacen("\nconst OT = (() =>", "\nvar OT = (() =>", 1);
        }
        text
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Declarations => "application/typescript; charset=utf-8",
            _ => "text/javascript; charset=utf-8",
        }
    }
}

/// Serves the script, if a request is for it: under the emulator's own path, or under those of the
/// vendor's at the hosts from which pages load it.
pub(crate) fn response<B>(site: &Site, request: &Request<B>) -> Option<Response<Bytes>> {
    let form = form(request.uri().path())?;
    let headers = request.headers();
    let from_cdn = headers.get_all(HOST).iter().all(is_cdn)
        && request.uri().host().is_none_or(|host| CDNS.contains(&host));
    if !from_cdn && !site.hosts().serves(request.uri(), headers) {
        return None;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        let allowed = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(ALLOW, allowed);
        return Some(response);
    }
    let state = site.lock();
    let url = if from_cdn {
        state.links.base().to_owned()
    } else {
        state.links.at(request).base().to_owned()
    };
    drop(state);
    let mut response = Response::new(Bytes::from(form.text(&url)));
    let headers: [(HeaderName, &'static str); 5] = [
        (CONTENT_TYPE, form.kind()),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in headers {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    Some(response)
}

/// The hosts from which pages load the vendor's script, besides the service's own.
const CDNS: &[&str] = &[
    "unpkg.com",
    "cdn.jsdelivr.net",
    "video.standard.vonage.com",
    "video.vonage.com",
];

/// The packages from which pages load it.
const PACKAGES: &[&str] = &[
    "/@vonage/client-sdk-video",
    "/@vonage/video-client",
    "/@opentok/client",
];

fn is_cdn(host: &HeaderValue) -> bool {
    let host = host.to_str().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    CDNS.iter().any(|cdn| cdn.eq_ignore_ascii_case(name))
}

/// The form of the script that a path is for.
fn form(path: &str) -> Option<Script> {
    match path {
        "/_emulator/client/client.js" => return Some(Script::Classic),
        "/_emulator/client/client.mjs" => return Some(Script::Module),
        "/_emulator/client/client.d.ts" => return Some(Script::Declarations),
        _ => {}
    }
    // At unpkg.com, and with `/npm` before it at cdn.jsdelivr.net.
    let at_cdn = path.strip_prefix("/npm").unwrap_or(path);
    let package = PACKAGES.iter().find_map(|name| at_cdn.strip_prefix(name));
    let file = if let Some(rest) = package {
        let (version, file) = rest.split_once("/dist/js/")?;
        (version.is_empty() || version.starts_with('@') && !version.contains('/'))
            .then_some(file)?
    } else {
        // At static.opentok.com, and with `/webrtc` before it in apps of former years.
        let rest = path.strip_prefix("/webrtc").unwrap_or(path);
        let rest = rest.strip_prefix("/v2")?;
        let (version, file) = rest.split_once("/js/")?;
        let numbers = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        (version.is_empty() || version.strip_prefix('.')?.split('.').all(numbers))
            .then_some(file)?
    };
    match file {
        "opentok.js" | "opentok.min.js" => Some(Script::Classic),
        "opentok.mjs" | "opentok.min.mjs" => Some(Script::Module),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_paths_that_pages_load_are_served() {
        for path in [
            "/v2/js/opentok.min.js",
            "/v2/js/opentok.js",
            "/v2.29/js/opentok.min.js",
            "/v2.29.1/js/opentok.js",
            "/@vonage/client-sdk-video@latest/dist/js/opentok.js",
            "/@vonage/client-sdk-video/dist/js/opentok.min.js",
            "/npm/@vonage/client-sdk-video@2.28.4/dist/js/opentok.js",
            "/@vonage/video-client@latest/dist/js/opentok.js",
            "/@vonage/video-client@2/dist/js/opentok.js",
            "/npm/@opentok/client@2.28/dist/js/opentok.min.js",
            "/webrtc/v2/js/opentok.min.js",
            "/webrtc/v2.8/js/opentok.min.js",
        ] {
            assert_eq!(form(path), Some(Script::Classic), "{path}");
        }
        assert_eq!(form("/v2/js/opentok.mjs"), Some(Script::Module));
        for path in [
            "/v2/project/1/archive",
            "/v2/js/other.js",
            "/v20/js/opentok.js",
            "/v2../js/opentok.js/x",
            "/@vonage/client-sdk-video-fake/dist/js/opentok.js",
            "/@vonage/video-client-network-test/dist/js/opentok.js",
            "/webrtc/v2/project/1/archive",
            "/@vonage/client-sdk-video@1/x/dist/js/opentok.js",
            "/_emulator/client/",
        ] {
            assert_eq!(form(path), None, "{path}");
        }
    }
}
