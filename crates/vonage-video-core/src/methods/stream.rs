//! Streams: what to do next.

use crate::{
    generated::ids::SessionId,
    models::{Stream, StreamClassList},
    operations::{GetStream, MuteStream, SetStreamClassLists},
};

impl Stream {
    /// Reads it again.
    pub fn refresh(&self, session: impl Into<SessionId>) -> GetStream {
        GetStream::new(session, &self.id)
    }

    /// Mutes its audio.
    pub fn mute(&self, session: impl Into<SessionId>) -> MuteStream {
        MuteStream::new(session, &self.id)
    }

    /// Sets its layout classes, in place of those it has.
    pub fn set_classes<C: Into<String>>(
        &self,
        session: impl Into<SessionId>,
        classes: impl IntoIterator<Item = C>,
    ) -> SetStreamClassLists {
        SetStreamClassLists::new(session, [StreamClassList::new(&self.id, classes)])
    }
}
