// @generated from api/sessions.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// How media travels. The default here is routed, and it is always sent: archives, broadcasts,
    /// SIP, captions, the Audio Connector and the Experience Composer require it. Relayed suits a
    /// few clients that need none of these. The OpenTok SDKs default to relayed.
    pub enum MediaMode: str {
        /// `disabled`: Through the Media Router.
        Routed = "disabled",
        /// `enabled`: Straight between clients where their networks allow, else through a TURN
        /// server.
        Relayed = "enabled",
    }
}

open_enum! {
    /// Whether a session is archived by itself.
    pub enum ArchiveMode: str {
        /// `manual`: When an archive is started by a call.
        Manual = "manual",
        /// `always`: From the first client on, composed, in files of at most four hours. A call
        /// does not stop it.
        Always = "always",
    }
}
