// @generated from api/sessions.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// How media travels. Official SDKs disagree about the default: the OpenTok ones send relayed,
    /// one Vonage SDK sends routed, two send nothing. Routed is the default here, always sent: it
    /// is the server's own, and archives, broadcasts, SIP, captions, the Audio Connector and the
    /// Experience Composer need it, while relayed only suits a few clients that need none of them.
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
