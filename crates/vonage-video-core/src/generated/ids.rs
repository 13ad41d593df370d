// @generated from api/*.toml by `cargo xtask codegen`; edit those files instead.

use crate::id::ids;

ids! {
    /// A recording of a session, also called an archive: a UUID.
    ArchiveId
    /// A run of the Audio Connector: a UUID. To stop it, disconnect its connection.
    AudioConnectorId
    /// A live broadcast of a session: a UUID.
    BroadcastId
    /// The registration of a callback URL, on OpenTok.
    CallbackId
    /// A run of live captions: a UUID. It is needed to stop them.
    CaptionsId
    /// The connection of one client to a session: a UUID. A client that connects again has a new
    /// one.
    ConnectionId
    /// A run of the Experience Composer, also called a render: a UUID.
    RenderId
    /// A session: the room that clients connect to. At most 255 characters; holds its project and
    /// its time of creation.
    SessionId
    /// A telephone call by SIP: a UUID. It names the call in webhooks.
    SipCallId
    /// A stream of audio, video or both, published by a client: a UUID.
    StreamId
}
