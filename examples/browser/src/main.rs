//! A whole video app: a page with cameras, a chat, screen sharing and recording, and its server.
//!
//! Without an account: `vonage-video emulator -- cargo run`, then open the address that it prints
//! in two tabs. With one, set its credentials; the page then loads the client SDK from its CDN.

use std::{
    collections::HashMap,
    env,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::Html,
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, signal, sync::OnceCell};
use vonage_video::{
    ArchiveId, Client, Error, Role, SessionId,
    operations::{CreateSession, StartArchive, StopArchive},
};

const PAGE: &str = include_str!("room.html");
const CDN: &str = "https://static.opentok.com";

struct App {
    video: Client,
    rooms: Mutex<HashMap<String, Arc<OnceCell<SessionId>>>>,
}

type Refused = (StatusCode, String);

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let app = App {
        video: Client::from_env()?,
        rooms: Mutex::default(),
    };
    // The emulator serves its client under the path of the CDN.
    let scripts = env::var("VONAGE_VIDEO_BASE_URL").unwrap_or_else(|_| CDN.to_owned());
    let page = PAGE.replace("SCRIPTS", scripts.trim_end_matches('/'));
    let router = Router::new()
        .route("/", get(|| async { Html(page) }))
        .route("/rooms/{name}", post(enter))
        .route("/rooms/{name}/archives", post(record))
        .route("/archives/{id}/stop", post(stop))
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

impl App {
    /// The session of a room, which the first visitor creates.
    async fn session(&self, room: String) -> Result<SessionId, Refused> {
        let cell = {
            let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(rooms.entry(room).or_default())
        };
        let create = || async { Ok(self.video.send(CreateSession::new()).await?.id) };
        cell.get_or_try_init(create).await.map_err(failed).cloned()
    }
}

async fn enter(app: State<Arc<App>>, room: Path<String>) -> Result<Json<Value>, Refused> {
    let session = app.session(room.0).await?;
    let token = app.video.token(&session).role(Role::Publisher).sign();
    let token = token.map_err(|error| failed(error.into()))?;
    let credentials = app.video.credentials();
    let key = credentials.project();
    Ok(Json(
        json!({ "apiKey": key, "sessionId": session, "token": token }),
    ))
}

async fn record(app: State<Arc<App>>, room: Path<String>) -> Result<Json<Value>, Refused> {
    let session = app.session(room.0.clone()).await?;
    let start = StartArchive::new(&session).name(room.0);
    let archive = app.video.send(start).await.map_err(failed)?;
    Ok(Json(json!({ "id": archive.id })))
}

async fn stop(app: State<Arc<App>>, id: Path<ArchiveId>) -> Result<StatusCode, Refused> {
    app.video
        .send(StopArchive::new(id.0))
        .await
        .map_err(failed)?;
    Ok(StatusCode::NO_CONTENT)
}

/// The page learns whether to try again; the log learns why.
fn failed(error: Error) -> Refused {
    eprintln!("{error}");
    (error.suggested_status(), "that did not work".to_owned())
}
