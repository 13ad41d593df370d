//! A session at a moment, and what has changed since another moment.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::{output::escape, short};

/// The width of a name that is not cut.
pub(super) const LONGEST: usize = 16;

/// A session, and what goes on in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Room {
    pub(super) session: String,
    pub(super) clients: Vec<Participant>,
    pub(super) streams: Vec<Stream>,
    /// Newest first, as the others.
    pub(super) archives: Vec<Thing>,
    pub(super) broadcasts: Vec<Thing>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Participant {
    pub(super) id: String,
    /// The data of its token, where that can be known.
    pub(super) data: String,
    /// Its role, or what it is instead of a client; empty where that cannot be known.
    pub(super) role: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stream {
    pub(super) id: String,
    /// Who publishes it, where that can be known.
    pub(super) client: String,
    pub(super) name: String,
    /// `camera`, `screen`, `custom` or `audio`.
    pub(super) video: String,
    pub(super) muted: bool,
}

/// An archive or a broadcast.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Thing {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) status: String,
}

/// A name that leaves room for what is said of it.
fn cut(name: &str) -> String {
    let name = escape(name);
    if name.width() <= LONGEST {
        return name;
    }
    let mut short = String::new();
    for c in name.chars() {
        if short.width() + c.width().unwrap_or(0) >= LONGEST {
            break;
        }
        short.push(c);
    }
    short + "…"
}

impl Thing {
    pub(super) fn is_running(&self) -> bool {
        matches!(self.status.as_str(), "started" | "paused")
    }

    fn called(&self) -> String {
        match self.name.as_str() {
            "" => short::id(&self.id).to_owned(),
            name => format!("{} ({})", short::id(&self.id), cut(name)),
        }
    }
}

impl Room {
    /// What a client is called: by its first stream's name, its data, or its id.
    pub(super) fn called(&self, id: &str) -> String {
        let stream = self
            .streams
            .iter()
            .find(|it| it.client == id && !it.name.is_empty());
        let client = self.clients.iter().find(|it| it.id == id);
        let data = client
            .map(|it| it.data.as_str())
            .filter(|data| !data.is_empty());
        let name = stream.map(|it| it.name.as_str()).or(data);
        name.map_or_else(|| short::id(id).to_owned(), cut)
    }

    pub(super) fn stream_called(&self, stream: &Stream) -> String {
        match (stream.client.is_empty(), stream.name.is_empty()) {
            (true, true) => short::id(&stream.id).to_owned(),
            (true, false) => cut(&stream.name),
            (false, _) => self.called(&stream.client),
        }
    }

    /// The archive or broadcast that runs.
    pub(super) fn running(things: &[Thing]) -> Option<&Thing> {
        things.iter().find(|thing| thing.is_running())
    }

    /// One line about all of it.
    pub(super) fn summary(&self) -> String {
        let count = |number: usize, what: &str| {
            format!("{number} {what}{}", if number == 1 { "" } else { "s" })
        };
        let mut text = format!(
            "{} · {} · {}",
            short::session(&self.session),
            count(self.clients.len(), "client"),
            count(self.streams.len(), "stream")
        );
        if let Some(archive) = Self::running(&self.archives) {
            text += &match archive.status.as_str() {
                "paused" => format!(" · recording paused {}", archive.called()),
                _ => format!(" · recording {}", archive.called()),
            };
        }
        if let Some(broadcast) = Self::running(&self.broadcasts) {
            text += &format!(" · live {}", short::id(&broadcast.id));
        }
        text
    }

    /// What is different from an earlier moment, a line each.
    pub(super) fn since(&self, before: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for client in &self.clients {
            if !before.clients.iter().any(|it| it.id == client.id) {
                lines.push(format!("+ {} joined", self.called(&client.id)));
            }
        }
        for stream in &self.streams {
            let who = self.stream_called(stream);
            match before.streams.iter().find(|it| it.id == stream.id) {
                None => lines.push(format!("+ {who} publishes {}", stream.video)),
                Some(old) if stream.muted && !old.muted => {
                    lines.push(format!("  {who} is muted ({})", stream.video));
                }
                Some(old) if old.muted && !stream.muted => {
                    lines.push(format!("  {who} is not muted any more ({})", stream.video));
                }
                Some(_) => {}
            }
        }
        for stream in &before.streams {
            if !self.streams.iter().any(|it| it.id == stream.id) {
                let who = before.stream_called(stream);
                lines.push(format!("- {who} stopped {}", stream.video));
            }
        }
        for client in &before.clients {
            if !self.clients.iter().any(|it| it.id == client.id) {
                lines.push(format!("- {} left", before.called(&client.id)));
            }
        }
        let things = [
            ("archive", &self.archives, &before.archives),
            ("broadcast", &self.broadcasts, &before.broadcasts),
        ];
        for (what, now, before) in things {
            for thing in now {
                let old = before.iter().find(|it| it.id == thing.id);
                if old.is_none_or(|old| old.status != thing.status) {
                    lines.push(format!("● {what} {} {}", thing.called(), thing.status));
                }
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(id: &str, data: &str) -> Participant {
        Participant {
            id: id.to_owned(),
            data: data.to_owned(),
            role: String::new(),
        }
    }

    #[test]
    fn what_changed_is_told_by_the_names_of_those_who_did_it() {
        let empty = Room::default();
        let mut room = Room {
            session: "s".to_owned(),
            clients: vec![client("c1", "name=Ada"), client("c2", "")],
            streams: vec![Stream {
                id: "s1".to_owned(),
                client: "c1".to_owned(),
                name: "Ada".to_owned(),
                video: "camera".to_owned(),
                muted: false,
            }],
            archives: vec![Thing {
                id: "6cac9ae5-fca7-4610-a6e6-57ea99ba122e".to_owned(),
                name: "Weekly".to_owned(),
                status: "started".to_owned(),
            }],
            broadcasts: Vec::new(),
        };
        assert_eq!(
            room.since(&empty),
            [
                "+ Ada joined",
                "+ c2 joined",
                "+ Ada publishes camera",
                "● archive 6cac9ae5 (Weekly) started"
            ]
        );
        assert_eq!(room.since(&room), Vec::<String>::new());
        assert_eq!(
            room.summary(),
            "s · 2 clients · 1 stream · recording 6cac9ae5 (Weekly)"
        );
        let before = room.clone();
        room.streams[0].muted = true;
        room.archives[0].status = "stopped".to_owned();
        assert_eq!(
            room.since(&before),
            [
                "  Ada is muted (camera)",
                "● archive 6cac9ae5 (Weekly) stopped"
            ]
        );
        let after = Room {
            session: "s".to_owned(),
            archives: room.archives.clone(),
            ..Room::default()
        };
        assert_eq!(
            after.since(&room),
            ["- Ada stopped camera", "- Ada left", "- c2 left"]
        );
    }
}
