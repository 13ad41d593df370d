//! `events`: everything that happens, pushed as server-sent events.
//!
//! Each event has an id, so that a reader that lost its connection resumes where it was: browsers
//! send the id as `Last-Event-ID`, others may send it as the parameter `after`. Without either, a
//! reader gets what happens from now on. The stream begins with the id from which it could be
//! resumed, so that a reader that got no event yet notices the end of its emulator too.

use std::{
    collections::VecDeque,
    future::Future,
    sync::{Arc, Weak},
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Response, StatusCode,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use serde_json::{Value, json};
use tokio::time::sleep;
use vonage_video_core::{ConnectionId, SessionId};

use super::{
    call::{Call, Problem},
    clock, faults,
    sessions::summary,
};
use crate::{
    site::{Body, Site, State},
    world::{Audience, Changed, Entry, News, Next, Report, Subscription},
};

/// How often a comment is sent while nothing happens, so that both ends notice a lost connection.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Most readers at a time, in Rust and over HTTP.
const MOST_READERS: usize = 500;

/// The entries that a reader wants.
struct Filter {
    session: Option<SessionId>,
    client: Option<ConnectionId>,
}

pub(super) fn serve(
    site: &Arc<Site>,
    call: &Call<'_>,
    headers: &HeaderMap,
) -> Result<Response<Body>, Problem> {
    let filter = Filter {
        session: call.parameter("session").map(SessionId::from),
        client: call.parameter("client").map(ConnectionId::from),
    };
    if filter.client.is_some() && filter.session.is_none() {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "`client` needs `session`",
        ));
    }
    let resumed = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .map(str::to_owned)
        .or_else(|| call.parameter("after"));
    let state = site.lock();
    if state.world.readers() >= MOST_READERS {
        return Err(Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            format!("there are {MOST_READERS} readers of events already"),
        ));
    }
    let epoch = state.epoch.clone();
    let latest = state.world.latest();
    let after = match &resumed {
        None => Some(latest),
        Some(id) => number(id, &epoch).filter(|number| *number <= latest),
    };
    let begin = format!("id: {epoch}-{}\nretry: 1000\n\n", after.unwrap_or(latest));
    let mut queue = VecDeque::from([Bytes::from(begin)]);
    if after.is_none() {
        queue.push_back(missed(&epoch, latest));
    }
    let after = after.unwrap_or(latest);
    let events = Events {
        subscription: state.world.subscribe(after),
        filter,
        site: Arc::downgrade(site),
        epoch,
        queue,
        heartbeat: Box::pin(sleep(HEARTBEAT)),
    };
    Ok(response(events))
}

fn response(mut events: Events) -> Response<Body> {
    let mut response = Response::new(Body::open_ended(move |context| events.poll(context)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// One reader's events.
struct Events {
    subscription: Subscription,
    filter: Filter,
    /// Where to look up what the entries only mention.
    site: Weak<Site>,
    epoch: Arc<str>,
    /// What is sent before the next entry.
    queue: VecDeque<Bytes>,
    heartbeat: std::pin::Pin<Box<tokio::time::Sleep>>,
}

impl Events {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if let Some(bytes) = self.queue.pop_front() {
            return Poll::Ready(Some(bytes));
        }
        loop {
            match self.subscription.poll_next(context) {
                Poll::Ready(Some(Next::Entry(entry))) => {
                    if let Some((name, data)) = self.show(&entry) {
                        let event = event(&self.epoch, entry.number, name, &data);
                        return Poll::Ready(Some(event));
                    }
                }
                Poll::Ready(Some(Next::Missed(first))) => {
                    let missed = missed(&self.epoch, first.saturating_sub(1));
                    return Poll::Ready(Some(missed));
                }
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => break,
            }
        }
        std::task::ready!(self.heartbeat.as_mut().poll(context));
        self.heartbeat = Box::pin(sleep(HEARTBEAT));
        context.waker().wake_by_ref();
        Poll::Ready(Some(Bytes::from_static(b":\n\n")))
    }
}

impl Events {
    /// The name and data of an entry's event, if the reader wants it.
    fn show(&self, entry: &Entry) -> Option<(&'static str, Value)> {
        let News::Report(report) = &entry.news else {
            return self.filter.show(entry);
        };
        if self.filter.client.is_some()
            || self.filter.session.is_some() && self.filter.session != report.session
        {
            return None;
        }
        let site = self.site.upgrade()?;
        let (name, mut data) = shown(&site.lock(), report)?;
        data.as_object_mut()?
            .insert("happenedAt".to_owned(), entry.at.into());
        Some((name, data))
    }
}

/// The name and data of the event of a change around the world; `None` when what changed is gone.
pub(super) fn shown(state: &State, report: &Report) -> Option<(&'static str, Value)> {
    let session = || {
        Some(summary(
            state.world.sessions().get(report.session.as_ref()?)?,
        ))
    };
    Some(match report.what {
        Changed::Request(number) => ("request", state.journal.get(number)?.summary()),
        Changed::Delivery { number, attempt } => {
            let delivery = state.webhooks.get(number)?;
            let mut shown = delivery.summary();
            let made = attempt
                .checked_sub(1)
                .and_then(|it| delivery.attempts.get(it));
            if let Some(members) = shown.as_object_mut() {
                members.insert("attempt".to_owned(), json!(made));
            }
            ("delivery", shown)
        }
        Changed::Session => ("session", session()?),
        Changed::Clock(leapt) => {
            let mut clock = clock::show(state);
            clock
                .as_object_mut()?
                .insert("leaptMs".to_owned(), leapt.into());
            ("clock", clock)
        }
        Changed::Faults => ("faults", faults::show(&state.faults)),
        Changed::Targets => (
            "targets",
            json!({ "count": state.webhooks.targets().len() }),
        ),
        Changed::Forgotten => ("forgotten", json!({})),
    })
}

impl Filter {
    /// The name and data of an entry's event, if the reader wants it.
    fn show(&self, entry: &Entry) -> Option<(&'static str, Value)> {
        match &entry.news {
            News::Notice {
                session,
                to,
                notice,
            } => {
                if self.session.as_ref().is_some_and(|own| own != session) {
                    return None;
                }
                if let Some(client) = &self.client {
                    entry.notice_to(session, client)?;
                }
                let mut data = json!(notice);
                let members = data.as_object_mut()?;
                members.insert("at".to_owned(), entry.at.into());
                members.insert("sessionId".to_owned(), json!(session));
                match to {
                    Audience::All => {}
                    Audience::Only(id) => {
                        members.insert("only".to_owned(), json!(id));
                    }
                    Audience::Except(id) => {
                        members.insert("except".to_owned(), json!(id));
                    }
                }
                Some(("notice", data))
            }
            News::Happening(happening) => {
                let body = serde_json::to_value(&happening.event).ok()?;
                if let Some(session) = &self.session
                    && (self.client.is_some()
                        || body.get("sessionId") != Some(&Value::from(session.as_str())))
                {
                    return None;
                }
                let data = json!({
                    "at": entry.at,
                    "project": happening.project,
                    "event": happening.event.kind(),
                    "body": body,
                });
                Some(("event", data))
            }
            // What web pages tell each other is nobody else's.
            News::Report(_) | News::Relay { .. } | News::Cut(_) => None,
        }
    }
}

/// A server-sent event. JSON has no line breaks, so its data is one line.
fn event(epoch: &str, number: u64, name: &str, data: &Value) -> Bytes {
    Bytes::from(format!(
        "id: {epoch}-{number}\nevent: {name}\ndata: {data}\n\n"
    ))
}

/// The event that tells a reader that events before it are lost.
fn missed(epoch: &str, number: u64) -> Bytes {
    event(epoch, number, "missed", &json!({}))
}

/// The number in an event's id, if this emulator wrote it.
fn number(id: &str, epoch: &str) -> Option<u64> {
    let (own, number) = id.trim().rsplit_once('-')?;
    (own == epoch).then_some(())?;
    number.parse().ok()
}
