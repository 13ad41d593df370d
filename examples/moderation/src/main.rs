//! A bot that watches the names of streams: it mutes and warns first, then disconnects.
//!
//! The service posts each new stream to it as a webhook.

use std::{
    collections::HashSet,
    env,
    sync::{Arc, Mutex, PoisonError},
};

use axum::Router;
use tokio::{net::TcpListener, signal};
use vonage_video::{
    Client, ConnectionId, Error, Reason,
    models::StreamEvent,
    operations::{ForceDisconnect, MuteStream, SignalConnection},
    webhook::{WebhookVerifier, Webhooks},
};

const FORBIDDEN: [&str; 2] = ["casino", "admin"];
const WARNING: &str = "Your stream is muted: please change its name.";

#[derive(Clone)]
struct Bot {
    video: Client,
    warned: Arc<Mutex<HashSet<ConnectionId>>>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bot = Bot {
        video: Client::from_env()?,
        warned: Arc::default(),
    };
    let verifier = WebhookVerifier::new(env::var("VONAGE_SIGNATURE_SECRET")?)?;
    let webhooks = Webhooks::new(verifier).on_stream_created(move |event| {
        let bot = bot.clone();
        async move { bot.look_at(event).await }
    });
    let router = Router::new().route_service("/webhooks", webhooks.clone());
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let stopped = async { signal::ctrl_c().await.unwrap_or_default() };
    axum::serve(listener, router)
        .with_graceful_shutdown(stopped)
        .await?;
    webhooks.shutdown().await;
    Ok(())
}

impl Bot {
    /// After an error the service delivers the event again, so the bot remembers what it has done
    /// only once that is done.
    async fn look_at(&self, event: StreamEvent) -> Result<(), Error> {
        let stream = event.stream;
        let name = stream.name.unwrap_or_default().to_lowercase();
        if !FORBIDDEN.iter().any(|word| name.contains(word)) {
            return Ok(());
        }
        let connection = stream.connection.id;
        let acted = if self.was_warned(&connection) {
            let disconnect = ForceDisconnect::new(&event.session_id, &connection);
            self.video.send(disconnect).await
        } else {
            self.warn(MuteStream::new(&event.session_id, &stream.id), &connection)
                .await
        };
        match acted {
            // The client has left in the meantime.
            Err(error) if error.reason() == Some(Reason::ClientNotConnected) => Ok(()),
            acted => acted,
        }
    }

    async fn warn(&self, mute: MuteStream, connection: &ConnectionId) -> Result<(), Error> {
        let signal = SignalConnection::new(&mute.session_id, connection, WARNING);
        self.video.send(mute).await?;
        self.video.send(signal.kind("moderation")).await?;
        println!("warned {connection}");
        let mut warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
        warned.insert(connection.clone());
        Ok(())
    }

    fn was_warned(&self, connection: &ConnectionId) -> bool {
        let warned = self.warned.lock().unwrap_or_else(PoisonError::into_inner);
        warned.contains(connection)
    }
}
