//! Server-sent events, as the emulator pushes them.

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::Body;
use serde_json::Value;

/// Most bytes of an event: one that is longer is no event of ours.
const LARGEST: usize = 4 * 1024 * 1024;

/// An event: its name and its data.
#[derive(Debug, PartialEq)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) data: Value,
}

/// Reads events from a response's body.
pub(crate) struct Events<B> {
    body: B,
    buffer: Vec<u8>,
}

impl<B: Body<Data = Bytes> + Unpin> Events<B> {
    pub(crate) fn new(body: B) -> Self {
        Self {
            body,
            buffer: Vec::new(),
        }
    }

    /// Waits for the next event; `None` when the stream has ended or broken.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\n\n") {
                let rest = self.buffer.split_off(end + 2);
                let block = std::mem::replace(&mut self.buffer, rest);
                if let Some(event) = event(&block) {
                    return Some(event);
                }
                continue;
            }
            let frame = self.body.frame().await?.ok()?;
            if let Ok(data) = frame.into_data() {
                self.buffer.extend_from_slice(&data);
            }
            if self.buffer.len() > LARGEST {
                return None;
            }
        }
    }
}

/// The event of a block of lines; `None` for comments and hints to browsers.
fn event(block: &[u8]) -> Option<Event> {
    let text = std::str::from_utf8(block).ok()?;
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.strip_prefix(' ').unwrap_or(line))
    };
    Some(Event {
        name: field("event:")?.to_owned(),
        data: serde_json::from_str(field("data:")?).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use http_body_util::StreamBody;
    use hyper::body::Frame;
    use serde_json::json;

    use super::*;

    struct Chunks(VecDeque<&'static str>);

    impl futures_core::Stream for Chunks {
        type Item = Result<Frame<Bytes>, std::convert::Infallible>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            let next = self.0.pop_front();
            std::task::Poll::Ready(next.map(|text| Ok(Frame::data(Bytes::from(text)))))
        }
    }

    #[tokio::test(flavor = "current_thread")]
    async fn events_are_read_however_they_are_cut() {
        let chunks = [
            "retry: 1000\n\n:\n\nid: a-1\nevent: req",
            "uest\ndata: {\"a\":\"\u{fc}",
            "\"}\n",
            "\nid: a-2\nevent: gone\n\nevent: x\ndata: 1\n\nevent: cut\ndata: 2\n",
        ];
        let mut events = Events::new(StreamBody::new(Chunks(chunks.into())));
        let event = events.next().await.unwrap();
        assert_eq!(
            (event.name.as_str(), event.data),
            ("request", json!({"a": "\u{fc}"}))
        );
        assert_eq!(events.next().await.unwrap().name, "x");
        assert_eq!(events.next().await, None, "one that is cut off is none");
    }
}
