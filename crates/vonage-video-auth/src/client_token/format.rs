//! The two forms of a client token.

/// The form of a client token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenFormat {
    /// A JSON Web Token: HS256 for OpenTok, RS256 for Vonage. The default in both.
    ///
    /// Vonage has no other. For OpenTok it is what the official Node, Python and Java SDKs mint
    /// since 2024. The default is part of this crate's interface: it changes with a major version
    /// only.
    Jwt,
    /// `T1==` and a base64 text signed with HMAC-SHA1: the first form of OpenTok tokens, still
    /// accepted. OpenTok only.
    #[doc(alias("generateT1Token"))]
    T1,
}
