//! Receives webhooks with axum: each event once, and who is in a session now.

use std::env;

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::get,
};
use tokio::{net::TcpListener, signal};
use vonage_video::webhook::{MemoryPresence, WebhookVerifier, Webhooks};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = env::var("VONAGE_SIGNATURE_SECRET")?;
    let presence = MemoryPresence::new();
    let webhooks = Webhooks::new(WebhookVerifier::new(secret)?)
        .presence(presence.clone())
        .on_archive(|archive| async move {
            println!("archive {} is {}", archive.id, archive.status);
        });
    let router = Router::new()
        .route("/sessions/{id}", get(participants))
        .with_state(presence)
        .route_service("/webhooks", webhooks.clone());
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let stopped = async { signal::ctrl_c().await.unwrap_or_default() };
    axum::serve(listener, router)
        .with_graceful_shutdown(stopped)
        .await?;
    // Handlers that are still running may finish.
    webhooks.shutdown().await;
    Ok(())
}

async fn participants(store: State<MemoryPresence>, id: Path<String>) -> Json<Vec<String>> {
    let presence = store.session(&id.as_str().into());
    let here = presence.iter().flat_map(|it| it.participants());
    Json(here.map(|it| it.connection_id().to_string()).collect())
}
