//! Broadcasts: the next operations.

use crate::{
    generated::ids::StreamId,
    models::{Broadcast, Layout},
    operations::{
        AddBroadcastStream, GetBroadcast, RemoveBroadcastStream, SetBroadcastLayout, StopBroadcast,
    },
};

impl Broadcast {
    /// Returns the operation that reads the broadcast again.
    pub fn refresh(&self) -> GetBroadcast {
        GetBroadcast::new(&self.id)
    }

    /// Returns the operation that stops the broadcast.
    pub fn stop(&self) -> StopBroadcast {
        StopBroadcast::new(&self.id)
    }

    /// Returns the operation that changes the layout.
    pub fn set_layout(&self, layout: Layout) -> SetBroadcastLayout {
        SetBroadcastLayout::new(&self.id, layout)
    }

    /// Returns the operation that adds a stream, in manual stream mode.
    pub fn add_stream(&self, stream: impl Into<StreamId>) -> AddBroadcastStream {
        AddBroadcastStream::new(&self.id, stream)
    }

    /// Returns the operation that removes a stream, in manual stream mode.
    pub fn remove_stream(&self, stream: impl Into<StreamId>) -> RemoveBroadcastStream {
        RemoveBroadcastStream::new(&self.id, stream)
    }
}
