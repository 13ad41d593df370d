//! Streams: the next operations.

use crate::{
    generated::ids::SessionId,
    models::{Stream, StreamClassList},
    operations::{GetStream, MuteStream, SetStreamClassLists},
};

impl Stream {
    /// Returns the operation that reads the stream again.
    pub fn refresh(&self, session: impl Into<SessionId>) -> GetStream {
        GetStream::new(session, &self.id)
    }

    /// Returns the operation that mutes the audio of the stream.
    pub fn mute(&self, session: impl Into<SessionId>) -> MuteStream {
        MuteStream::new(session, &self.id)
    }

    /// Returns the operation that replaces the layout classes of the stream.
    pub fn set_classes<C: Into<String>>(
        &self,
        session: impl Into<SessionId>,
        classes: impl IntoIterator<Item = C>,
    ) -> SetStreamClassLists {
        SetStreamClassLists::new(session, [StreamClassList::new(&self.id, classes)])
    }
}
