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
        /// `clientDisconnected`: The client left by itself.
        ClientDisconnected = "clientDisconnected",
        /// `forceDisconnected`: The client was disconnected by `force_disconnect` or a moderator.
        ForceDisconnected = "forceDisconnected",
        /// `networkDisconnected`: The client's network failed.
        NetworkDisconnected = "networkDisconnected",
    }
}

open_enum! {
    /// Why a stream ended.
    pub enum StreamReason: str {
        /// `clientDisconnected`: Its publisher left, or stopped publishing.
        ClientDisconnected = "clientDisconnected",
        /// `forceDisconnected`: Its publisher was disconnected.
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
        /// `RINGING`: The far end rings.
        Ringing = "RINGING",
        /// `ACTIVE`: The far end has answered.
        Active = "ACTIVE",
        /// `ON_HOLD`: It is on hold.
        OnHold = "ON_HOLD",
        /// `HANGUP`: The call is ending.
        Hangup = "HANGUP",
    }
}

open_enum! {
    /// Why a SIP call ended: a SIP response code such as `486`, or one of these.
    pub enum SipCallReason: str {
        /// `700`: It was hung up.
        NormalClearing = "700",
        /// `703`: An unexpected error ended it.
        Unexpected = "703",
        /// `704`: No media arrived.
        MediaTimeout = "704",
        /// `705`: The call reached its maximum duration.
        MaximumDuration = "705",
        /// `706`: The call was inactive for too long.
        MaximumInactivity = "706",
    }
}

open_enum! {
    /// The state of live captions.
    pub enum CaptionsState: str {
        /// `started`: The captions are running.
        Started = "started",
        /// `stopped`: They were stopped, or reached their maximum duration.
        Stopped = "stopped",
        /// `paused`: The captions are paused.
        Paused = "paused",
        /// `failed`: They failed; `reason` has the cause.
        Failed = "failed",
    }
}

impl Default for CaptionsState {
    fn default() -> Self {
        Self::from("")
    }
}
