//! Receives webhooks with actix-web: each event once.

use std::env;

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    http::{StatusCode, header::AUTHORIZATION},
    web,
};
use vonage_video::webhook::{WebhookVerifier, Webhooks};

/// Large enough for every event; actix-web's default is a quarter of it.
const BODY_LIMIT: usize = 1 << 20;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = env::var("VONAGE_SIGNATURE_SECRET")?;
    let webhooks = Webhooks::new(WebhookVerifier::new(secret)?)
        .on_connection_created(|event| async move {
            println!("{} joined {}", event.connection.id, event.session_id);
        })
        .on_archive(|archive| async move {
            println!("archive {} is {}", archive.id, archive.status);
        });
    let shared = webhooks.clone();
    let app = move || {
        App::new()
            .app_data(web::Data::new(shared.clone()))
            .app_data(web::PayloadConfig::new(BODY_LIMIT))
            .route("/webhooks", web::post().to(receive))
    };
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let server = HttpServer::new(app).workers(2).bind(address)?;
    for address in server.addrs() {
        println!("listening on http://{address}");
    }
    server.run().await?;
    // Handlers that are still running may finish.
    webhooks.shutdown().await;
    Ok(())
}

/// The signature is over the bytes as they were sent, so the body must not be parsed before.
async fn receive(
    request: HttpRequest,
    body: web::Bytes,
    webhooks: web::Data<Webhooks>,
) -> HttpResponse {
    let authorization = request.headers().get(AUTHORIZATION);
    let authorization = authorization.and_then(|value| value.to_str().ok());
    let outcome = webhooks.handle(authorization, &body).await;
    let status = StatusCode::from_u16(outcome.status());
    HttpResponse::new(status.unwrap_or(StatusCode::SERVICE_UNAVAILABLE))
}
