//! The notices that clients receive.

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    ArchiveId, ConnectionId, StreamId,
    models::{ConnectionReason, StreamReason, VideoType},
};

use crate::world::participation::VideoDimensions;

/// A notice to a client that something happened.
///
/// As JSON it has the member `notice` with the variant's name in camel case, such as
/// `streamCreated`, and the fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "notice",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum Notice {
    /// A client joined the session: the receiver of the notice, another one, or one that was there
    /// before.
    ConnectionCreated {
        /// The id of its connection.
        connection_id: ConnectionId,
        /// The data in its token.
        data: String,
        /// When it joined, in milliseconds of virtual time since 1970.
        created_at: u64,
    },
    /// Another client left the session.
    ConnectionDestroyed {
        /// The id of its connection.
        connection_id: ConnectionId,
        /// The reason why it left.
        reason: ConnectionReason,
    },
    /// A stream was published, or was there when the client joined.
    StreamCreated {
        /// The id of the stream.
        stream_id: StreamId,
        /// The connection that publishes it, which may be the client's own.
        connection_id: ConnectionId,
        /// The name, which may be empty.
        name: String,
        /// What its video shows; `None` for audio only.
        video_type: Option<VideoType>,
        /// Whether it sends audio; a muted stream does not.
        has_audio: bool,
        /// Whether it sends video.
        has_video: bool,
        /// Whether its publisher lets others have captions of it.
        has_captions: bool,
        /// The size of the video in pixels, if the publisher stated it.
        #[serde(skip_serializing_if = "Option::is_none")]
        video_dimensions: Option<VideoDimensions>,
        /// The frames a second, if the publisher stated it.
        #[serde(skip_serializing_if = "Option::is_none")]
        frame_rate: Option<u32>,
        /// The initials to show in place of video.
        #[serde(skip_serializing_if = "Option::is_none")]
        initials: Option<String>,
        /// When it was published, in milliseconds of virtual time since 1970.
        created_at: u64,
    },
    /// A stream of the client or of another one ended.
    StreamDestroyed {
        /// The id of the stream.
        stream_id: StreamId,
        /// The reason why it ended.
        reason: StreamReason,
    },
    /// A property of a stream changed.
    StreamPropertyChanged {
        /// The id of the stream.
        stream_id: StreamId,
        /// The property and its new value.
        #[serde(flatten)]
        change: StreamChange,
    },
    /// The session is being archived.
    ArchiveStarted {
        /// The id of the archive.
        archive_id: ArchiveId,
        /// The name, which may be empty.
        name: String,
    },
    /// An archive of the session stopped.
    ArchiveStopped {
        /// The id of the archive.
        archive_id: ArchiveId,
        /// The name, which may be empty.
        name: String,
    },
    /// Live captions of a stream.
    CaptionReceived {
        /// The id of the stream.
        stream_id: StreamId,
        /// The text of the caption.
        caption: String,
        /// Whether the text will not change any more.
        is_final: bool,
    },
    /// A signal from a client, itself included, or from a server.
    Signal {
        /// The client that sent it; `None` when a server did.
        from: Option<ConnectionId>,
        /// Its type, if it has one.
        #[serde(rename = "type")]
        kind: Option<String>,
        /// The text that it carries.
        data: String,
    },
    /// One of the client's streams had its audio muted. The client may switch it on again.
    Muted {
        /// The id of the stream.
        stream_id: StreamId,
    },
    /// New streams begin muted from now on, or no longer.
    ForceMute {
        /// Whether new streams begin muted.
        active: bool,
    },
    /// Telephone tones were played.
    Dtmf {
        /// The tones, such as `1p5#`.
        digits: String,
    },
    /// One of the client's streams was ended by a moderator.
    Unpublished {
        /// The id of the stream.
        stream_id: StreamId,
    },
    /// The client was disconnected from the session.
    Disconnected {
        /// `forceDisconnected`, `clientDisconnected`, `networkDisconnected` or, for a web page
        /// that neither published nor subscribed for four hours, `mediaIdle`.
        reason: String,
    },
    /// The session moves to another server, and the client is about to follow it.
    SessionReconnecting,
    /// The client has followed its session to another server.
    SessionReconnected,
    /// The reader of these notices was too slow: some were dropped.
    Missed,
}

/// A change of a stream. As JSON it has the members `property` and `value`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "property", content = "value", rename_all = "camelCase")]
#[non_exhaustive]
pub enum StreamChange {
    /// Whether it sends audio; a muted stream does not.
    HasAudio(bool),
    /// Whether it sends video.
    HasVideo(bool),
    /// What its video shows.
    VideoType(Option<VideoType>),
    /// The size of the video in pixels.
    VideoDimensions(VideoDimensions),
    /// Whether its publisher lets others have captions of it.
    HasCaptions(bool),
}

impl Notice {
    /// Whether it is a message to the client, instead of news about others.
    pub(super) fn is_message(&self) -> bool {
        matches!(
            self,
            Self::Signal { .. }
                | Self::Muted { .. }
                | Self::ForceMute { .. }
                | Self::Dtmf { .. }
                | Self::Unpublished { .. }
                | Self::Disconnected { .. }
        )
    }

    /// The bytes of its text.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Signal { kind, data, .. } => data.len() + kind.as_ref().map_or(0, String::len),
            Self::ConnectionCreated { data, .. } => data.len(),
            Self::CaptionReceived { caption: text, .. }
            | Self::StreamCreated { name: text, .. }
            | Self::ArchiveStarted { name: text, .. }
            | Self::ArchiveStopped { name: text, .. }
            | Self::Dtmf { digits: text } => text.len(),
            _ => 0,
        }
    }
}
