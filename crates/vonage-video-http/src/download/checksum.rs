//! The checksum that the service states for a file.

use vonage_video_core::shared::hex;

/// Bytes of a SHA-256.
const LENGTH: usize = 32;

/// What the service says about a file's SHA-256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Checksum {
    /// Nothing.
    None,
    /// The sum, in lower-case hex.
    Sha256(String),
    /// Something that is no SHA-256, in hex or Base64.
    Unknown(String),
}

impl Checksum {
    /// The API's field `sha256sum`: 64 hexadecimal digits or, as in most public responses, Base64.
    pub(super) fn read(text: Option<&str>) -> Self {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
            return Self::None;
        };
        if text.len() == 2 * LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Self::Sha256(text.to_ascii_lowercase());
        }
        match base64(text) {
            Some(sum) if sum.len() == LENGTH => Self::Sha256(hex(&sum)),
            _ => Self::Unknown(text.to_owned()),
        }
    }

    pub(super) fn sha256(&self) -> Option<&str> {
        match self {
            Self::Sha256(sum) => Some(sum),
            Self::None | Self::Unknown(_) => None,
        }
    }
}

/// Base64 with either alphabet, padded or not.
fn base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if text.len() - digits.len() > 2 {
        return None;
    }
    let (mut bytes, mut bits, mut held) = (Vec::with_capacity(LENGTH), 0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    // What is left over must be nothing.
    (held < 6 && bits == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_and_base64_are_the_same_sum_and_anything_else_is_told() {
        let sum = "e25e8c29d3de8823a7b7551a4163014a8bca713ae0f82a39794b1d329ed0fc9a";
        for text in [
            sum,
            &sum.to_uppercase(),
            " 4l6MKdPeiCOnt1UaQWMBSovKcTrg+Co5eUsdMp7Q/Jo=\n",
            "4l6MKdPeiCOnt1UaQWMBSovKcTrg-Co5eUsdMp7Q_Jo",
        ] {
            assert_eq!(Checksum::read(Some(text)), Checksum::Sha256(sum.to_owned()));
        }
        for text in [
            "d41d8cd98f00b204e9800998ecf8427e",
            "sha256:abc",
            "4l6MKdPeiCOnt1UaQWMBSovKcTrg+Co5eUsdMp7Q/Jp=",
            "4l6MKdPeiCOnt1UaQWMBSovKcTrg+Co5eUsdMp7Q/Jo===",
            "====",
        ] {
            assert_eq!(
                Checksum::read(Some(text)),
                Checksum::Unknown(text.to_owned())
            );
        }
        for text in [None, Some(""), Some("  ")] {
            assert_eq!(Checksum::read(text), Checksum::None);
        }
    }
}
