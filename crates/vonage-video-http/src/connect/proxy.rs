//! Proxy selection: which connections go through a proxy, and through which one.

use std::{fmt, sync::Arc};

use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use vonage_video_core::Invalid;

use super::no_proxy::NoProxy;
use crate::base_url::is_loopback;

/// The proxies of a client: one that was named, those of the environment, or none.
#[derive(Clone, Default)]
pub(crate) struct Proxies(Option<Arc<Rules>>);

struct Rules {
    matcher: Matcher,
    no_proxy: NoProxy,
    /// Connections to this machine itself stay away from proxies that were not asked for by name.
    not_to_loopback: bool,
}

/// A proxy for one connection.
pub(crate) struct Proxy {
    intercept: Intercept,
    scheme: Scheme,
}

/// How a proxy is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    Http,
    Https,
    Socks5 { local_dns: bool },
}

impl Scheme {
    fn of(uri: &Uri) -> Option<Self> {
        match uri.scheme_str() {
            None | Some("http") => Some(Self::Http),
            Some("https") if cfg!(feature = "tls") => Some(Self::Https),
            Some("socks5") => Some(Self::Socks5 { local_dns: true }),
            Some("socks5h") => Some(Self::Socks5 { local_dns: false }),
            _ => None,
        }
    }
}

impl Proxies {
    /// One for every connection but those to the hosts of `except`.
    pub(crate) fn named(url: &str, except: &str) -> Result<Self, Invalid> {
        let url = checked("proxy", url)?;
        Ok(Self(Some(Arc::new(Rules {
            matcher: Matcher::builder().all(url).build(),
            no_proxy: NoProxy::parse("proxy", except)?,
            not_to_loopback: false,
        }))))
    }

    /// The proxies of `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or lower
    /// case.
    pub(crate) fn of_variables(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self, Invalid> {
        let variable = |names: [&'static str; 2]| {
            names
                .into_iter()
                .find_map(|name| Some((name, lookup(name)?)).filter(|(_, value)| !value.is_empty()))
        };
        let proxy = |names| match variable(names) {
            Some((name, value)) => checked(name, &value).map(str::to_owned),
            None => Ok(String::new()),
        };
        // In a CGI program, HTTP_PROXY is a header `Proxy:` that anybody may have sent.
        let http = if lookup("REQUEST_METHOD").is_some() {
            ["http_proxy"; 2]
        } else {
            ["HTTP_PROXY", "http_proxy"]
        };
        let (all, https, http) = (
            proxy(["ALL_PROXY", "all_proxy"])?,
            proxy(["HTTPS_PROXY", "https_proxy"])?,
            proxy(http)?,
        );
        if all.is_empty() && https.is_empty() && http.is_empty() {
            return Ok(Self::default());
        }
        let no_proxy = match variable(["NO_PROXY", "no_proxy"]) {
            Some((name, value)) => NoProxy::parse(name, &value)?,
            None => NoProxy::default(),
        };
        Ok(Self(Some(Arc::new(Rules {
            matcher: Matcher::builder().all(all).https(https).http(http).build(),
            no_proxy,
            not_to_loopback: true,
        }))))
    }

    /// The proxy on the way to a target.
    pub(crate) fn of(&self, target: &Uri) -> Option<Proxy> {
        let rules = self.0.as_deref()?;
        if rules.not_to_loopback && target.host().is_some_and(is_loopback) {
            return None;
        }
        let default = match target.scheme_str() {
            Some("http") => 80,
            _ => 443,
        };
        let port = target.port_u16().unwrap_or(default);
        if rules.no_proxy.contains(target.host()?, port) {
            return None;
        }
        let intercept = rules.matcher.intercept(target)?;
        let scheme = Scheme::of(intercept.uri())?;
        Some(Proxy { intercept, scheme })
    }
}

impl Proxy {
    pub(crate) fn uri(&self) -> &Uri {
        self.intercept.uri()
    }

    pub(crate) fn host(&self) -> &str {
        self.uri().host().unwrap_or_default()
    }

    pub(crate) fn port(&self) -> u16 {
        self.uri().port_u16().unwrap_or(match self.scheme {
            Scheme::Http => 80,
            Scheme::Https => 443,
            Scheme::Socks5 { .. } => 1080,
        })
    }

    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether it takes plain HTTP requests and sends them on. Everything else goes through a
    /// tunnel.
    pub(crate) fn forwards(&self) -> bool {
        self.scheme == Scheme::Http
    }

    pub(crate) fn basic(&self) -> Option<&HeaderValue> {
        self.intercept.basic_auth()
    }

    pub(crate) fn user(&self) -> Option<(&str, &str)> {
        self.intercept.raw_auth()
    }
}

/// The URL of a proxy without blanks around it. One that is misspelt must be an error: it must
/// neither be ignored nor read as another host.
fn checked<'a>(name: &'static str, text: &'a str) -> Result<&'a str, Invalid> {
    let url = text.trim();
    let fits = is_address(url)
        && url.parse::<Uri>().is_ok_and(|uri| {
            uri.host().is_some_and(|host| !host.is_empty()) && Scheme::of(&uri).is_some()
        });
    if fits {
        Ok(url)
    } else {
        // It may hold a password, so it is not quoted.
        Err(Invalid::new(
            name,
            "must be a URL such as http://user:password@proxy.example:3128; its scheme may be http, https (with the feature `tls`), socks5 or socks5h, nothing may follow the port, and in a user or password # is written %23, / is %2F, ? is %3F, @ is %40",
            "",
        ))
    }
}

/// Whether a URL is a scheme, credentials, a host and a port, and nothing else. `http::Uri` reads
/// `http://user:p#ss@host` as the host `user`.
fn is_address(url: &str) -> bool {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, url),
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (place, None),
    };
    let is_name = |host: &str| {
        host.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
    };
    !rest.contains(['/', '?', '#'])
        && (is_name(host) || (host.starts_with('[') && host.ends_with(']')))
        && port.is_none_or(|port| port.parse::<u16>().is_ok())
        // A word alone, such as `DIRECT`, is not an address.
        && (scheme.is_some() || port.is_some() || host.contains('.'))
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host(), self.port())
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Proxies(…)"
        } else {
            "Proxies(none)"
        })
    }
}
