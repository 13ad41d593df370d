//! The base64 of the minting path: vector instructions where the processor has them, as base64 is
//! otherwise a fifth of an HS256 token.

use ::base64::{
    Engine as _,
    engine::general_purpose::{NO_PAD, PAD, PAD_INDIFFERENT},
};

pub(crate) use engines::{Fast, STANDARD, URL_SAFE, URL_SAFE_INDIFFERENT};

#[cfg(any(
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_feature = "neon")
))]
mod engines {
    use std::sync::LazyLock;

    use ::base64::engine::Simd;

    /// Looks once at what the processor can do.
    pub(crate) type Fast = LazyLock<Simd>;

    /// With padding.
    pub(crate) static STANDARD: Fast = LazyLock::new(|| Simd::standard(super::PAD));
    /// Without padding.
    pub(crate) static URL_SAFE: Fast = LazyLock::new(|| Simd::url_safe(super::NO_PAD));
    /// With padding or without.
    pub(crate) static URL_SAFE_INDIFFERENT: Fast =
        LazyLock::new(|| Simd::url_safe(super::PAD_INDIFFERENT));
}

#[cfg(not(any(
    target_arch = "x86_64",
    all(target_arch = "aarch64", target_feature = "neon")
)))]
mod engines {
    use ::base64::{alphabet, engine::GeneralPurpose};

    pub(crate) type Fast = &'static GeneralPurpose;

    /// With padding.
    pub(crate) static STANDARD: Fast = &GeneralPurpose::new(&alphabet::STANDARD, super::PAD);
    /// Without padding.
    pub(crate) static URL_SAFE: Fast = &GeneralPurpose::new(&alphabet::URL_SAFE, super::NO_PAD);
    /// With padding or without.
    pub(crate) static URL_SAFE_INDIFFERENT: Fast =
        &GeneralPurpose::new(&alphabet::URL_SAFE, super::PAD_INDIFFERENT);
}

/// Appends the base64 of `bytes` straight into its place: the engine's own way into a `String` goes
/// through a buffer.
pub(crate) fn append(out: &mut Vec<u8>, engine: &Fast, bytes: &[u8]) {
    let start = out.len();
    out.resize(start + bytes.len().div_ceil(3) * 4, 0);
    let place = out.get_mut(start..).unwrap_or_default();
    // There is room for the longest form, so this cannot fail.
    let written = engine.encode_slice(bytes, place).unwrap_or_default();
    out.truncate(start + written);
}

/// The text of bytes that are all ASCII.
pub(crate) fn ascii(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_default()
}
