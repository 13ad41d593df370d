// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// Whether a broadcast runs.
    pub enum BroadcastStatus: str {
        /// `started`: It is being sent.
        Started = "started",
        /// `stopped`: It was stopped, or ended by itself.
        Stopped = "stopped",
        /// `failed`: It failed, as after a disruption of the service.
        Failed = "failed",
    }
}

impl Default for BroadcastStatus {
    fn default() -> Self {
        Self::from("")
    }
}

open_enum! {
    /// The state of an HLS stream.
    pub enum HlsStatus: str {
        /// `connecting`: It is being set up.
        Connecting = "connecting",
        /// `ready`: It is set up; no picture yet.
        Ready = "ready",
        /// `live`: It can be watched.
        Live = "live",
        /// `ended`: The broadcast has ended.
        Ended = "ended",
        /// `error`: The HLS stream failed.
        Failed = "error",
    }
}

open_enum! {
    /// The state of the connection to an RTMP server.
    pub enum RtmpStatus: str {
        /// `connecting`: The connection is being set up.
        Connecting = "connecting",
        /// `live`: The server receives the picture.
        Live = "live",
        /// `offline`: The connection broke and is being set up again.
        Offline = "offline",
        /// `error`: The connection failed, or could not be set up again.
        Failed = "error",
    }
}

impl Default for RtmpStatus {
    fn default() -> Self {
        Self::from("")
    }
}
