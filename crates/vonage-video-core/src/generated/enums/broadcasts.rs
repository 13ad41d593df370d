// @generated from api/broadcasts.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// Whether a broadcast runs.
    pub enum BroadcastStatus: str {
        /// `started`: It runs.
        Started = "started",
        /// `stopped`: It stopped.
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
    /// How an HLS stream does.
    pub enum HlsStatus: str {
        /// `connecting`: It is being set up.
        Connecting = "connecting",
        /// `ready`: It is set up; no picture yet.
        Ready = "ready",
        /// `live`: It can be watched.
        Live = "live",
        /// `ended`: It is over.
        Ended = "ended",
        /// `error`: It failed.
        Failed = "error",
    }
}

open_enum! {
    /// How the connection to an RTMP service does.
    pub enum RtmpStatus: str {
        /// `connecting`: It is being made.
        Connecting = "connecting",
        /// `live`: The picture arrives.
        Live = "live",
        /// `offline`: It broke, and is being made again.
        Offline = "offline",
        /// `error`: It could not be made, or was lost for good.
        Failed = "error",
    }
}

impl Default for RtmpStatus {
    fn default() -> Self {
        Self::from("")
    }
}
