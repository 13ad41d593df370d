//! The body of a response, which knows when the connection is idle again: once it has been sent.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

use crate::{
    server::idle::IdleSlot,
    site::{Body, Broken},
};

/// A body on its way.
pub(super) struct Served {
    body: Body,
    slot: IdleSlot,
}

impl Served {
    pub(super) fn new(body: Body, slot: IdleSlot) -> Self {
        Self { body, slot }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.slot.wait();
    }
}

impl hyper::body::Body for Served {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
