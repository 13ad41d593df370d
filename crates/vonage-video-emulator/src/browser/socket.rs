//! One socket of a web page: performs its requests, responds to them, and sends it events.

use std::{future::poll_fn, sync::Arc, time::Duration};

use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval, sleep, timeout},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message,
        protocol::{CloseFrame, Role, WebSocketConfig, frame::coding::CloseCode},
    },
};
use vonage_video_core::models::ConnectionReason;

use super::{
    bucket::Bucket,
    fate::{Blow, Fate},
    member::{Member, Told},
    page_connections::{PageConnections, Performed},
    request::{Numbered, Request},
    response::{Refusal, encode},
};
use crate::site::{FaultAction, Site, State};

/// Most bytes of a message from a page.
const LARGEST_MESSAGE: usize = 64 * 1024;
/// Bytes of the buffer for reading.
const READ_BUFFER: usize = 8 * 1024;
/// How long a page may wait until it connects or resumes.
const HELLO_TIME: Duration = Duration::from_secs(10);
/// How long a page may take to accept what it is sent.
const SEND_TIME: Duration = Duration::from_secs(10);
/// How long the closing handshake may take.
const CLOSE_TIME: Duration = Duration::from_secs(1);
/// How often a page is pinged, and after how many pings without a response it is lost.
const HEARTBEAT: Duration = Duration::from_secs(15);
const MOST_SILENCE: u32 = 3;
/// How often the bucket of a page is refilled.
const REFILL: Duration = Duration::from_millis(100);

/// Why a socket ends.
enum End {
    /// The page left its session, or was disconnected, and knows it.
    Left,
    /// The page closed the socket.
    Closed,
    /// The connection broke, or a fault cut it: the page may come back.
    Lost,
    /// The page has another socket.
    Replaced,
    /// The page may not join, or has nothing to resume.
    Refused,
    /// The page sent what is not allowed.
    Invalid(CloseCode, &'static str),
    /// The emulator ends.
    Stop,
}

struct Socket<'s> {
    stream: WebSocketStream<TokioIo<Upgraded>>,
    site: &'s Site,
    connections: &'s PageConnections,
    member: Option<Member>,
    bucket: Bucket,
}

/// Serves a socket until it ends.
pub(crate) async fn serve(
    upgraded: Upgraded,
    site: &Site,
    connections: &PageConnections,
    mut stopped: watch::Receiver<bool>,
) {
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .max_message_size(Some(LARGEST_MESSAGE))
        .max_frame_size(Some(LARGEST_MESSAGE));
    let io = TokioIo::new(upgraded);
    let mut socket = Socket {
        stream: WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await,
        site,
        connections,
        member: None,
        bucket: Bucket::default(),
    };
    let end = tokio::select! {
        biased;
        _ = stopped.changed() => End::Stop,
        end = socket.run() => end,
    };
    socket.end(end).await;
}

impl Socket<'_> {
    async fn run(&mut self) -> End {
        let mut hello = std::pin::pin!(sleep(HELLO_TIME));
        let mut refill = interval(REFILL);
        let mut heartbeat = interval(HEARTBEAT);
        refill.set_missed_tick_behavior(MissedTickBehavior::Delay);
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut silence = 0;
        loop {
            let replaced = self.member.as_ref().map(|member| member.replaced.clone());
            let step = tokio::select! {
                told = next_told(&mut self.member) => self.tell(told).await,
                () = notified(replaced) => Err(End::Replaced),
                message = self.stream.next(), if !self.bucket.is_empty() => {
                    silence = 0;
                    self.hear(message).await
                }
                _ = refill.tick(), if !self.bucket.is_full() => {
                    self.bucket.refill();
                    Ok(())
                }
                _ = heartbeat.tick() => {
                    silence += 1;
                    if silence > MOST_SILENCE {
                        return End::Lost;
                    }
                    self.send([Message::Ping(bytes::Bytes::new())]).await
                }
                () = &mut hello, if self.member.is_none() => Err(End::Refused),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    /// Sends an event, and those that follow it already.
    async fn tell(&mut self, told: Told) -> Result<(), End> {
        let mut out = Vec::new();
        let told = {
            let mut state = self.site.lock();
            let first = fold(told, &mut state, &mut out);
            first.and_then(|()| drain(self.member.as_mut(), &mut state, &mut out))
        };
        self.send(out.into_iter().map(Message::text)).await?;
        told
    }

    /// Acts on a message of the page.
    async fn hear(&mut self, message: Option<Result<Message, Error>>) -> Result<(), End> {
        let text = match message {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Close(_))) => return Err(End::Closed),
            Some(Ok(Message::Binary(_))) => {
                return Err(End::Invalid(CloseCode::Unsupported, "text only"));
            }
            Some(Ok(other)) => {
                self.bucket.take(other.len());
                return Ok(());
            }
            Some(Err(Error::Capacity(_))) => {
                return Err(End::Invalid(CloseCode::Size, "the message is too large"));
            }
            Some(Err(Error::Utf8(_))) => {
                return Err(End::Invalid(CloseCode::Invalid, "not UTF-8"));
            }
            Some(Err(_)) | None => return Err(End::Lost),
        };
        self.bucket.take(text.len());
        match serde_json::from_str(&text) {
            Ok(Numbered { id, request }) => self.request(id, request).await,
            Err(_) => Err(End::Invalid(
                CloseCode::Policy,
                "the message is not a request",
            )),
        }
    }

    async fn request(&mut self, id: u64, request: Request) -> Result<(), End> {
        let performed = self
            .member
            .as_ref()
            .map_or(Performed::No, |member| member.connection.performed(id));
        match performed {
            Performed::No => {}
            Performed::Yes(response) => return self.send([Message::text(response)]).await,
            Performed::Forgotten => {
                let refusal = Refusal::new("state", "the request was performed before");
                return self.send([Message::text(encode(id, Err(refusal)))]).await;
            }
        }
        let faults = request
            .name()
            .map(|name| self.site.lock().faults.pick_for_page(name));
        let fate = Fate::of(&faults.unwrap_or_default());
        if !fate.delay.is_zero() {
            sleep(fate.delay).await;
        }
        let before = match fate.before {
            Some(Blow::Cut) => return Err(End::Lost),
            Some(Blow::Refuse(refusal)) => Some(refusal),
            None => None,
        };
        let (out, performed) = self.perform(id, request, before, fate.after);
        if let Err(End::Lost) = performed {
            return performed;
        }
        self.send(out.into_iter().map(Message::text)).await?;
        performed
    }

    /// Performs a request, between the events that came before it and those that it brings about.
    /// Returns what the page is sent.
    fn perform(
        &mut self,
        id: u64,
        request: Request,
        before: Option<Refusal>,
        after: Option<Blow>,
    ) -> (Vec<String>, Result<(), End>) {
        let mut out = Vec::new();
        let mut state = self.site.lock();
        if let Err(end) = drain(self.member.as_mut(), &mut state, &mut out) {
            return (out, Err(end));
        }
        let joins = self.member.is_none();
        let resumes = matches!(request, Request::Resume(_));
        let joined = match (before, request, &self.member) {
            (Some(refusal), _, _) => Err(refusal),
            (None, request, Some(member)) => member
                .perform(&mut state.world, request)
                .map(|value| (None, value)),
            (None, Request::Connect(connect), None) => {
                Member::connect(&mut state, self.connections, &connect)
                    .map(|(member, value)| (Some(member), value))
            }
            (None, Request::Resume(resume), None) => {
                Member::resume(&mut state, self.connections, &resume)
                    .map(|(member, value)| (Some(member), value))
            }
            (None, _, None) => Err(Refusal::new("notConnected", "connect first")),
        };
        let mut result = joined.map(|(member, value)| {
            self.member = member.or(self.member.take());
            value
        });
        let mut end = Ok(());
        match after {
            Some(Blow::Refuse(refusal)) if result.is_ok() => result = Err(refusal),
            Some(Blow::Cut) => end = Err(End::Lost),
            _ => {}
        }
        if joins && result.is_err() {
            end = end.and(Err(End::Refused));
        }
        let response = encode(id, result);
        // A page that resumes numbers its resumption after requests that it sends again.
        if let Some(member) = self.member.as_ref().filter(|_| !resumes) {
            member.connection.keep(id, &response);
        }
        out.push(response);
        (out, end)
    }

    async fn send(&mut self, messages: impl IntoIterator<Item = Message>) -> Result<(), End> {
        let send = async {
            for message in messages {
                self.stream.feed(message).await?;
            }
            self.stream.flush().await
        };
        match timeout(SEND_TIME, send).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Lost),
        }
    }

    /// Leaves the session, or keeps the connection for the page to resume, and closes the socket.
    async fn end(mut self, end: End) {
        let (code, reason) = match end {
            End::Lost => {
                if let Some(member) = &self.member {
                    let world = &mut self.site.lock().world;
                    world.lose_socket(&member.session, &member.id);
                }
                return;
            }
            End::Replaced => (CloseCode::Policy, "another socket took this one's place"),
            End::Refused => {
                // A fault may refuse a page that has joined.
                self.leave(ConnectionReason::ClientDisconnected);
                (CloseCode::Policy, "refused")
            }
            End::Left | End::Closed => {
                self.leave(ConnectionReason::ClientDisconnected);
                (CloseCode::Normal, "")
            }
            End::Invalid(code, reason) => {
                self.leave(ConnectionReason::NetworkDisconnected);
                (code, reason)
            }
            End::Stop => (CloseCode::Away, "the emulator ends"),
        };
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        let close = async {
            if self.stream.close(Some(frame)).await.is_ok() {
                while self.stream.next().await.is_some_and(|it| it.is_ok()) {}
            }
        };
        let _ = timeout(CLOSE_TIME, close).await;
    }

    /// Takes the page out of its session, if it is still there.
    fn leave(&self, reason: ConnectionReason) {
        if let Some(Member { session, id, .. }) = &self.member {
            self.connections.remove(id);
            let _ = self.site.lock().world.leave_as(session, id, reason);
        }
    }
}

/// The next event for a page; pending while it is in no session.
async fn next_told(member: &mut Option<Member>) -> Told {
    match member {
        Some(member) => poll_fn(|context| member.poll_told(context)).await,
        None => std::future::pending().await,
    }
}

async fn notified(replaced: Option<Arc<tokio::sync::Notify>>) {
    match replaced {
        Some(replaced) => replaced.notified().await,
        None => std::future::pending().await,
    }
}

/// Adds the events that are there to what is sent.
fn drain(member: Option<&mut Member>, state: &mut State, out: &mut Vec<String>) -> Result<(), End> {
    let Some(member) = member else {
        return Ok(());
    };
    while let Some(told) = member.told_so_far() {
        fold(told, state, out)?;
    }
    Ok(())
}

fn fold(told: Told, state: &mut State, out: &mut Vec<String>) -> Result<(), End> {
    match told {
        Told::Event(event) => out.push(event),
        Told::Last(event) => {
            out.push(event);
            return Err(End::Left);
        }
        Told::Cut | Told::Behind => return Err(End::Lost),
        Told::Faults if state.faults.pick_for_connection(&FaultAction::Cut) => {
            return Err(End::Lost);
        }
        Told::Faults | Told::Nothing => {}
        Told::Over => return Err(End::Stop),
    }
    Ok(())
}
