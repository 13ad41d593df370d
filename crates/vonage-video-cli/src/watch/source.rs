//! Where a watch learns what goes on: from the events of an emulator, from webhooks, or by asking.

use std::{
    hash::{BuildHasher as _, RandomState},
    time::Duration,
};

use hyper::body::Incoming;
use serde_json::Value;
use vonage_video::{
    Client,
    operations::{ListArchives, ListBroadcasts, ListConnections, ListStreams},
};

use crate::{
    control::Control,
    failure::{Exit, Failure},
    sse::Events,
    watch::room::{Participant, Room, Stream, Thing},
    webhooks::Heard,
};

/// How often the service is asked, at the least.
const INTERVAL: Duration = Duration::from_secs(2);
/// How seldom it is asked after it has refused for too many requests.
const SLOWEST: Duration = Duration::from_secs(60);
/// What happens within this time is read together.
const TOGETHER: Duration = Duration::from_millis(50);
/// The archives and broadcasts that are looked at, the latest.
const LATEST: u32 = 20;

pub(super) struct Source {
    session: String,
    /// The emulator and its events; `None` for the service.
    emulator: Option<(Control, Events<Incoming>)>,
    /// What the service sends about the session, where it is received.
    heard: Option<Heard>,
    interval: Duration,
}

impl Source {
    pub(super) async fn new(
        control: Option<Control>,
        heard: Option<Heard>,
        session: String,
    ) -> Result<Self, Failure> {
        let emulator = match control.filter(|_| heard.is_none()) {
            // An address of this machine may be something else, which is asked like the service.
            Some(control) => match control.events(Some(&session)).await {
                Ok(events) => Some((control, events)),
                Err(_) => None,
            },
            None => None,
        };
        Ok(Self {
            session,
            interval: if heard.is_some() { SLOWEST } else { INTERVAL },
            emulator,
            heard,
        })
    }

    /// How it learns, for people.
    pub(super) fn origin(&self) -> String {
        match (&self.emulator, &self.heard) {
            (Some(_), _) => "live".to_owned(),
            (_, Some(_)) => "by webhooks".to_owned(),
            (None, None) => format!("asked every {} s", self.interval.as_secs()),
        }
    }

    /// Waits until something may have changed, and returns what is known of it.
    pub(super) async fn changed(&mut self) -> Result<Vec<String>, Failure> {
        let Some((_, events)) = &mut self.emulator else {
            // Many that watch do not ask at the same time.
            let spread = RandomState::new().hash_one(0) % 400;
            let pause = tokio::time::sleep(self.interval + Duration::from_millis(spread));
            match &mut self.heard {
                None => pause.await,
                // A delivery may be lost.
                Some(heard) => tokio::select! {
                    () = heard.next() => {}
                    () = pause => {}
                },
            }
            return Ok(Vec::new());
        };
        let ended = || Failure::Emulator("the emulator has ended".to_owned());
        // The watch's own requests are reported too, and change nothing.
        let first = loop {
            let event = events.next().await.ok_or_else(ended)?;
            if matches!(
                event.name.as_str(),
                "notice" | "event" | "session" | "missed"
            ) {
                break event;
            }
        };
        let mut news: Vec<String> = told(&first.data).into_iter().collect();
        let more = async {
            while let Some(event) = events.next().await {
                news.extend(told(&event.data));
            }
        };
        let _ = tokio::time::timeout(TOGETHER, more).await;
        Ok(news)
    }

    /// Asks less often after the service has refused for too many requests. Other failures are
    /// returned.
    pub(super) fn slow_down(&mut self, failure: Failure) -> Result<(), Failure> {
        if failure.exit() != Exit::TooMany {
            return Err(failure);
        }
        self.interval = (self.interval * 2).min(SLOWEST);
        Ok(())
    }

    /// The session now.
    pub(super) async fn room(&self, client: &Client) -> Result<Room, Failure> {
        let mut room = match &self.emulator {
            Some((control, _)) => {
                let path = format!("sessions/{}", self.session);
                emulated(&control.get(&path, &[]).await?)
            }
            None => served(client, &self.session).await?,
        };
        room.session.clone_from(&self.session);
        let archives = ListArchives::new()
            .session_id(self.session.as_str())
            .count(LATEST);
        let archives = client.send(archives).await?;
        let broadcasts = ListBroadcasts::new()
            .session_id(self.session.as_str())
            .count(LATEST);
        let broadcasts = client.send(broadcasts).await?;
        let archive = |it: vonage_video::models::Archive| Thing {
            id: it.id.to_string(),
            name: it.name.unwrap_or_default(),
            status: it.status.to_string(),
        };
        room.archives = archives.items.into_iter().map(archive).collect();
        let broadcast = |it: vonage_video::models::Broadcast| Thing {
            id: it.id.to_string(),
            name: String::new(),
            status: it.status.to_string(),
        };
        room.broadcasts = broadcasts.items.into_iter().map(broadcast).collect();
        Ok(room)
    }
}

/// A line about something that leaves no trace in the session: signals, tones and captions.
fn told(data: &Value) -> Option<String> {
    let text = |name: &str| data.get(name).and_then(Value::as_str);
    match text("notice")? {
        "signal" => Some(format!(
            "  signal {}: {}",
            text("type").unwrap_or("without a type"),
            text("data").unwrap_or_default()
        )),
        "dtmf" => Some(format!("  tones {}", text("digits").unwrap_or_default())),
        "captionReceived" if data.get("isFinal") == Some(&true.into()) => Some(format!(
            "  caption: {}",
            text("caption").unwrap_or_default()
        )),
        "sessionReconnecting" => Some("  the session moves to another server".to_owned()),
        _ => None,
    }
}

fn emulated(session: &Value) -> Room {
    let list = |name: &str| {
        session
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let text = |item: &Value, name: &str| {
        item.get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let clients = list("connections").map(|item| Participant {
        id: text(item, "connectionId"),
        data: text(item, "data"),
        role: match text(item, "kind").as_str() {
            "" | "client" => text(item, "role"),
            other => other.to_owned(),
        },
    });
    let streams = list("streams").map(|item| Stream {
        id: text(item, "id"),
        client: text(item, "connectionId"),
        name: text(item, "name"),
        video: match text(item, "videoType").as_str() {
            "" => "audio".to_owned(),
            video => video.to_owned(),
        },
        muted: item.get("muted") == Some(&true.into()),
    });
    Room {
        clients: clients.collect(),
        streams: streams.collect(),
        ..Room::default()
    }
}

async fn served(client: &Client, session: &str) -> Result<Room, Failure> {
    let connections = client.send(ListConnections::new(session)).await?;
    let streams = client.send(ListStreams::new(session)).await?;
    let participant = |it: vonage_video::models::Connection| Participant {
        id: it.id.to_string(),
        data: String::new(),
        role: String::new(),
    };
    let stream = |it: vonage_video::models::Stream| Stream {
        id: it.id.to_string(),
        client: String::new(),
        name: it.name.unwrap_or_default(),
        video: it
            .video_type
            .map_or_else(|| "audio".to_owned(), |kind| kind.to_string()),
        muted: false,
    };
    Ok(Room {
        clients: connections.items.into_iter().map(participant).collect(),
        streams: streams.items.into_iter().map(stream).collect(),
        ..Room::default()
    })
}
