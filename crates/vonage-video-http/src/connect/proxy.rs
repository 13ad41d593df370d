//! Which connections go through a proxy, and which.

use std::{fmt, sync::Arc};

use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use vonage_video_core::Invalid;

use crate::base_url::is_loopback;

/// The proxies of a client: one that was named, those of the environment, or none.
#[derive(Clone, Default)]
pub(crate) struct Proxies(Option<Arc<Rules>>);

struct Rules {
    matcher: Matcher,
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
        check("proxy", url)?;
        Ok(Self(Some(Arc::new(Rules {
            matcher: Matcher::builder().all(url).no(except).build(),
            not_to_loopback: false,
        }))))
    }

    /// Those that `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` name, in capitals or small letters.
    pub(crate) fn of_variables(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self, Invalid> {
        let variable = |names: [&'static str; 2]| {
            names
                .into_iter()
                .find_map(|name| Some((name, lookup(name)?)).filter(|(_, value)| !value.is_empty()))
        };
        let proxy = |names| match variable(names) {
            Some((name, value)) => check(name, &value).map(|()| value),
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
        let no = variable(["NO_PROXY", "no_proxy"]).map_or_else(String::new, |(_, value)| value);
        Ok(Self(Some(Arc::new(Rules {
            matcher: Matcher::builder()
                .all(all)
                .https(https)
                .http(http)
                .no(no)
                .build(),
            not_to_loopback: true,
        }))))
    }

    /// The proxy on the way to a target.
    pub(crate) fn of(&self, target: &Uri) -> Option<Proxy> {
        let rules = self.0.as_deref()?;
        if rules.not_to_loopback && target.host().is_some_and(is_loopback) {
            return None;
        }
        let intercept = rules.matcher.intercept(target)?;
        let scheme = Scheme::of(intercept.uri())?;
        Some(Proxy { intercept, scheme })
    }

    /// What a proxy that forwards plain HTTP wants in each request.
    pub(crate) fn forwarding_authorization(&self, target: &Uri) -> Option<HeaderValue> {
        self.0.as_deref()?;
        if target.scheme_str() != Some("http") {
            return None;
        }
        let proxy = self.of(target).filter(Proxy::forwards)?;
        proxy.basic().cloned()
    }
}

impl Proxy {
    pub(crate) fn uri(&self) -> &Uri {
        self.intercept.uri()
    }

    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether it takes plain HTTP requests and sends them on. Everything else goes through a tunnel.
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

/// A proxy that is misspelt must not be a proxy that is not used.
fn check(name: &'static str, url: &str) -> Result<(), Invalid> {
    let fits = url.parse::<Uri>().is_ok_and(|uri| {
        uri.host().is_some_and(|host| !host.is_empty()) && Scheme::of(&uri).is_some()
    });
    if fits {
        Ok(())
    } else {
        // It may hold a password, so it is not quoted.
        Err(Invalid::new(
            name,
            "must be a URL such as http://user:password@proxy.example:3128; its scheme may be http, https (with the feature `tls`), socks5 or socks5h",
            "",
        ))
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
