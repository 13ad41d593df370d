//! The addresses that webhooks come from.

use std::net::{IpAddr, Ipv4Addr};

/// The network that webhooks come from: 216.147.0.0/18, as support article 11703629696412 of the
/// Vonage Video API has it, in 2026.
///
/// Check the address in addition to the signature, not instead of it: addresses can change, and a
/// proxy hides them.
///
/// ```
/// use vonage_video_auth::IpAllowList;
/// assert!(IpAllowList::vonage().contains("216.147.63.255".parse()?));
/// assert!(!IpAllowList::vonage().contains("216.147.64.0".parse()?));
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(alias("whitelist", "firewall"))]
pub struct IpAllowList {
    network: Ipv4Addr,
    prefix: u32,
}

impl IpAllowList {
    /// The network of the service.
    pub const fn vonage() -> Self {
        Self {
            network: Ipv4Addr::new(216, 147, 0, 0),
            prefix: 18,
        }
    }

    /// Whether `address`, also in the form `::ffff:216.147.0.1`, is in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let IpAddr::V4(address) = address.to_canonical() else {
            return false;
        };
        let mask = u32::MAX << (32 - self.prefix);
        address.to_bits() & mask == self.network.to_bits()
    }
}
