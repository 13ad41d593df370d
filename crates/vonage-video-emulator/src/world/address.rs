//! Addresses in requests.

/// Whether an address has a host under `.invalid`, which RFC 2606 reserves for names that never
/// exist. Reaching such an address fails in the emulator, as it does at the service.
pub(crate) fn never_exists(address: &str) -> bool {
    host(address).ends_with(".invalid")
}

/// The service's own hosts, for which clients keep asking behind a proxy or a hosts file.
const SERVICE: &[&str] = &[
    "api.opentok.com",
    "api.vonage.com",
    "tokbox.com",
    "opentok.com",
];

/// Whether a host, in lower case and without a port, is one of the service's.
pub(crate) fn is_service(host: &str) -> bool {
    SERVICE.iter().any(|known| {
        host == *known
            || host
                .strip_suffix(known)
                .is_some_and(|rest| rest.ends_with('.'))
    })
}

/// The host in `scheme://host:port/path`, `scheme:user@host;parameters` or `host`, in lower case.
fn host(address: &str) -> String {
    let rest = match address.split_once("://") {
        Some((_, rest)) => rest,
        None => address
            .split_once(':')
            .filter(|(scheme, _)| {
                scheme.eq_ignore_ascii_case("sip") || scheme.eq_ignore_ascii_case("sips")
            })
            .map_or(address, |(_, rest)| rest),
    };
    let authority = rest.split(['/', '?', '#', ';']).next().unwrap_or_default();
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    host.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_in_addresses_of_all_kinds() {
        for (address, expected) in [
            ("https://Example.com:8443/a?b", "example.com"),
            ("wss://host.invalid", "host.invalid"),
            ("sip:user@host.invalid;transport=tls", "host.invalid"),
            ("sip:user@host:5060", "host"),
            ("host.invalid:80", "host.invalid"),
            ("https://user:password@host/", "host"),
            ("", ""),
        ] {
            assert_eq!(host(address), expected, "{address}");
        }
        assert!(never_exists("rtmp://a.invalid/live"));
        assert!(!never_exists("https://a.example/x.invalid"));
    }
}
