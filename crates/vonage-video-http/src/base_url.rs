//! Where requests go: scheme, host and a prefix of the path.

use http::{
    Uri,
    uri::{Authority, PathAndQuery, Scheme},
};
use vonage_video_auth::Environment;
use vonage_video_core::Invalid;

const VONAGE: &str = "https://video.api.vonage.com";
const OPENTOK: &str = "https://api.opentok.com";

/// A base URL such as `https://video.api.vonage.com` or `http://127.0.0.1:8080/video`.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at its end; mostly empty.
    prefix: String,
}

impl BaseUrl {
    /// Where an environment is.
    pub(crate) fn of(environment: Environment) -> Result<Self, Invalid> {
        Self::parse(
            match environment {
                Environment::Vonage => VONAGE,
                Environment::OpenTok => OPENTOK,
            },
            false,
        )
    }

    /// Reads a URL. Plain HTTP is taken to loopback, and elsewhere only if `allow_plain_http`.
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
                "must not hold a user or a password: credentials are set apart",
                "",
            ));
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
                    "https needs the feature `tls` of vonage-video-http, which is off",
                ));
            }
            "http" if allow_plain_http || is_loopback(authority.host()) => {}
            "http" => {
                return Err(invalid(
                    "plain http would show tokens to the network: use https, or `allow_plain_http()` if that is meant",
                ));
            }
            _ => return Err(invalid("must be http or https")),
        }
        Ok(Self {
            scheme,
            prefix: path.trim_end_matches('/').to_owned(),
            authority,
        })
    }

    /// The absolute URI of a path and query below this base.
    pub(crate) fn join(&self, target: &Uri) -> Result<Uri, Invalid> {
        let path = target
            .path_and_query()
            .cloned()
            .unwrap_or_else(|| PathAndQuery::from_static("/"));
        let path = if self.prefix.is_empty() {
            path
        } else {
            let mut text = String::with_capacity(self.prefix.len() + path.as_str().len());
            text.push_str(&self.prefix);
            text.push_str(path.as_str());
            PathAndQuery::try_from(text)
                .map_err(|error| Invalid::new("path", error.to_string(), ""))?
        };
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path);
        Uri::from_parts(parts).map_err(|error| Invalid::new("path", error.to_string(), ""))
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

/// Whether a host is this machine, by its name or address alone.
pub(crate) fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The text of a URL without what may be a password.
fn shown(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, rest)) => format!("…@{rest}"),
        None => format!("{text:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "tls")]
    fn each_environment_has_its_host() {
        for (environment, expected) in [
            (Environment::Vonage, "https://video.api.vonage.com/v2/x?a=1"),
            (Environment::OpenTok, "https://api.opentok.com/v2/x?a=1"),
        ] {
            let joined = BaseUrl::of(environment)
                .unwrap()
                .join(&Uri::from_static("/v2/x?a=1"))
                .unwrap();
            assert_eq!(joined.to_string(), expected);
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
        ] {
            let joined = BaseUrl::parse(base, false)
                .unwrap()
                .join(&Uri::from_static("/v2/x"))
                .unwrap();
            assert_eq!(joined.to_string(), expected, "{base}");
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
            ("http://127.0.0.1/?a=1", "query"),
            ("http://u:geheim@127.0.0.1/", "must not hold a user"),
        ] {
            let said = BaseUrl::parse(base, false).unwrap_err().to_string();
            assert!(said.contains(expected), "{base}: {said}");
            assert!(!said.contains("geheim"), "{said}");
        }
        BaseUrl::parse("http://api.opentok.com", true).unwrap();
    }
}
