//! What is measured side by side, and who takes part.

use crate::{
    contenders::{LIMIT, LIMIT_TLS, LIVEKIT, OURS_HTTP2, OURS_OPENTOK, OURS_VONAGE, REQWEST},
    official::Runtime,
    server::Manner,
};

/// What is asked for, and by how many at a time.
#[derive(Clone, Copy, Debug)]
pub struct Workload {
    pub list: bool,
    pub concurrency: usize,
}

impl Workload {
    /// The form in which a child process gets it as an argument.
    pub fn arguments(self) -> (&'static str, String) {
        let what = if self.list { "list" } else { "one" };
        (what, self.concurrency.to_string())
    }

    const fn one(concurrency: usize) -> Self {
        Self {
            list: false,
            concurrency,
        }
    }

    const fn list(concurrency: usize) -> Self {
        Self {
            list: true,
            concurrency,
        }
    }
}

/// What is measured side by side, and by whom; the first is the limit that the others are measured
/// by.
pub struct Group {
    pub title: &'static str,
    pub workload: Workload,
    pub manner: Manner,
    pub contenders: &'static [(&'static str, By)],
}

pub const GROUPS: [Group; 8] = [
    Group {
        title: "one archive, concurrency 1",
        workload: Workload::one(1),
        manner: Manner::Plain,
        contenders: &CONTENDERS,
    },
    Group {
        title: "one archive, concurrency 64",
        workload: Workload::one(64),
        manner: Manner::Plain,
        contenders: &CONTENDERS,
    },
    Group {
        title: "one archive, concurrency 512",
        workload: Workload::one(512),
        manner: Manner::Plain,
        contenders: RUST,
    },
    Group {
        title: "a list of 1,000 archives, concurrency 1",
        workload: Workload::list(1),
        manner: Manner::Plain,
        contenders: &CONTENDERS,
    },
    Group {
        title: "a list of 1,000 archives, concurrency 64",
        workload: Workload::list(64),
        manner: Manner::Plain,
        contenders: &CONTENDERS,
    },
    Group {
        title: "one archive over TLS, concurrency 1",
        workload: Workload::one(1),
        manner: Manner::Tls,
        contenders: &OVER_TLS,
    },
    Group {
        title: "one archive over TLS, concurrency 64",
        workload: Workload::one(64),
        manner: Manner::Tls,
        contenders: &OVER_TLS,
    },
    Group {
        title: "one archive over a TLS connection of its own",
        workload: Workload::one(1),
        manner: Manner::TlsOnce,
        contenders: &OVER_NEW_TLS,
    },
];

#[derive(Clone, Copy)]
pub enum By {
    Rust(&'static str),
    Sdk(Runtime, &'static str),
}

pub const CONTENDERS: [(&str, By); 9] = [
    ("limit: hyper-util, its header made once", By::Rust(LIMIT)),
    ("**vonage-video**, Vonage (RS256)", By::Rust(OURS_VONAGE)),
    ("**vonage-video**, OpenTok (HS256)", By::Rust(OURS_OPENTOK)),
    (
        "reqwest with its default TLS, its header made once",
        By::Rust(REQWEST),
    ),
    (
        "livekit-api (rooms, by Protocol Buffers)",
        By::Rust(LIVEKIT),
    ),
    ("npm opentok", By::Sdk(Runtime::Node, "opentok")),
    ("npm @vonage/video", By::Sdk(Runtime::Node, "vonage")),
    ("PyPI opentok", By::Sdk(Runtime::Python, "opentok")),
    ("PyPI vonage-video", By::Sdk(Runtime::Python, "vonage")),
];

/// Those that are written in Rust.
pub const RUST: &[(&str, By)] = CONTENDERS.split_at(5).0;

/// For the latencies at fixed rates and the instructions.
pub const CLOSEST: &[(&str, By)] = CONTENDERS.split_at(4).0;

const OVER_TLS: [(&str, By); 4] = [
    (
        "limit: hyper-util with rustls, its header made once",
        By::Rust(LIMIT_TLS),
    ),
    ("**vonage-video**, OpenTok", By::Rust(OURS_OPENTOK)),
    (
        "**vonage-video**, OpenTok, over HTTP/2",
        By::Rust(OURS_HTTP2),
    ),
    (
        "reqwest with its default TLS, over HTTP/2",
        By::Rust(REQWEST),
    ),
];

const OVER_NEW_TLS: [(&str, By); 3] = {
    let [limit, ours, _, reqwest] = OVER_TLS;
    [limit, ours, reqwest]
};
