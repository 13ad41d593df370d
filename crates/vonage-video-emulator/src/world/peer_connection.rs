//! Peer connections between web pages: who publishes to whom, and what is relayed between them.

use serde::{Deserialize, Serialize};
use vonage_video_core::{ConnectionId, StreamId};

/// A stream on its way to a page that subscribes to it.
#[derive(Clone, Debug)]
pub(crate) struct PeerConnection {
    /// The name under which both ends know it. It is unique in the emulator: names that pages make
    /// by themselves may be the same.
    pub(crate) name: String,
    pub(crate) stream: StreamId,
    pub(crate) publisher: ConnectionId,
    pub(crate) subscriber: ConnectionId,
    /// Whether the publisher is a page; else the subscriber draws the picture itself.
    pub(crate) to_page: bool,
}

/// An end of a peer connection. Both may be the same page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Side {
    Publisher,
    Subscriber,
}

impl Side {
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Publisher => Self::Subscriber,
            Self::Subscriber => Self::Publisher,
        }
    }
}

/// A message to a page about its peer connections.
#[derive(Debug, Serialize)]
#[serde(
    tag = "relay",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub(crate) enum Relay {
    /// Somebody subscribes to a stream of the page.
    Wanted { peer: String, stream_id: StreamId },
    /// A description or a candidate from the other end.
    Message {
        peer: String,
        /// The end that receives it.
        side: Side,
        body: serde_json::Value,
        /// The length of the body as JSON.
        #[serde(skip)]
        length: usize,
    },
    /// The other end is gone.
    Ended { peer: String, side: Side },
}

impl Relay {
    pub(super) fn size(&self) -> usize {
        match self {
            // Parsed JSON takes about that much more than its text.
            Self::Message { length, .. } => 4 * length,
            _ => 0,
        }
    }
}

impl PeerConnection {
    /// The page at an end.
    pub(super) fn at(&self, side: Side) -> &ConnectionId {
        match side {
            Side::Publisher => &self.publisher,
            Side::Subscriber => &self.subscriber,
        }
    }
}
