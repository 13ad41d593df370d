//! What a watcher can do to a session.

use vonage_video::{
    Client,
    models::{BroadcastOutputs, Hls},
    operations::{
        ForceDisconnect, MuteAll, MuteStream, StartArchive, StartBroadcast, StopArchive,
        StopBroadcast,
    },
};

use crate::{failure::Failure, short, watch::room::Room};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Action {
    /// Mutes these streams of somebody.
    Mute(String, Vec<String>),
    MuteAll,
    Disconnect(String),
    StartArchive,
    StopArchive(String),
    StartBroadcast,
    StopBroadcast(String),
}

impl Action {
    /// What a key means in a room, with a participant or stream selected.
    pub(super) fn of_key(key: char, room: &Room, selected: usize) -> Result<Self, String> {
        let nobody = || "nobody is selected".to_owned();
        match key {
            'm' => {
                let (who, streams) = selected_streams(room, selected).ok_or_else(nobody)?;
                if streams.is_empty() {
                    return Err(format!("{who} publishes nothing"));
                }
                Ok(Self::Mute(who, streams))
            }
            'M' => Ok(Self::MuteAll),
            'd' => {
                let client = room.clients.get(selected).ok_or_else(nobody)?;
                Ok(Self::Disconnect(client.id.clone()))
            }
            'a' => Ok(match Room::running(&room.archives) {
                Some(archive) => Self::StopArchive(archive.id.clone()),
                None => Self::StartArchive,
            }),
            'b' => Ok(match Room::running(&room.broadcasts) {
                Some(broadcast) => Self::StopBroadcast(broadcast.id.clone()),
                None => Self::StartBroadcast,
            }),
            _ => Err(String::new()),
        }
    }

    /// What is asked before something is destroyed.
    pub(super) fn question(&self, room: &Room) -> Option<String> {
        match self {
            Self::Disconnect(id) => Some(format!("Disconnect {}?", room.called(id))),
            Self::StopArchive(id) => Some(format!("Stop recording {}?", short::id(id))),
            Self::StopBroadcast(id) => Some(format!("Stop broadcast {}?", short::id(id))),
            _ => None,
        }
    }
}

/// The streams of the selected participant. Where it is not known whose a stream is, the streams
/// are listed below the participants, and selected themselves.
fn selected_streams(room: &Room, selected: usize) -> Option<(String, Vec<String>)> {
    if let Some(client) = room.clients.get(selected) {
        let own = room.streams.iter().filter(|it| it.client == client.id);
        let ids = own.map(|stream| stream.id.clone()).collect();
        return Some((room.called(&client.id), ids));
    }
    let mut unknown = room.streams.iter().filter(|it| it.client.is_empty());
    let stream = unknown.nth(selected.checked_sub(room.clients.len())?)?;
    Some((stream.name.clone(), vec![stream.id.clone()]))
}

/// Does it, and says what was done.
pub(super) async fn perform(
    client: &Client,
    session: &str,
    action: &Action,
) -> Result<String, Failure> {
    Ok(match action {
        Action::Mute(who, streams) => {
            for stream in streams {
                client
                    .send(MuteStream::new(session, stream.as_str()))
                    .await?;
            }
            format!("{who} is muted")
        }
        Action::MuteAll => {
            client.send(MuteAll::new(session)).await?;
            "everybody is muted".to_owned()
        }
        Action::Disconnect(id) => {
            client
                .send(ForceDisconnect::new(session, id.as_str()))
                .await?;
            "disconnected".to_owned()
        }
        Action::StartArchive => {
            let archive = client.send(StartArchive::new(session)).await?;
            format!("recording {}", short::id(archive.id.as_str()))
        }
        Action::StopArchive(id) => {
            client.send(StopArchive::new(id.as_str())).await?;
            format!("recording {} is stopped", short::id(id))
        }
        Action::StartBroadcast => {
            let outputs = BroadcastOutputs::new().hls(Hls::new());
            let broadcast = client.send(StartBroadcast::new(session, outputs)).await?;
            format!("live {}", short::id(broadcast.id.as_str()))
        }
        Action::StopBroadcast(id) => {
            client.send(StopBroadcast::new(id.as_str())).await?;
            format!("broadcast {} is stopped", short::id(id))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::room::{Participant, Stream, Thing};

    #[test]
    fn keys_act_on_what_is_selected_and_ask_before_they_destroy() {
        let stream = |id: &str, client: &str| Stream {
            id: id.to_owned(),
            client: client.to_owned(),
            name: id.to_uppercase(),
            ..Stream::default()
        };
        let client = |id: &str| Participant {
            id: id.to_owned(),
            ..Participant::default()
        };
        let mut room = Room {
            clients: vec![client("ada"), client("bob")],
            streams: vec![stream("s1", "ada"), stream("s2", "ada"), stream("s3", "")],
            ..Room::default()
        };
        let streams = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        let of = |key, room: &Room, selected| Action::of_key(key, room, selected);
        assert_eq!(
            of('m', &room, 0),
            Ok(Action::Mute("S1".to_owned(), streams(&["s1", "s2"])))
        );
        assert_eq!(of('m', &room, 1), Err("bob publishes nothing".to_owned()));
        assert_eq!(
            of('m', &room, 2),
            Ok(Action::Mute("S3".to_owned(), streams(&["s3"])))
        );
        assert!(of('m', &room, 3).is_err() && of('d', &room, 2).is_err());
        let disconnect = of('d', &room, 1).unwrap();
        assert_eq!(
            disconnect.question(&room).as_deref(),
            Some("Disconnect bob?")
        );
        assert_eq!(of('a', &room, 0), Ok(Action::StartArchive));
        assert_eq!(Action::StartArchive.question(&room), None);
        room.archives = vec![Thing {
            id: "x".to_owned(),
            status: "paused".to_owned(),
            ..Thing::default()
        }];
        let stop = of('a', &room, 0).unwrap();
        assert_eq!(stop.question(&room).as_deref(), Some("Stop recording x?"));
    }
}
