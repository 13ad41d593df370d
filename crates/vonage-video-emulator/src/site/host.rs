//! Which names the emulator serves under. A page on the internet that lets its own name resolve to
//! this machine (DNS rebinding) must not reach it.

use std::{collections::BTreeSet, net::IpAddr};

#[cfg(feature = "browser")]
use http::header::ORIGIN;
use http::{HeaderMap, Uri, header::HOST, uri::Authority};
use vonage_video_core::shared::unbracketed;

use crate::world::is_service;

/// The names that are allowed besides addresses, names of this machine, and the service's hosts;
/// and the origins whose pages may join sessions besides those of this machine.
#[derive(Clone, Debug, Default)]
pub(crate) struct AllowedHosts {
    names: BTreeSet<String>,
    #[cfg(feature = "browser")]
    origins: BTreeSet<String>,
}

impl AllowedHosts {
    pub(crate) fn allow(&mut self, host: &str) {
        self.names.insert(plain(host));
    }

    /// Lets pages of an origin join sessions, such as `https://app.example`; `*` lets all.
    #[cfg(feature = "browser")]
    pub(crate) fn allow_origin(&mut self, origin: &str) {
        let origin = origin.trim_end_matches('/').to_ascii_lowercase();
        self.origins.insert(origin);
    }

    /// Whether the page that sends a request may join sessions: one of this machine, of the
    /// emulator itself, or of an allowed origin. A request without an origin comes from a program.
    #[cfg(feature = "browser")]
    pub(crate) fn lets_join(&self, headers: &HeaderMap) -> bool {
        let own = headers.get(HOST).and_then(|host| host.to_str().ok());
        headers.get_all(ORIGIN).iter().all(|origin| {
            let Ok(origin) = origin.to_str().map(str::to_ascii_lowercase) else {
                return false;
            };
            let host = origin.split_once("://").map(|(_, host)| host);
            self.origins.contains("*")
                || self.origins.contains(&origin)
                || host.is_some_and(|host| own == Some(host) || is_this_machine(host))
        })
    }

    /// Whether a request may be served: each host that it names is allowed, in its target and in
    /// its header. One that names none comes from a program, not from a browser.
    pub(crate) fn serves(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let target = uri.authority().map(|authority| authority.host());
        let named = headers.get_all(HOST).iter().map(|value| {
            let authority = value.to_str().ok()?.parse::<Authority>().ok()?;
            // A user before the host would hide which host it is.
            (!authority.as_str().contains('@')).then(|| authority.host().to_owned())
        });
        target.is_none_or(|host| self.allows(host))
            && named
                .into_iter()
                .all(|host| host.is_some_and(|host| self.allows(&host)))
    }

    fn allows(&self, host: &str) -> bool {
        let host = plain(host);
        let below = |known: &str| {
            host == known
                || host
                    .strip_suffix(known)
                    .is_some_and(|rest| rest.ends_with('.'))
        };
        host.parse::<IpAddr>().is_ok()
            || below("localhost")
            || is_service(&host)
            || self.names.contains(&host)
    }
}

/// Whether the host of an origin, in lower case, is this machine.
#[cfg(feature = "browser")]
fn is_this_machine(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = plain(authority.host());
    let loopback = name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    !host.contains('@') && (loopback || name == "localhost" || name.ends_with(".localhost"))
}

/// A host in lower case, without brackets and without the final dot.
fn plain(host: &str) -> String {
    let host = unbracketed(host);
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serves(hosts: &[&str]) -> bool {
        let mut allowed = AllowedHosts::default();
        allowed.allow("Emulator.internal");
        let mut headers = HeaderMap::new();
        for host in hosts {
            headers.append(HOST, host.parse().unwrap());
        }
        allowed.serves(&Uri::from_static("/"), &headers)
    }

    #[test]
    fn names_of_this_machine_and_of_the_service_are_served() {
        for host in [
            "127.0.0.1",
            "127.0.0.1:8843",
            "[::1]:8843",
            "192.168.1.7:8843",
            "localhost:1",
            "LOCALHOST.",
            "a.b.localhost",
            "api.opentok.com",
            "video.api.vonage.com:443",
            "emulator.internal:8843",
        ] {
            assert!(serves(&[host]), "{host}");
        }
        assert!(serves(&[]));
    }

    #[test]
    fn names_that_others_own_are_not() {
        for host in [
            "evil.example",
            "evil.example:8843",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "notlocalhost",
            "evilapi.opentok.com.example",
            "eviltokbox.com",
            "2130706433",
            "127.1",
            "user@localhost",
            "emulator.internal.evil.example",
        ] {
            assert!(!serves(&[host]), "{host}");
        }
        assert!(!serves(&["localhost", "evil.example"]));
    }

    #[cfg(feature = "browser")]
    #[test]
    fn pages_of_this_machine_and_of_allowed_origins_may_join() {
        let mut allowed = AllowedHosts::default();
        allowed.allow_origin("https://App.example/");
        let lets = |origin: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, "emulator.internal:8843".parse().unwrap());
            headers.append(ORIGIN, origin.parse().unwrap());
            allowed.lets_join(&headers)
        };
        for origin in [
            "http://localhost:3000",
            "https://LOCALHOST",
            "http://127.0.0.1:5173",
            "http://127.8.0.1",
            "http://[::1]:80",
            "http://a.localhost",
            "https://app.example",
            "http://emulator.internal:8843",
        ] {
            assert!(lets(origin), "{origin}");
        }
        for origin in [
            "null",
            "",
            "https://evil.example",
            "http://app.example",
            "https://app.example.evil.example",
            "http://localhost.evil.example",
            "http://notlocalhost",
            "http://evil@localhost",
            "http://192.168.1.7",
            "http://emulator.internal",
        ] {
            assert!(!lets(origin), "{origin}");
        }
        assert!(allowed.lets_join(&HeaderMap::new()), "a program");
        allowed.allow_origin("*");
        let mut headers = HeaderMap::new();
        headers.insert(ORIGIN, "null".parse().unwrap());
        assert!(allowed.lets_join(&headers));
    }

    #[test]
    fn a_host_in_the_target_counts_too() {
        let headers = HeaderMap::new();
        let serves = |uri| AllowedHosts::default().serves(&Uri::from_static(uri), &headers);
        assert!(serves("http://localhost/"));
        assert!(!serves("http://evil.example/"));
    }
}
