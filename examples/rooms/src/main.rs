//! Rooms and tokens over HTTP: a client gets no more than the policy allows, whatever it asks for.
//!
//! `POST /rooms/{name}/tokens` with `{"user": "ada", "role": "publisher"}` returns the id of the
//! room's session, which the first request creates, and a token to join it with.

use std::{
    collections::HashMap,
    env,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, UNIX_EPOCH},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::post,
};
use serde::{Deserialize, Serialize};
use tokio::{net::TcpListener, signal, sync::OnceCell};
use vonage_video::{Client, Error, Role, SessionId, TokenPolicy, operations::CreateSession};

struct App {
    video: Client,
    policy: TokenPolicy,
    /// A cell for each room, so that two first requests create one session. Use a database instead
    /// if more than one process serves the rooms.
    rooms: Mutex<HashMap<String, Arc<OnceCell<SessionId>>>>,
}

#[derive(Deserialize)]
struct Wanted {
    user: String,
    #[serde(default)]
    role: Role,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Admission {
    session_id: SessionId,
    token: String,
    /// When to ask for a new one, in seconds since 1970.
    refresh_after: u64,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = App {
        video: Client::from_env()?,
        policy: TokenPolicy::new()
            .highest_role(Role::Publisher)
            .longest_ttl(Duration::from_secs(2 * 3600))
            .require_data(),
        rooms: Mutex::default(),
    };
    let router = Router::new()
        .route("/rooms/{name}/tokens", post(admit))
        .with_state(Arc::new(app));
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let stopped = async { signal::ctrl_c().await.unwrap_or_default() };
    axum::serve(listener, router)
        .with_graceful_shutdown(stopped)
        .await?;
    Ok(())
}

async fn admit(
    app: State<Arc<App>>,
    room: Path<String>,
    wanted: Json<Wanted>,
) -> Result<Json<Admission>, (StatusCode, String)> {
    let room = {
        let mut rooms = app.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(rooms.entry(room.0).or_default())
    };
    let create = || async { Ok(app.video.send(CreateSession::new()).await?.id) };
    let session_id = room.get_or_try_init(create).await.map_err(failed)?.clone();
    let token = app.video.token(&session_id).role(wanted.0.role);
    let token = token.data(&wanted.0.user).policy(&app.policy);
    let token = token.issue().map_err(|error| match error {
        error if error.is_caller_fault() => (StatusCode::FORBIDDEN, error.to_string()),
        error => failed(error.into()),
    })?;
    let since_1970 = token.refresh_after().duration_since(UNIX_EPOCH);
    Ok(Json(Admission {
        refresh_after: since_1970.unwrap_or_default().as_secs(),
        token: token.into_string(),
        session_id,
    }))
}

/// The caller learns whether to try again; the log learns why.
fn failed(error: Error) -> (StatusCode, String) {
    eprintln!("{error}");
    (error.suggested_status(), "no room now".to_owned())
}
