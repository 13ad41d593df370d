//! What webhook events have in common: their session, their subject, their time, and the key by
//! which copies are recognized.

mod key;
mod new;

pub use key::EventKey;

use crate::{generated::ids::SessionId, generated::webhooks::WebhookEvent, time::Timestamp};

impl WebhookEvent {
    /// The session that the event belongs to; `None` if the body names none.
    pub fn session_id(&self) -> Option<&SessionId> {
        let session = match self {
            Self::SessionCreated(event)
            | Self::SessionDestroyed(event)
            | Self::SessionNotification(event) => &event.session_id,
            Self::ConnectionCreated(event) | Self::ConnectionDestroyed(event) => &event.session_id,
            Self::StreamCreated(event) | Self::StreamDestroyed(event) => &event.session_id,
            Self::Archive(archive) => &archive.session_id,
            Self::Broadcast(broadcast) => &broadcast.session_id,
            Self::Render(render) => &render.session_id,
            Self::Captions(captions) => &captions.session_id,
            Self::CallCreated(event)
            | Self::CallUpdated(event)
            | Self::CallDestroyed(event)
            | Self::MuteForced(event) => &event.session_id,
            Self::Unknown(_) => return None,
        };
        (!session.as_str().is_empty()).then_some(session)
    }

    /// The id of what the event is about: of the connection, stream, archive, broadcast, render,
    /// captions or SIP call; of session events the session's. `None` if the body names none.
    pub fn subject_id(&self) -> Option<&str> {
        let id = match self {
            Self::SessionCreated(event)
            | Self::SessionDestroyed(event)
            | Self::SessionNotification(event) => event.session_id.as_str(),
            Self::ConnectionCreated(event) | Self::ConnectionDestroyed(event) => {
                event.connection.id.as_str()
            }
            Self::StreamCreated(event) | Self::StreamDestroyed(event) => event.stream.id.as_str(),
            Self::Archive(archive) => archive.id.as_str(),
            Self::Broadcast(broadcast) => broadcast.id.as_str(),
            Self::Render(render) => render.id.as_str(),
            Self::Captions(captions) => captions.id.as_str(),
            Self::CallCreated(event)
            | Self::CallUpdated(event)
            | Self::CallDestroyed(event)
            | Self::MuteForced(event) => event.call.id.as_str(),
            Self::Unknown(_) => return None,
        };
        (!id.is_empty()).then_some(id)
    }

    /// When it happened, by the service's clock: `timestamp`, or `updatedAt` of archives,
    /// broadcasts, renders and captions. Both may be absent.
    pub fn happened_at(&self) -> Option<Timestamp> {
        match self {
            Self::SessionCreated(event)
            | Self::SessionDestroyed(event)
            | Self::SessionNotification(event) => event.timestamp,
            Self::ConnectionCreated(event) | Self::ConnectionDestroyed(event) => event.timestamp,
            Self::StreamCreated(event) | Self::StreamDestroyed(event) => event.timestamp,
            Self::Archive(archive) => archive.updated_at,
            Self::Broadcast(broadcast) => broadcast.updated_at,
            Self::Render(render) => render.updated_at,
            Self::Captions(captions) => captions.updated_at,
            Self::CallCreated(event)
            | Self::CallUpdated(event)
            | Self::CallDestroyed(event)
            | Self::MuteForced(event) => event.timestamp,
            Self::Unknown(_) => None,
        }
    }
}
