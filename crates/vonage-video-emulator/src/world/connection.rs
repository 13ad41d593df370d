//! Connections of clients, and of what the service puts in their place.

use std::{collections::VecDeque, sync::Arc};

use serde::{Deserialize, Serialize, Serializer};
use vonage_video_auth::Role;
use vonage_video_core::{
    AudioConnectorId, ConnectionId, RenderId, SipCallId, StreamId, Timestamp,
    models::EventConnection,
};

use crate::world::{attachment::Attachment, clock::Millis, notice::Notice, role_name};

/// A client in a session, or something of the service that takes the place of one.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Connection {
    pub(crate) id: ConnectionId,
    pub(crate) data: String,
    #[serde(with = "role_name")]
    pub(crate) role: Role,
    pub(crate) created: Millis,
    pub(crate) kind: ConnectionKind,
    /// The layout classes of its streams, unless they bring others.
    pub(crate) initial_classes: Vec<String>,
    pub(crate) streams: Vec<StreamId>,
    pub(crate) inbox: Inbox,
    /// Whether it stays when its session moves to another server: the option `sessionMigration` of
    /// the client SDKs.
    pub(crate) migrates: bool,
    /// Set for a web page. In a world that is continued from a file there is nobody behind it any
    /// more, and it is simulated like others.
    #[serde(skip)]
    pub(crate) attachment: Option<Attachment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ConnectionKind {
    Client,
    SipCall(SipCallId),
    Render(RenderId),
    AudioConnector(AudioConnectorId),
}

impl ConnectionKind {
    /// Its name in the control API.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::SipCall(_) => "sipCall",
            Self::Render(_) => "render",
            Self::AudioConnector(_) => "audioConnector",
        }
    }
}

/// The messages that a client has received. What goes to many clients is shared by them.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<Notice>")]
pub(crate) struct Inbox {
    notices: VecDeque<Arc<Notice>>,
    bytes: usize,
}

/// Most notices in an inbox; then the oldest are dropped.
const LONGEST_INBOX: usize = 10_000;
/// Most bytes of their text.
const LARGEST_INBOX: usize = 8 * 1024 * 1024;

impl Serialize for Inbox {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl From<Vec<Notice>> for Inbox {
    fn from(notices: Vec<Notice>) -> Self {
        let mut inbox = Self::default();
        for notice in notices {
            inbox.push(Arc::new(notice));
        }
        inbox
    }
}

impl Inbox {
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &Notice> {
        self.notices.iter().map(|notice| &**notice)
    }

    fn push(&mut self, notice: Arc<Notice>) {
        self.bytes += notice.size();
        self.notices.push_back(notice);
        while self.notices.len() > LONGEST_INBOX || self.bytes > LARGEST_INBOX {
            let Some(oldest) = self.notices.pop_front() else {
                return;
            };
            self.bytes -= oldest.size();
        }
    }
}

impl Connection {
    /// Puts a message into the inbox.
    pub(super) fn receive(&mut self, notice: &Arc<Notice>) {
        self.inbox.push(Arc::clone(notice));
    }

    pub(super) fn created_notice(&self) -> Notice {
        Notice::ConnectionCreated {
            connection_id: self.id.clone(),
            data: self.data.clone(),
            created_at: self.created,
        }
    }

    /// As webhooks show it.
    pub(super) fn event_model(&self) -> EventConnection {
        let mut model = EventConnection::default();
        model.id = self.id.clone();
        model.created_at = Some(Timestamp::from_millis(self.created));
        model.data = Some(self.data.clone());
        model
    }
}
