//! `sessions/{sessionId}/clients`: simulated clients.

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use vonage_video_auth::Role;
use vonage_video_core::{
    ConnectionId, SessionId, StreamId,
    models::{ConnectionReason, StreamReason},
};

use super::call::{Call, ControlResult, Problem, unknown};
use crate::{
    site::State,
    world::{ClientError, JoinError, Moderation, Publish, World},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Join {
    /// As a real client, with its token…
    token: Option<String>,
    /// …or, for users of the emulator's page, who have none, with a role alone.
    role: Option<String>,
    /// The connection data of a client that joins with a role.
    #[serde(default)]
    data: String,
    /// Whether it stays when its session moves to another server.
    #[serde(default)]
    session_migration: bool,
    #[serde(default)]
    publish: Vec<Publish>,
}

#[derive(Deserialize)]
struct Signal {
    to: Option<ConnectionId>,
    #[serde(rename = "type")]
    kind: Option<String>,
    data: String,
}

pub(super) fn serve(
    state: &mut State,
    session: &SessionId,
    rest: &[&str],
    call: &Call<'_>,
) -> ControlResult {
    let (id, rest) = match rest {
        [] => {
            return match call.method.as_str() {
                "POST" => join(state, session, call.body()?),
                "GET" => list(&state.world, session),
                _ => Err(unknown()),
            };
        }
        [id, rest @ ..] => (&ConnectionId::from(*id), rest),
    };
    let world = &mut state.world;
    match (call.method.as_str(), rest) {
        ("GET", []) => show(world, session, id),
        ("DELETE", []) => {
            let reason = match call.parameter("reason").as_deref() {
                None | Some("clientDisconnected") => ConnectionReason::ClientDisconnected,
                Some("networkDisconnected") => ConnectionReason::NetworkDisconnected,
                Some(other) => return Err(bad_reason(other)),
            };
            done(world.leave_as(session, id, reason))
        }
        ("GET", ["inbox"]) => inbox(world, session, id),
        ("POST", ["streams"]) => {
            let stream = world
                .publish_as(session, id, call.body()?)
                .map_err(problem)?;
            Ok(json!({ "id": stream }))
        }
        ("PATCH", ["streams", stream]) => {
            let stream = StreamId::from(*stream);
            done(world.change_as(session, id, &stream, call.body()?))
        }
        ("DELETE", ["streams", stream]) => {
            let reason = match call.parameter("reason").as_deref() {
                None | Some("clientDisconnected") => StreamReason::ClientDisconnected,
                Some("mediaStopped") => StreamReason::MediaStopped,
                Some(other) => return Err(bad_reason(other)),
            };
            done(world.unpublish_as(session, id, &StreamId::from(*stream), reason))
        }
        ("POST", ["signal"]) => {
            let Signal { to, kind, data } = call.body()?;
            done(world.signal_as(session, id, to.as_ref(), kind, data))
        }
        ("POST", ["cut"]) => {
            if world.cut_socket(session, id) {
                Ok(Value::Null)
            } else {
                Err(Problem::not_found("the client has no socket to cut"))
            }
        }
        ("POST", ["moderate"]) => {
            let moderation: Moderation = call.body()?;
            done(world.moderate_as(session, id, &moderation))
        }
        _ => Err(unknown()),
    }
}

/// Joins a client and publishes its streams. When a stream may not be published, the client does
/// not join either.
fn join(state: &mut State, session: &SessionId, join: Join) -> ControlResult {
    let wall = state.wall();
    let world = &mut state.world;
    let admitted = match (join.token, join.role) {
        (Some(token), None) => world.join(session, &token, wall),
        (None, Some(role)) => world.join_as(session, Role::from_wire(&role), join.data),
        _ => {
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "a client joins with either `token` or `role`",
            ));
        }
    };
    let id = admitted.map_err(|error| {
        let status = match error {
            JoinError::NoSuchSession => StatusCode::NOT_FOUND,
            _ => StatusCode::FORBIDDEN,
        };
        Problem::new(status, error)
    })?;
    world
        .set_migrates(session, &id, join.session_migration)
        .map_err(problem)?;
    let mut streams = Vec::new();
    for publish in join.publish {
        match world.publish_as(session, &id, publish) {
            Ok(stream) => streams.push(json!({ "id": stream })),
            Err(error) => {
                world.remove_client(session, &id, ConnectionReason::ClientDisconnected);
                return Err(problem(error));
            }
        }
    }
    Ok(json!({ "connectionId": id, "streams": streams }))
}

fn list(world: &World, session: &SessionId) -> ControlResult {
    let session = world
        .sessions()
        .get(session)
        .ok_or_else(|| Problem::not_found(JoinError::NoSuchSession))?;
    let items: Vec<Value> = session
        .connections
        .iter()
        .map(
            |connection| json!({ "connectionId": connection.id, "role": connection.role.as_str() }),
        )
        .collect();
    Ok(json!({ "count": items.len(), "items": items }))
}

fn show(world: &World, session: &SessionId, id: &ConnectionId) -> ControlResult {
    let session = world
        .sessions()
        .get(session)
        .ok_or_else(|| Problem::not_found(JoinError::NoSuchSession))?;
    let connection = session
        .anyone(id)
        .ok_or_else(|| Problem::not_found(ClientError::NotConnected))?;
    let streams: Vec<Value> = connection
        .streams
        .iter()
        .filter_map(|id| session.streams.get(id))
        .map(|stream| {
            json!({
                "id": stream.id,
                "name": stream.name,
                "videoType": stream.video_type,
                "hasAudio": stream.has_audio,
                "hasVideo": stream.has_video,
                "muted": stream.muted,
                "layoutClassList": stream.classes,
            })
        })
        .collect();
    Ok(json!({
        "connectionId": connection.id,
        "connected": session.connections.contains(id),
        "role": connection.role.as_str(),
        "data": connection.data,
        "createdAt": connection.created,
        "streams": streams,
    }))
}

fn inbox(world: &World, session: &SessionId, id: &ConnectionId) -> ControlResult {
    let connection = world
        .sessions()
        .get(session)
        .and_then(|session| session.anyone(id))
        .ok_or_else(|| Problem::not_found(ClientError::NotConnected))?;
    let items: Vec<_> = connection.inbox.iter().collect();
    Ok(json!({ "count": items.len(), "items": items }))
}

fn done(result: Result<(), ClientError>) -> ControlResult {
    result.map(|()| Value::Null).map_err(problem)
}

fn problem(error: ClientError) -> Problem {
    let status = match error {
        ClientError::NotAllowed { .. } => StatusCode::FORBIDDEN,
        _ => StatusCode::NOT_FOUND,
    };
    Problem::new(status, error)
}

fn bad_reason(reason: &str) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        format!("unknown reason {reason:?}"),
    )
}
