//! `sessions`: the sessions, and what happens to one.

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use vonage_video_core::{ProjectId, SessionId, StreamId};

use super::call::{Call, Problem, Reply, unknown};
use crate::world::{JoinError, Moderation, NewSession, Session, World};

/// Sessions in one response, unless `count` is set.
const WINDOW: usize = 100;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Rotation {
    /// It is announced.
    Announce,
    /// It happens: everybody is disconnected, and archives and broadcasts end.
    Happen,
}

#[derive(Deserialize)]
struct Create {
    project: ProjectId,
    #[serde(default)]
    relayed: bool,
}

/// What a stream says, as captions.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Caption {
    stream_id: StreamId,
    caption: String,
    #[serde(default)]
    is_final: bool,
}

#[derive(Deserialize)]
struct Rotate {
    rotation: Rotation,
}

pub(super) fn serve(world: &mut World, rest: &[&str], call: &Call<'_>) -> Reply {
    let (id, rest) = match rest {
        [] => {
            return match call.method.as_str() {
                "GET" => list(world, call),
                "POST" => create(world, call.body()?),
                _ => Err(unknown()),
            };
        }
        [id, rest @ ..] => (SessionId::from(*id), rest),
    };
    match (call.method.as_str(), rest) {
        ("GET", []) => world
            .sessions()
            .get(&id)
            .map(show)
            .ok_or_else(|| Problem::not_found(JoinError::NoSuchSession)),
        ("POST", ["moderate"]) => {
            let moderation: Moderation = call.body()?;
            world
                .moderate(&id, &moderation)
                .map(|()| Value::Null)
                .map_err(Problem::not_found)
        }
        ("POST", ["captions"]) => {
            let caption: Caption = call.body()?;
            let told = world.caption(&id, caption.stream_id, caption.caption, caption.is_final);
            if told {
                Ok(Value::Null)
            } else {
                Err(Problem::new(
                    StatusCode::CONFLICT,
                    "captions are not started, or the session has no such stream",
                ))
            }
        }
        ("POST", ["rotation"]) => {
            let Rotate { rotation } = call.body()?;
            if !world.sessions().contains(&id) {
                return Err(Problem::not_found(JoinError::NoSuchSession));
            }
            match rotation {
                Rotation::Announce => world.announce_rotation(&id),
                Rotation::Happen => world.rotate(&id),
            }
            Ok(Value::Null)
        }
        _ => Err(unknown()),
    }
}

/// Creates a session for users of the emulator's page, who have no credentials.
fn create(world: &mut World, create: Create) -> Reply {
    if !world.projects().contains(&create.project) {
        return Err(Problem::not_found("there is no such project"));
    }
    let new = NewSession {
        relayed: create.relayed,
        ..NewSession::default()
    };
    let id = world.create_session(&create.project, new);
    Ok(json!({ "sessionId": id }))
}

/// Lists sessions, newest first.
fn list(world: &World, call: &Call<'_>) -> Reply {
    let count = match call.number("count")? {
        0 => WINDOW,
        count => usize::try_from(count).unwrap_or(usize::MAX),
    };
    let skip = usize::try_from(call.number("offset")?).unwrap_or(usize::MAX);
    let items: Vec<Value> = world
        .sessions()
        .iter()
        .rev()
        .skip(skip)
        .take(count)
        .map(summary)
        .collect();
    Ok(json!({ "count": world.sessions().len(), "items": items }))
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
