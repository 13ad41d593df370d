//! `sessions/{sessionId}/clients`: simulated clients.

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use vonage_video_auth::Role;
use vonage_video_core::models::{ConnectionReason, StreamReason};

use super::{Call, Fault, Reply, unknown};
use crate::world::{
    World,
    admission::JoinError,
    participation::{ClientError, Moderation, Publish},
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Join {
    /// As a real client, with its token…
    token: Option<String>,
    /// …or, for whoever sits at the emulator's page and has none, with a role alone.
    role: Option<String>,
    #[serde(default)]
    publish: Vec<Publish>,
}

#[derive(Deserialize)]
struct Signal {
    to: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    data: String,
}

pub(super) fn serve(world: &mut World, session: &str, rest: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), rest) {
        ("POST", []) => join(world, session, call.body()?),
        ("GET", []) => list(world, session),
        ("GET", [id]) => show(world, session, id),
        ("DELETE", [id]) => {
            let reason = match call.parameter("reason").as_deref() {
                None | Some("clientDisconnected") => ConnectionReason::ClientDisconnected,
                Some("networkDisconnected") => ConnectionReason::NetworkDisconnected,
                Some(other) => return Err(bad_reason(other)),
            };
            done(world.leave_as(session, id, reason))
        }
        ("GET", [id, "inbox"]) => inbox(world, session, id),
        ("POST", [id, "streams"]) => {
            let stream = world.publish_as(session, id, call.body()?).map_err(fault)?;
            Ok(json!({ "id": stream }))
        }
        ("PATCH", [id, "streams", stream]) => {
            done(world.change_as(session, id, stream, call.body()?))
        }
        ("DELETE", [id, "streams", stream]) => {
            let reason = match call.parameter("reason").as_deref() {
                None | Some("clientDisconnected") => StreamReason::ClientDisconnected,
                Some("mediaStopped") => StreamReason::MediaStopped,
                Some(other) => return Err(bad_reason(other)),
            };
            done(world.unpublish_as(session, id, stream, reason))
        }
        ("POST", [id, "signal"]) => {
            let signal: Signal = call.body()?;
            done(world.signal_as(session, id, signal.to.as_deref(), signal.kind, signal.data))
        }
        ("POST", [id, "moderate"]) => {
            let moderation: Moderation = call.body()?;
            done(world.moderate_as(session, id, &moderation))
        }
        _ => Err(unknown()),
    }
}

/// Joins a client and publishes its streams. When a stream may not be published the client does not join either.
fn join(world: &mut World, session: &str, join: Join) -> Reply {
    let admitted = match (join.token, join.role) {
        (Some(token), None) => world.join(session, &token),
        (None, Some(role)) => world.join_as(session, Role::from_wire(&role)),
        _ => {
            return Err(Fault::new(
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
        Fault::new(status, error)
    })?;
    let mut streams = Vec::new();
    for publish in join.publish {
        match world.publish_as(session, &id, publish) {
            Ok(stream) => streams.push(json!({ "id": stream })),
            Err(error) => {
                world.remove_client(session, &id, ConnectionReason::ClientDisconnected);
                return Err(fault(error));
            }
        }
    }
    Ok(json!({ "connectionId": id, "streams": streams }))
}

fn list(world: &World, session: &str) -> Reply {
    let session = world
        .sessions
        .get(session)
        .ok_or_else(|| Fault::not_found(JoinError::NoSuchSession))?;
    let items: Vec<Value> = session
        .connections
        .iter()
        .map(
            |connection| json!({ "connectionId": connection.id, "role": connection.role.as_str() }),
        )
        .collect();
    Ok(json!({ "count": items.len(), "items": items }))
}

fn show(world: &World, session: &str, id: &str) -> Reply {
    let session = world
        .sessions
        .get(session)
        .ok_or_else(|| Fault::not_found(JoinError::NoSuchSession))?;
    let connection = session
        .anyone(id)
        .ok_or_else(|| Fault::not_found(ClientError::NotConnected))?;
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

fn inbox(world: &World, session: &str, id: &str) -> Reply {
    let connection = world
        .sessions
        .get(session)
        .and_then(|session| session.anyone(id))
        .ok_or_else(|| Fault::not_found(ClientError::NotConnected))?;
    Ok(json!({ "count": connection.inbox.len(), "items": connection.inbox }))
}

fn done(result: Result<(), ClientError>) -> Reply {
    result.map(|()| Value::Null).map_err(fault)
}

fn fault(error: ClientError) -> Fault {
    let status = match error {
        ClientError::NotAllowed { .. } => StatusCode::FORBIDDEN,
        _ => StatusCode::NOT_FOUND,
    };
    Fault::new(status, error)
}

fn bad_reason(reason: &str) -> Fault {
    Fault::new(
        StatusCode::BAD_REQUEST,
        format!("{reason:?} is no reason for which a client does that"),
    )
}
