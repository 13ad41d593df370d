//! The notices to a simulated client, as a stream.

use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use vonage_video_core::{ConnectionId, SessionId};

use crate::world::{Next, Notice, Subscription};

/// The notices to a simulated client, in order.
///
/// It begins with what is there: the connections, the client's own first, the streams, the
/// archives, and the messages that the client got before. Then everything follows as it happens. It
/// ends after [`Notice::Disconnected`], or when the emulator is dropped. A reader that falls behind
/// by thousands of notices gets [`Notice::Missed`].
///
/// ```
/// # use vonage_video_core::{encode, operations::CreateSession};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use vonage_video_emulator::{Emulator, Notice, Publish};
///
/// # let emulator = Emulator::builder().in_memory()?;
/// # let project = emulator.opentok().ok_or("a demo project")?;
/// # let credentials = project.credentials().ok_or("it has a secret")?;
/// # let mut request = encode(&CreateSession::new(), credentials.project())?;
/// # let token = credentials.rest_token(emulator.now())?;
/// # request.headers_mut().insert(token.header_name(), token.header_value().parse()?);
/// # let response = emulator.handle(request).await?;
/// # let session = serde_json::from_slice::<serde_json::Value>(response.body())?
/// #     .pointer("/0/session_id").and_then(|id| id.as_str()).ok_or("an id")?.to_owned();
/// # let session = session.as_str();
/// # let token = credentials.token(session).sign_at(emulator.now())?;
/// let alice = emulator.join(session, &token)?;
/// let mut notices = alice.notices();
/// let bob = emulator.join(session, &token)?;
/// bob.publish(Publish::camera("Bob"))?;
///
/// while let Some(notice) = notices.next().await {
///     if let Notice::StreamCreated { name, .. } = notice {
///         assert_eq!(name, "Bob");
///         break;
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream does nothing unless it is polled"]
pub struct Notices {
    /// What comes before anything from the subscription.
    so_far: VecDeque<Notice>,
    /// `None` once it has ended.
    subscription: Option<Subscription>,
    session: SessionId,
    client: ConnectionId,
}

impl Notices {
    pub(crate) fn new(
        so_far: Vec<Notice>,
        subscription: Subscription,
        session: SessionId,
        client: ConnectionId,
    ) -> Self {
        Self {
            so_far: so_far.into(),
            subscription: Some(subscription),
            session,
            client,
        }
    }

    /// Waits for the next notice; `None` at the end.
    pub async fn next(&mut self) -> Option<Notice> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Notice>> {
        if let Some(notice) = self.so_far.pop_front() {
            return Poll::Ready(Some(self.read(notice)));
        }
        while let Some(subscription) = &mut self.subscription {
            match std::task::ready!(subscription.poll_next(context)) {
                Some(Next::Missed(_)) => return Poll::Ready(Some(Notice::Missed)),
                Some(Next::Entry(entry)) => {
                    if let Some(notice) = entry.notice_to(&self.session, &self.client) {
                        return Poll::Ready(Some(self.read(notice.clone())));
                    }
                }
                None => self.subscription = None,
            }
        }
        Poll::Ready(None)
    }

    /// Ends the stream with the client's place in the session.
    fn read(&mut self, notice: Notice) -> Notice {
        if matches!(notice, Notice::Disconnected { .. }) {
            self.subscription = None;
        }
        notice
    }
}

impl Stream for Notices {
    type Item = Notice;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Notice>> {
        self.poll(context)
    }
}

impl fmt::Debug for Notices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notices")
            .field("session", &self.session)
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}
