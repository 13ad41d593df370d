//! Receives webhooks with hyper alone: each event once.

use std::env;

use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::{net::TcpListener, signal};
use vonage_video::webhook::{WebhookVerifier, Webhooks};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = env::var("VONAGE_SIGNATURE_SECRET")?;
    let webhooks = Webhooks::new(WebhookVerifier::new(secret)?)
        .on_connection_created(|event| async move {
            println!("{} joined {}", event.connection.id, event.session_id);
        })
        .on_archive(|archive| async move {
            println!("archive {} is {}", archive.id, archive.status);
        });
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (connection, _) = tokio::select! {
            accepted = listener.accept() => accepted?,
            _ = signal::ctrl_c() => break,
        };
        // It accepts every path: keep the URL secret, or look at the path before.
        let service = TowerToHyperService::new(webhooks.clone());
        tokio::spawn(async move {
            let served = http1::Builder::new()
                .timer(hyper_util::rt::TokioTimer::new())
                .serve_connection(TokioIo::new(connection), service);
            if let Err(error) = served.await {
                eprintln!("a connection broke: {error}");
            }
        });
    }
    // Handlers that are still running may finish.
    webhooks.shutdown().await;
    Ok(())
}
