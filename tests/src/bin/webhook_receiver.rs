//! One receiver of a fleet, for tests: notes in a file what it acts on, over a shared store.
//!
//! `webhook_receiver FILE LEASE_MILLISECONDS SECRET REDIS_URL…`: several URLs are those of a
//! cluster. It prints its address, and runs until it is killed. `GET /presence/SESSION` returns who
//! is there, as JSON.
#![allow(
    clippy::disallowed_methods,
    reason = "other processes live by the same clock"
)]

use std::{
    error::Error,
    fs::OpenOptions,
    io::Write,
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use vonage_video::webhook::{Presence, PresenceStore, WebhookVerifier, Webhooks};
use vonage_video_redis::{RedisPresence, RedisStore};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, lease, secret, urls @ ..] = &arguments[..] else {
        return Err("FILE LEASE_MILLISECONDS SECRET REDIS_URL…".into());
    };
    let store = match urls {
        [one] => RedisStore::single(one)?,
        several => RedisStore::cluster(several.iter().map(String::as_str))?,
    };
    let lease = Duration::from_millis(lease.parse()?);
    let effects = Arc::new(OpenOptions::new().append(true).create(true).open(file)?);
    let webhooks = Webhooks::new(WebhookVerifier::new(secret)?)
        .inbox(store.inbox().lease(lease))
        .presence(store.presence())
        .on_every(move |event| {
            let effects = Arc::clone(&effects);
            async move {
                let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
                let line = format!(
                    "{} {} {}\n",
                    now.as_millis(),
                    std::process::id(),
                    event.key()
                );
                // One write is one line, whichever other process writes too.
                (&*effects).write_all(line.as_bytes())?;
                // Work that a kill can hit after its effect.
                tokio::time::sleep(Duration::from_millis(2)).await;
                Ok::<_, Box<dyn Error + Send + Sync>>(())
            }
        });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let app = Router::new()
        .route("/presence/{session}", get(presence))
        .with_state(store.presence())
        .fallback_service(webhooks);
    axum::serve(listener, app).await?;
    Ok(())
}

async fn presence(
    store: State<RedisPresence>,
    session: Path<String>,
) -> Result<Json<Option<Presence>>, (StatusCode, String)> {
    let found = store.get(&session.as_str().into()).await;
    found
        .map(Json)
        .map_err(|error| (StatusCode::SERVICE_UNAVAILABLE, format!("{error:?}")))
}
