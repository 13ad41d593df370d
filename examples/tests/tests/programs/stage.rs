//! An emulator, a client of it, and a session with somebody in it.

use axum::Router;
use tokio::net::TcpListener;
use vonage_video::{Client, SessionId, StreamId, operations::CreateSession};
use vonage_video_emulator::{Emulator, Publish, SimulatedClient};

pub struct Stage {
    pub emulator: Emulator,
    pub video: Client,
    pub session: SessionId,
}

impl Stage {
    pub async fn new() -> Self {
        Self::of(Emulator::start().await.unwrap()).await
    }

    pub async fn of(emulator: Emulator) -> Self {
        let video = Client::from_vars(emulator.env()).unwrap();
        let session = video.send(CreateSession::new()).await.unwrap().id;
        Self {
            emulator,
            video,
            session,
        }
    }

    /// A client joins.
    pub fn join(&self) -> SimulatedClient {
        let token = self.video.token(&self.session).sign().unwrap();
        self.emulator.join(&self.session, &token).unwrap()
    }

    /// A client joins and publishes.
    pub fn publish(&self, name: &str) -> (SimulatedClient, StreamId) {
        let client = self.join();
        let stream = client.publish(Publish::camera(name)).unwrap();
        (client, stream)
    }
}

/// Serves a stand-in for something, and returns its address.
pub async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}
