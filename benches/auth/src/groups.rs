//! The kinds of token, and who mints each.

use crate::{
    limit,
    mint::Mint,
    official::{
        self,
        Runtime::{Node, Python},
    },
    ours, peers,
};

/// A kind of token, and who mints it. The first is the limit that the others are measured by.
pub struct Group {
    pub title: &'static str,
    pub contenders: &'static [(&'static str, fn() -> Mint)],
    /// Scripts of the official SDKs: the name, and what they are asked for.
    pub official: &'static [(&'static str, official::Runtime, &'static str)],
}

pub const GROUPS: &[Group] = &[
    Group {
        title: "T1 client token (HMAC-SHA1)",
        contenders: &[
            ("limit: ring, one buffer", limit::t1),
            ("**vonage-video-auth**", ours::t1),
        ],
        official: &[
            ("npm opentok", Node, "opentok-t1"),
            ("PyPI opentok", Python, "opentok-t1"),
        ],
    },
    Group {
        title: "HS256 client token",
        contenders: &[
            ("limit: ring, one buffer", limit::hs256),
            ("**vonage-video-auth**", ours::hs256),
            ("jsonwebtoken, rust_crypto", peers::hs256_rust_crypto),
            ("jsonwebtoken, aws_lc_rs", peers::hs256_aws_lc),
            ("livekit-token (its own, shorter claims)", peers::livekit),
        ],
        official: &[
            ("npm opentok", Node, "opentok-jwt"),
            ("PyPI opentok", Python, "opentok-jwt"),
        ],
    },
    Group {
        title: "RS256 client token, 2048 bits",
        contenders: &[
            ("limit: ring, one buffer", limit::rs256),
            ("**vonage-video-auth**", ours::rs256),
            (
                "**vonage-video-auth**, signing with aws-lc-rs",
                ours::rs256_aws_lc,
            ),
            ("jsonwebtoken, rust_crypto", peers::rs256_rust_crypto),
            ("jsonwebtoken, aws_lc_rs", peers::rs256_aws_lc),
        ],
        official: &[
            ("npm @vonage/video", Node, "vonage"),
            ("PyPI vonage-video", Python, "vonage"),
        ],
    },
    Group {
        title: "REST token from the cache",
        contenders: &[
            ("limit: a lock, the clock, a clone", limit::cached),
            ("**vonage-video-auth**", ours::cached),
        ],
        official: &[],
    },
];
