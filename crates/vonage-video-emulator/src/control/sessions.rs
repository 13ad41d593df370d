//! `sessions`: what there is, and what befalls a session.

use serde::Deserialize;
use serde_json::{Value, json};
use vonage_video_core::models::{ArchiveReason, ArchiveStatus, ConnectionReason, SessionReason};

use super::{Call, Fault, Reply, unknown};
use crate::world::{Session, World, admission::JoinError, participation::Moderation};

/// Sessions in one answer, unless `count` says otherwise.
const WINDOW: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Rotation {
    /// It is said to come.
    Announce,
    /// It happens: everybody is out, and what was recorded or broadcast ends.
    Happen,
}

#[derive(Deserialize)]
struct Create {
    project: String,
    #[serde(default)]
    relayed: bool,
}

#[derive(Deserialize)]
struct Rotate {
    rotation: Rotation,
}

pub(super) fn serve(world: &mut World, rest: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => list(world, call),
        ("POST", []) => create(world, call.body()?),
        ("POST", [id, "moderate"]) => {
            let moderation: Moderation = call.body()?;
            world
                .moderate(id, &moderation)
                .map(|()| Value::Null)
                .map_err(Fault::not_found)
        }
        ("GET", [id]) => world
            .sessions
            .get(id)
            .map(show)
            .ok_or_else(|| Fault::not_found(JoinError::NoSuchSession)),
        ("POST", [id, "rotation"]) => {
            let Rotate { rotation } = call.body()?;
            if world.sessions.get(id).is_none() {
                return Err(Fault::not_found(JoinError::NoSuchSession));
            }
            rotate(world, id, &rotation);
            Ok(Value::Null)
        }
        _ => Err(unknown()),
    }
}

/// Creates a session for whoever sits at the emulator's page and has no credentials.
fn create(world: &mut World, create: Create) -> Reply {
    if !world.projects.contains(&create.project) {
        return Err(Fault::not_found("there is no such project"));
    }
    let id = world.make_session(&create.project, None, create.relayed);
    Ok(json!({ "sessionId": id }))
}

/// The newest first.
fn list(world: &World, call: &Call<'_>) -> Reply {
    let count = match call.number("count")? {
        0 => WINDOW,
        count => usize::try_from(count).unwrap_or(usize::MAX),
    };
    let skip = usize::try_from(call.number("offset")?).unwrap_or(usize::MAX);
    let items: Vec<Value> = world
        .sessions
        .iter()
        .rev()
        .skip(skip)
        .take(count)
        .map(summary)
        .collect();
    Ok(json!({ "count": world.sessions.len(), "items": items }))
}

pub(super) fn summary(session: &Session) -> Value {
    json!({
        "sessionId": session.id,
        "project": session.project,
        "createdAt": session.created,
        "mediaMode": if session.relayed { "relayed" } else { "routed" },
        "archiveMode": if session.auto_archive.is_some() { "always" } else { "manual" },
        "e2ee": session.e2ee,
        "forceMute": session.muted_except.is_some(),
        "connections": session.connections.len(),
        "streams": session.streams.len(),
        "archives": session.archives,
        "broadcasts": session.broadcasts,
        "captionsId": session.captions,
    })
}

fn show(session: &Session) -> Value {
    let mut shown = summary(session);
    let connections: Vec<Value> = session
        .connections
        .iter()
        .map(|connection| {
            json!({
                "connectionId": connection.id,
                "role": connection.role.as_str(),
                "kind": connection.kind.name(),
                "data": connection.data,
                "createdAt": connection.created,
                "streams": connection.streams,
            })
        })
        .collect();
    let streams: Vec<Value> = session
        .streams
        .iter()
        .map(|stream| {
            json!({
                "id": stream.id,
                "connectionId": stream.connection,
                "name": stream.name,
                "videoType": stream.video_type,
                "hasAudio": stream.has_audio,
                "hasVideo": stream.has_video,
                "muted": stream.muted,
                "layoutClassList": stream.classes,
                "createdAt": stream.created,
            })
        })
        .collect();
    if let Some(members) = shown.as_object_mut() {
        members.insert("connections".to_owned(), connections.into());
        members.insert("streams".to_owned(), streams.into());
    }
    shown
}

/// The rotation of a session to another server, as the guides tell it.
fn rotate(world: &mut World, id: &str, rotation: &Rotation) {
    if matches!(rotation, Rotation::Announce) {
        world.announce_session(
            id,
            "sessionNotification",
            Some(SessionReason::ServerRotation),
        );
        return;
    }
    let Some(session) = world.sessions.get(id) else {
        return;
    };
    let connections: Vec<String> = session.connections.iter().map(|it| it.id.clone()).collect();
    let (archives, broadcasts) = (session.archives.clone(), session.broadcasts.clone());
    for archive in archives {
        world.end_archive(&archive, ArchiveReason::Failure);
        world.change_archive(&archive, ArchiveStatus::Failed);
    }
    for broadcast in broadcasts {
        world.fail_broadcast(&broadcast);
    }
    for connection in connections {
        world.remove_client(id, &connection, ConnectionReason::ForceDisconnected);
    }
    world.announce_session(id, "sessionDestroyed", Some(SessionReason::ServerRotation));
}
