// @generated from api/render.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// The status of a render.
    pub enum RenderStatus: str {
        /// `starting`: The page is being opened.
        Starting = "starting",
        /// `started`: Its stream is published.
        Started = "started",
        /// `stopped`: It stopped; see the reason.
        Stopped = "stopped",
        /// `failed`: The page could not be shown; see the reason.
        Failed = "failed",
    }
}

impl Default for RenderStatus {
    fn default() -> Self {
        Self::from("")
    }
}

open_enum! {
    /// Why a render stopped or failed. The server's spelling varies between sources, with capitals,
    /// a full stop or `Maximum`: what is not listed here is kept as it came.
    pub enum RenderReason: str {
        /// `Max duration exceeded`: It ran for its longest.
        MaxDuration = "Max duration exceeded",
        /// `Max duration exceeded.`: It ran for its longest, as the example of a webhook spells it.
        MaxDurationInWebhook = "Max duration exceeded.",
        /// `Stop Requested`: It was stopped by a call.
        StopRequested = "Stop Requested",
        /// `Stop Requested.`: It was stopped by a call; the spelling of webhooks.
        StopRequestedInWebhook = "Stop Requested.",
        /// `Could not load URL`: The page did not load.
        CouldNotLoadUrl = "Could not load URL",
    }
}
