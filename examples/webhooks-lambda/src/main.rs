//! Receives webhooks in AWS Lambda, behind an API Gateway or a function URL.
//!
//! An instance of the function remembers the events that it has seen only while it lives, and there
//! may be several: where an event must not be acted on twice, add the inbox of
//! `vonage-video-redis`.

use std::{convert::Infallible, env};

use lambda_http::{Body, Request, Response, service_fn};
use vonage_video::webhook::{WebhookVerifier, Webhooks};

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    let secret = env::var("VONAGE_SIGNATURE_SECRET")?;
    let webhooks = Webhooks::new(WebhookVerifier::new(secret)?)
        .on_connection_created(|event| async move {
            println!("{} joined {}", event.connection.id, event.session_id);
        })
        .on_archive(|archive| async move {
            println!("archive {} is {}", archive.id, archive.status);
        });
    let receive = |request: Request| {
        let webhooks = webhooks.clone();
        async move {
            let authorization = request.headers().get("authorization");
            let authorization = authorization.and_then(|value| value.to_str().ok());
            // The response follows the handlers: Lambda freezes the process once it is sent.
            let outcome = webhooks.handle(authorization, request.body()).await;
            let mut response = Response::new(Body::Empty);
            *response.status_mut() = outcome.status().try_into().unwrap_or_default();
            Ok::<_, Infallible>(response)
        }
    };
    lambda_http::run(service_fn(receive)).await
}
