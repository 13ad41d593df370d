//! Broadcasts: what to do next.

use crate::{
    generated::ids::StreamId,
    models::{Broadcast, Layout},
    operations::{
        AddBroadcastStream, GetBroadcast, RemoveBroadcastStream, SetBroadcastLayout, StopBroadcast,
    },
};

impl Broadcast {
    /// Reads it again.
    pub fn refresh(&self) -> GetBroadcast {
        GetBroadcast::new(&self.id)
    }

    /// Stops it.
    pub fn stop(&self) -> StopBroadcast {
        StopBroadcast::new(&self.id)
    }

    /// Changes its layout.
    pub fn set_layout(&self, layout: Layout) -> SetBroadcastLayout {
        SetBroadcastLayout::new(&self.id, layout)
    }

    /// Adds a stream, in manual stream mode.
    pub fn add_stream(&self, stream: impl Into<StreamId>) -> AddBroadcastStream {
        AddBroadcastStream::new(&self.id, stream)
    }

    /// Takes a stream out, in manual stream mode.
    pub fn remove_stream(&self, stream: impl Into<StreamId>) -> RemoveBroadcastStream {
        RemoveBroadcastStream::new(&self.id, stream)
    }
}
