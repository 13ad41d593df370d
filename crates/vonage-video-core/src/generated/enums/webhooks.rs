// @generated from api/webhooks.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// Why something happens to a session.
    pub enum SessionReason: str {
        /// `serverRotation`: It has run for long and moves to another server.
        ServerRotation = "serverRotation",
        /// `forceDisconnected`: The service was disrupted, on Vonage.
        ForceDisconnected = "forceDisconnected",
        /// `Internal server failure`: The service was disrupted, on OpenTok.
        ServerFailure = "Internal server failure",
    }
}

open_enum! {
    /// Why a client left.
    pub enum ConnectionReason: str {
        /// `clientDisconnected`: By itself.
        ClientDisconnected = "clientDisconnected",
        /// `forceDisconnected`: It was thrown out.
        ForceDisconnected = "forceDisconnected",
        /// `networkDisconnected`: Its network failed.
        NetworkDisconnected = "networkDisconnected",
    }
}

open_enum! {
    /// Why a stream ended.
    pub enum StreamReason: str {
        /// `clientDisconnected`: Its publisher left or stopped it.
        ClientDisconnected = "clientDisconnected",
        /// `forceDisconnected`: Its publisher was thrown out.
        ForceDisconnected = "forceDisconnected",
        /// `forceUnpublished`: A moderator ended it.
        ForceUnpublished = "forceUnpublished",
        /// `mediaStopped`: The user ended the sharing of a screen.
        MediaStopped = "mediaStopped",
        /// `networkDisconnected`: Its publisher's network failed.
        NetworkDisconnected = "networkDisconnected",
    }
}

open_enum! {
    /// The state of a SIP call.
    pub enum SipCallState: str {
        /// `DIALING`: The far end is being called.
        Dialing = "DIALING",
        /// `RINGING`: It rings.
        Ringing = "RINGING",
        /// `ACTIVE`: It was answered.
        Active = "ACTIVE",
        /// `ON_HOLD`: It is on hold.
        OnHold = "ON_HOLD",
        /// `HANGUP`: It ends.
        Hangup = "HANGUP",
    }
}

open_enum! {
    /// Why a SIP call ended: a SIP response code such as `486`, or one of these.
    pub enum SipCallReason: str {
        /// `700`: It was hung up.
        NormalClearing = "700",
        /// `703`: Something unexpected.
        Unexpected = "703",
        /// `704`: No media came.
        MediaTimeout = "704",
        /// `705`: It ran for its longest.
        MaximumDuration = "705",
        /// `706`: It was inactive for too long.
        MaximumInactivity = "706",
    }
}

open_enum! {
    /// Whether captions run.
    pub enum CaptionsState: str {
        /// `started`: They run.
        Started = "started",
        /// `stopped`: They were stopped, or ran for their longest.
        Stopped = "stopped",
        /// `paused`: They wait.
        Paused = "paused",
        /// `failed`: They failed; see the reason.
        Failed = "failed",
    }
}

impl Default for CaptionsState {
    fn default() -> Self {
        Self::from("")
    }
}
