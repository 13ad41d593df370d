//! Where requests go: scheme, host and a prefix of the path.

use http::{
    Uri,
    uri::{Authority, PathAndQuery, Scheme},
};
use vonage_video_auth::Environment;
use vonage_video_core::{Invalid, shared::unbracketed};

const VONAGE: &str = "https://video.api.vonage.com";
const OPENTOK: &str = "https://api.opentok.com";

/// A base URL such as `https://video.api.vonage.com` or `http://127.0.0.1:8080/video`.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Scheme, authority and the prefix of the path, without a slash at its end.
    text: String,
}

impl BaseUrl {
    /// The host of an environment.
    pub(crate) fn of(environment: Environment) -> Result<Self, Invalid> {
        Self::parse(
            match environment {
                Environment::Vonage => VONAGE,
                Environment::OpenTok => OPENTOK,
            },
            false,
        )
    }

    /// Parses a URL. Plain HTTP is allowed to loopback, and elsewhere only if `allow_plain_http`.
    pub(crate) fn parse(text: &str, allow_plain_http: bool) -> Result<Self, Invalid> {
        let invalid = |rule: &'static str| Invalid::new("base_url", rule, shown(text));
        let uri: Uri = text
            .trim()
            .parse()
            .map_err(|_| invalid("must be a URL such as https://video.api.vonage.com"))?;
        let parts = uri.into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(invalid(
                "must have a scheme and a host, as in https://video.api.vonage.com",
            ));
        };
        if authority.as_str().contains('@') {
            return Err(Invalid::new(
                "base_url",
                "must not contain a user or a password: set the credentials separately",
                "",
            ));
        }
        if has_wrong_port(&authority) {
            return Err(invalid("must have a port from 0 to 65535"));
        }
        let path = parts
            .path_and_query
            .as_ref()
            .map_or("", PathAndQuery::as_str);
        if path.contains('?') {
            return Err(invalid("must not have a query"));
        }
        match scheme.as_str() {
            "https" if cfg!(feature = "tls") => {}
            "https" => {
                return Err(invalid(
                    "https needs the feature `tls` of vonage-video (or vonage-video-http), which is off",
                ));
            }
            "http" if allow_plain_http || is_loopback(authority.host()) => {}
            "http" => {
                return Err(invalid(
                    "plain http would show tokens to the network: use https, or \
                     `allow_plain_http()` if that is intended",
                ));
            }
            _ => return Err(invalid("must be http or https")),
        }
        let text = format!("{scheme}://{authority}{}", path.trim_end_matches('/'));
        Ok(Self {
            scheme,
            authority,
            text,
        })
    }

    /// What the path of each request is appended to.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn host(&self) -> &str {
        self.authority.host()
    }

    pub(crate) fn port(&self) -> u16 {
        let default = if self.scheme == Scheme::HTTPS {
            443
        } else {
            80
        };
        self.authority.port_u16().unwrap_or(default)
    }
}

/// Whether there is something behind the host that is not a port.
pub(crate) fn has_wrong_port(authority: &Authority) -> bool {
    let host_and_port = match authority.as_str().rsplit_once('@') {
        Some((_, rest)) => rest,
        None => authority.as_str(),
    };
    host_and_port.len() > authority.host().len() && authority.port_u16().is_none()
}

/// Whether a host is this machine, judged by its name or address alone.
pub(crate) fn is_loopback(host: &str) -> bool {
    let host = unbracketed(host);
    let lower = host.to_ascii_lowercase();
    lower == "localhost"
        || lower.ends_with(".localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The text of a URL without what may be a secret: the part before an `@`, and the query.
fn shown(text: &str) -> String {
    let (text, query) = match text.split_once('?') {
        Some((text, _)) => (text, "?…"),
        None => (text, ""),
    };
    match text.rsplit_once('@') {
        Some((_, rest)) => format!("\"…@{rest}{query}\""),
        None => format!("\"{}{query}\"", text.escape_debug()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "tls")]
    fn each_environment_has_its_host() {
        for (environment, expected) in [
            (Environment::Vonage, "https://video.api.vonage.com"),
            (Environment::OpenTok, "https://api.opentok.com"),
        ] {
            assert_eq!(BaseUrl::of(environment).unwrap().as_str(), expected);
        }
    }

    #[test]
    fn a_prefix_and_a_trailing_slash_are_kept_and_dropped() {
        for (base, expected) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v2/x"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v2/x"),
            (
                "http://localhost/video/eu/",
                "http://localhost/video/eu/v2/x",
            ),
            (" http://[::1]:9/a ", "http://[::1]:9/a/v2/x"),
            (
                "http://emulator.localhost",
                "http://emulator.localhost/v2/x",
            ),
        ] {
            let parsed = BaseUrl::parse(base, false).unwrap();
            assert_eq!(format!("{}/v2/x", parsed.as_str()), expected, "{base}");
        }
    }

    #[test]
    fn what_cannot_be_a_base_says_why() {
        for (base, expected) in [
            ("", "must be a URL"),
            ("video.api.vonage.com", "must have a scheme and a host"),
            ("/v2", "must have a scheme and a host"),
            ("ftp://x", "must be http or https"),
            ("http://api.opentok.com", "allow_plain_http"),
            ("http://127.0.0.1.evil.example", "allow_plain_http"),
            ("http://localhost.evil.example", "allow_plain_http"),
            ("http://127.0.0.1/?a=geheim", "must not have a query"),
            ("http://127.0.0.1 /?a=geheim", "must be a URL"),
            ("https://h/x?k=a@b&p=geheim", "query"),
            ("http://u:geheim@127.0.0.1/", "must not contain a user"),
            ("http://u:geheim@127.0.0.1 /", "must be a URL"),
            ("https://h:99999", "port"),
            ("https://h:65536/v2", "port"),
            ("https://[::1]:70000", "port"),
            ("https://h:", "port"),
        ] {
            let said = BaseUrl::parse(base, false).unwrap_err().to_string();
            assert!(said.contains(expected), "{base}: {said}");
            assert!(!said.contains("geheim"), "{said}");
        }
        BaseUrl::parse("http://api.opentok.com", true).unwrap();
    }
}
