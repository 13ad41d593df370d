//! The hosts that are connected to without a proxy: `NO_PROXY` in its dialects.

use std::net::IpAddr;

use vonage_video_core::{Invalid, shared::unbracketed};

/// A list of hosts, networks and patterns, each with or without a port.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct NoProxy(Vec<Entry>);

#[derive(Debug, PartialEq, Eq)]
struct Entry {
    hosts: Hosts,
    port: Option<u16>,
}

#[derive(Debug, PartialEq, Eq)]
enum Hosts {
    /// `*`.
    All,
    /// `<local>`: names without a dot.
    Local,
    /// `example.com` or `.example.com`: the name and all names below it.
    Name(String),
    /// `*.example.com` or `192.168.*`.
    Pattern(String),
    /// `10.0.0.0/8`, or a single address.
    Network { address: IpAddr, prefix: u32 },
}

impl NoProxy {
    /// Parses a list. Entries are separated by commas, semicolons or blanks, and may be names,
    /// patterns with `*`, addresses, networks or URLs, with or without a port.
    pub(super) fn parse(setting: &'static str, text: &str) -> Result<Self, Invalid> {
        text.split(|c: char| c == ',' || c == ';' || c.is_whitespace())
            .map(|entry| entry.trim_matches(['"', '\'']))
            .filter(|entry| !entry.is_empty())
            .map(|entry| {
                Entry::parse(entry).ok_or_else(|| {
                    Invalid::new(
                        setting,
                        "must be a list of host names, addresses and networks, such as \
                         localhost,.example.com,10.0.0.0/8",
                        format!("the entry {entry:?}"),
                    )
                })
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub(super) fn contains(&self, host: &str, port: u16) -> bool {
        let host = unbracketed(host).trim_end_matches('.').to_ascii_lowercase();
        let address = host.parse::<IpAddr>().ok().map(canonical);
        self.0.iter().any(|entry| {
            entry.port.is_none_or(|wanted| wanted == port) && entry.hosts.contains(&host, address)
        })
    }
}

impl Entry {
    fn parse(text: &str) -> Option<Self> {
        let text = text.split_once("://").map_or(text, |(_, rest)| rest);
        let text = text.strip_suffix('/').unwrap_or(text);
        if let Some(hosts) = Hosts::network(text) {
            return Some(Self { hosts, port: None });
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, "*")) => (host, None),
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (text, None),
        };
        let hosts = Hosts::network(host).or_else(|| Hosts::name(host))?;
        Some(Self { hosts, port })
    }
}

impl Hosts {
    fn network(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = unbracketed(address).parse().ok()?;
        let width = width(address);
        let prefix = prefix.unwrap_or(width);
        (prefix <= width).then_some(Self::Network { address, prefix })
    }

    fn name(text: &str) -> Option<Self> {
        let name = text.to_ascii_lowercase();
        match name.as_str() {
            "*" => return Some(Self::All),
            "<local>" => return Some(Self::Local),
            _ => {}
        }
        let fits = name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '*'));
        let bare = name.trim_matches('.');
        if !fits || bare.is_empty() {
            return None;
        }
        Some(if bare.contains('*') {
            Self::Pattern(bare.to_owned())
        } else {
            Self::Name(bare.to_owned())
        })
    }

    fn contains(&self, host: &str, address: Option<IpAddr>) -> bool {
        match self {
            Self::All => true,
            Self::Local => address.is_none() && !host.contains('.'),
            Self::Name(name) => host
                .strip_suffix(name.as_str())
                .is_some_and(|above| above.is_empty() || above.ends_with('.')),
            Self::Pattern(pattern) => matches(pattern, host),
            Self::Network {
                address: network,
                prefix,
            } => address.is_some_and(|address| in_network(address, canonical(*network), *prefix)),
        }
    }
}

/// `::ffff:10.0.0.1` is `10.0.0.1`.
fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

fn width(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

fn in_network(address: IpAddr, network: IpAddr, prefix: u32) -> bool {
    let bits = |address| match address {
        IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
        IpAddr::V6(address) => address.to_bits(),
    };
    let mask = match prefix {
        0 => 0,
        prefix => u128::MAX << (128 - prefix.min(128)),
    };
    width(address) == width(network) && (bits(address) ^ bits(network)) & mask == 0
}

/// Whether a text matches a pattern in which `*` matches any characters, or none.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .any(|at| text.get(at..).is_some_and(|text| matches(rest, text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialect_is_understood() {
        for (list, host, port, expected) in [
            ("api.example", "api.example", 443, true),
            ("api.example", "v2.api.example", 443, true),
            (".api.example", "v2.api.example", 443, true),
            (".api.example", "api.example", 443, true),
            ("api.example", "notapi.example", 443, false),
            ("API.Example", "api.EXAMPLE", 443, true),
            ("api.example", "api.example.", 443, true),
            ("api.example:8911", "api.example", 8911, true),
            ("api.example:8911", "api.example", 443, false),
            ("api.example:*", "api.example", 443, true),
            ("*.api.example", "v2.api.example", 443, true),
            ("*.api.example", "api.example.evil", 443, false),
            ("*api.example", "v2api.example", 443, true),
            ("v*", "video.api.vonage.com", 443, true),
            ("v*.com", "video.api.vonage.com", 443, true),
            ("v*.org", "video.api.vonage.com", 443, false),
            ("*", "anything", 1, true),
            ("a;b", "b", 1, true),
            ("a b", "b", 1, true),
            ("a,\tb\n", "b", 1, true),
            (" , ;", "b", 1, false),
            ("", "b", 1, false),
            ("http://api.example", "api.example", 443, true),
            ("https://api.example:8911/", "api.example", 8911, true),
            ("\"api.example\"", "api.example", 443, true),
            ("<local>", "intranet", 80, true),
            ("<local>", "intra.net", 80, false),
            ("10.0.0.0/8", "10.1.2.3", 80, true),
            ("10.0.0.0/8", "11.1.2.3", 80, false),
            ("10.0.0.0/8", "::ffff:10.1.2.3", 80, true),
            ("0.0.0.0/0", "11.1.2.3", 80, true),
            ("192.168.*", "192.168.7.1", 80, true),
            ("127.0.0.1:8911", "127.0.0.1", 8911, true),
            ("127.0.0.1:8911", "127.0.0.1", 80, false),
            ("::1", "[::1]", 80, true),
            ("[::1]:8911", "[::1]", 8911, true),
            ("[::1]:8911", "[::1]", 80, false),
            ("fd00::/8", "[fd12::7]", 80, true),
            ("fd00::/8", "10.0.0.1", 80, false),
        ] {
            let parsed = NoProxy::parse("NO_PROXY", list).unwrap();
            assert_eq!(
                parsed.contains(host, port),
                expected,
                "{list} {host} {port}"
            );
        }
    }

    #[test]
    fn an_entry_that_can_match_nothing_is_an_error_that_names_it() {
        for (list, entry) in [
            ("ok.example,10.0.0.0/33", "10.0.0.0/33"),
            ("host/path", "host/path"),
            ("host:port", "host:port"),
            ("host:99999", "host:99999"),
            ("a,.", "\".\""),
            ("user@host", "user@host"),
            ("ex[am]ple", "ex[am]ple"),
        ] {
            let said = NoProxy::parse("NO_PROXY", list).unwrap_err().to_string();
            assert!(said.contains("NO_PROXY") && said.contains(entry), "{said}");
        }
    }
}
