//! Receives webhooks with axum: each event once, and who is in a session now.

use axum::extract::{Path, State};
use axum::{Json, Router, routing::get};
use vonage_video::webhook::{MemoryPresence, WebhookVerifier, Webhooks};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = std::env::var("VONAGE_SIGNATURE_SECRET")?;
    let presence = MemoryPresence::new();
    let webhooks = Webhooks::new(WebhookVerifier::new(secret)?)
        .presence(presence.clone())
        .on_archive(|archive| async move {
            eprintln!("archive {} is {}", archive.id, archive.status);
        });
    let app = Router::new()
        .route("/sessions/{id}", get(participants))
        .with_state(presence)
        .route_service("/webhooks", webhooks.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    let stopped = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
    axum::serve(listener, app)
        .with_graceful_shutdown(stopped)
        .await?;
    webhooks.shutdown().await;
    Ok(())
}

async fn participants(store: State<MemoryPresence>, id: Path<String>) -> Json<Vec<String>> {
    let presence = store.session(&id.as_str().into());
    let here = presence.iter().flat_map(|it| it.participants());
    Json(here.map(|it| it.connection_id().to_string()).collect())
}
