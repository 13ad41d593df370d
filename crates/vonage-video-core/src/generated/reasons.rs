// @generated from api/common.toml by `cargo xtask codegen`; edit that file instead.

/// The condition behind an error response, as far as its status, code and message tell. The
/// server's own words are in [`ApiError`](crate::ApiError).
///
/// The API distinguishes many conditions by its message only; the known messages are from recorded
/// responses. An unknown message is [`Other`](Self::Other), unless its status has one documented
/// cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The one client that the request names is not connected to the session. Others may be.
    ClientNotConnected,
    /// No client is connected to the session. Try again once one is, for instance after a
    /// `connectionCreated` webhook.
    NoClientsConnected,
    /// The session is relayed; the operation requires a routed session. A session cannot be
    /// changed: create one with `MediaMode::Routed`.
    SessionIsRelayed,
    /// The session is already being recorded or broadcast. For a second one at the same time, set a
    /// tag: `multi_archive_tag` or `multi_broadcast_tag`.
    AlreadyStarted,
    /// The session already has captions.
    CaptionsAlreadyOn,
    /// Streams can be added and removed only in an archive or broadcast that was started with
    /// `StreamMode::Manual`.
    NotInManualStreamMode,
    /// The archive or broadcast is in a state in which it cannot be stopped or deleted, for
    /// instance because it has stopped.
    WrongState,
    /// The credentials are not accepted, or this machine's clock is wrong.
    Unauthorized,
    /// Something that the request names does not exist, or the base URL is wrong.
    NotFound,
    /// A field of the request is too large.
    TooLarge,
    /// Too many requests. `ApiError::retry_after` is how long to wait, if the server states it.
    RateLimited,
    /// Any other condition.
    Other,
}

impl Reason {
    /// The variant's name, for logs and JSON: `NotFound`, `Other`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientNotConnected => "ClientNotConnected",
            Self::NoClientsConnected => "NoClientsConnected",
            Self::SessionIsRelayed => "SessionIsRelayed",
            Self::AlreadyStarted => "AlreadyStarted",
            Self::CaptionsAlreadyOn => "CaptionsAlreadyOn",
            Self::NotInManualStreamMode => "NotInManualStreamMode",
            Self::WrongState => "WrongState",
            Self::Unauthorized => "Unauthorized",
            Self::NotFound => "NotFound",
            Self::TooLarge => "TooLarge",
            Self::RateLimited => "RateLimited",
            Self::Other => "Other",
        }
    }

    /// Every reason but `Other`, in the order in which they are looked for.
    pub(crate) const KNOWN: &[Self] = &[
        Self::ClientNotConnected,
        Self::NoClientsConnected,
        Self::SessionIsRelayed,
        Self::AlreadyStarted,
        Self::CaptionsAlreadyOn,
        Self::NotInManualStreamMode,
        Self::WrongState,
        Self::Unauthorized,
        Self::NotFound,
        Self::TooLarge,
        Self::RateLimited,
    ];

    /// Codes of the platform that stand for it, in every operation.
    pub(crate) const fn codes(self) -> &'static [i64] {
        match self {
            Self::SessionIsRelayed => &[15008],
            Self::AlreadyStarted => &[15001],
            Self::CaptionsAlreadyOn => &[60003],
            Self::WrongState => &[15002, 15004],
            _ => &[],
        }
    }

    /// Statuses that mean it in every operation; with [`words`](Self::words), only beside these.
    pub(crate) const fn statuses(self) -> &'static [u16] {
        match self {
            Self::NoClientsConnected => &[400, 404],
            Self::SessionIsRelayed => &[409],
            Self::Unauthorized => &[401, 403],
            Self::NotFound => &[404],
            Self::TooLarge => &[413],
            Self::RateLimited => &[429],
            _ => &[],
        }
    }

    /// Parts of messages that tell it, in lower case.
    pub(crate) const fn words(self) -> &'static [&'static str] {
        match self {
            Self::ClientNotConnected => &[
                "not connected",
                "no clients",
                "connection not found",
                "no such connection",
                "client not found",
            ],
            Self::NoClientsConnected => &["no clients", "no client is", "not connected"],
            Self::SessionIsRelayed => &["routed", "relayed", "p2p", "peer to peer", "peer-to-peer"],
            Self::AlreadyStarted => &["already"],
            Self::CaptionsAlreadyOn => &[
                "captioning is already",
                "captions are already",
                "already enabled",
            ],
            Self::NotInManualStreamMode => &["manual"],
            _ => &[],
        }
    }
}
