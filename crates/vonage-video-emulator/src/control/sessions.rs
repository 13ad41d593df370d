//! `sessions`: the sessions, and what happens to one.

use std::collections::HashSet;

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use vonage_video_core::{ConnectionId, ProjectId, SessionId, StreamId};

use super::{
    call::{Call, ControlResult, Problem, unknown},
    words,
};
use crate::world::{Connection, JoinError, Moderation, NewSession, Session, World, short_name};

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

pub(super) fn serve(world: &mut World, rest: &[&str], call: &Call<'_>) -> ControlResult {
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
            .ok_or_else(|| Problem::not_found(JoinError::NoSuchSession))
            .and_then(|session| show(session, call)),
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
fn create(world: &mut World, create: Create) -> ControlResult {
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

/// Lists sessions, newest first: of those that match `q`, if it is set, and of these only `ids`, if
/// they are.
fn list(world: &World, call: &Call<'_>) -> ControlResult {
    let (offset, count) = call.window(WINDOW)?;
    let ids = call.list("ids");
    let text = call.parameter("q").map(|text| text.to_lowercase());
    let sessions = world.sessions().iter().rev();
    let total = world.sessions().len();
    let (matching, found): (_, Box<dyn Iterator<Item = &Session>>) =
        match text.filter(|text| !text.is_empty()) {
            None => (total, Box::new(sessions)),
            Some(text) => {
                let found: Vec<&Session> = sessions.filter(|it| mentions(it, &text)).collect();
                (found.len(), Box::new(found.into_iter()))
            }
        };
    let items: Vec<Value> = match ids {
        None => found.skip(offset).take(count).map(summary).collect(),
        Some(ids) => {
            let named = |session: &&Session| ids.iter().any(|id| id == session.id.as_str());
            found.filter(named).map(summary).collect()
        }
    };
    Ok(json!({ "count": total, "matching": matching, "items": items }))
}

/// Whether a text in lower case is in a session's id, or in the ids, data and names of who is in
/// it.
fn mentions(session: &Session, text: &str) -> bool {
    let holds = |part: &str| part.to_lowercase().contains(text);
    holds(session.id.as_str())
        || holds(&short_name(&session.id))
        || holds(session.project.as_str())
        || session
            .connections
            .iter()
            .any(|client| holds(client.id.as_str()) || holds(&client.data))
        || session
            .streams
            .iter()
            .any(|stream| holds(stream.id.as_str()) || holds(&stream.name))
}

pub(super) fn summary(session: &Session) -> Value {
    json!({
        "sessionId": session.id,
        "shortName": short_name(&session.id),
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
        "states": words::of_session(session),
    })
}

/// Shows a session with its clients, oldest first: at most `clients` of them, if that is set, whose
/// ids, data or streams match `q`, if that is set.
fn show(session: &Session, call: &Call<'_>) -> ControlResult {
    let most = match call.number("clients")? {
        0 => usize::MAX,
        most => usize::try_from(most).unwrap_or(usize::MAX),
    };
    let text = call.parameter("q").unwrap_or_default().to_lowercase();
    let holds = |part: &str| part.to_lowercase().contains(&text);
    let wanted = |client: &&Connection| {
        text.is_empty()
            || holds(client.id.as_str())
            || holds(&client.data)
            || client
                .streams
                .iter()
                .filter_map(|id| session.streams.get(id))
                .any(|stream| holds(&stream.name))
    };
    let clients: Vec<&Connection> = session
        .connections
        .iter()
        .filter(wanted)
        .take(most)
        .collect();
    let mut shown = summary(session);
    let connections: Vec<Value> = clients
        .iter()
        .map(|connection| {
            json!({
                "connectionId": connection.id,
                "role": connection.role.as_str(),
                "kind": connection.kind.name(),
                "data": connection.data,
                "createdAt": connection.created,
                "streams": connection.streams,
                "states": words::of_client(connection),
            })
        })
        .collect();
    let shown_clients: HashSet<&ConnectionId> = clients.iter().map(|client| &client.id).collect();
    let streams: Vec<Value> = session
        .streams
        .iter()
        .filter(|stream| shown_clients.contains(&stream.connection))
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
                "states": words::of_stream(stream),
            })
        })
        .collect();
    if let Some(members) = shown.as_object_mut() {
        members.insert("connections".to_owned(), connections.into());
        members.insert("streams".to_owned(), streams.into());
        members.insert("clients".to_owned(), session.connections.len().into());
    }
    Ok(shown)
}
