//! Many tenants over one pool of connections, and new keys for them without a restart.
//!
//! `TENANTS` is a JSON file: `{"acme": {"api_key": 123456, "api_secret": "…"}, "initech":
//! {"application_id": "…", "private_key_path": "…"}}`. `POST /tenants/{name}/sessions` creates a
//! session in a tenant's project, `POST /reload` reads the file again.

use std::{
    collections::HashMap,
    env, fs,
    sync::{Arc, PoisonError, RwLock},
};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::post,
};
use tokio::{net::TcpListener, signal};
use vonage_video::{Client, Credentials, auth::CredentialsConfig, operations::CreateSession};

type BoxError = Box<dyn std::error::Error>;

#[derive(Default)]
struct Tenants(RwLock<HashMap<String, Client>>);

impl Tenants {
    /// Applies the file, or nothing of it if a part is invalid.
    fn load(&self) -> Result<usize, BoxError> {
        let file = fs::read_to_string(env::var("TENANTS")?)?;
        let file: HashMap<String, CredentialsConfig> = serde_json::from_str(&file)?;
        let read = |(name, config)| Ok((name, Credentials::try_from(config)?));
        let file: Result<HashMap<_, _>, BoxError> = file.into_iter().map(read).collect();
        let mut clients = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let mut loaded = HashMap::new();
        for (name, credentials) in file? {
            let client = match (
                clients.get(&name),
                clients.values().chain(loaded.values()).next(),
            ) {
                // Its clones change over with it; calls under way end with the old key.
                (Some(client), _) => {
                    client.switch_credentials(credentials)?;
                    client.clone()
                }
                // A client of its own, over the connections of the others.
                (None, Some(other)) => other.with_credentials(credentials)?,
                (None, None) => Client::new(credentials)?,
            };
            loaded.insert(name, client);
        }
        *clients = loaded;
        Ok(clients.len())
    }

    fn client(&self, name: &str) -> Option<Client> {
        let clients = self.0.read().unwrap_or_else(PoisonError::into_inner);
        clients.get(name).cloned()
    }
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let tenants = Arc::new(Tenants::default());
    println!("{} tenants", tenants.load()?);
    let router = Router::new()
        .route("/tenants/{name}/sessions", post(create))
        .route("/reload", post(reload))
        .with_state(tenants);
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let stopped = async { signal::ctrl_c().await.unwrap_or_default() };
    axum::serve(listener, router)
        .with_graceful_shutdown(stopped)
        .await?;
    Ok(())
}

async fn create(tenants: State<Arc<Tenants>>, name: Path<String>) -> Result<String, StatusCode> {
    let video = tenants.client(&name).ok_or(StatusCode::NOT_FOUND)?;
    let session = video.send(CreateSession::new()).await.map_err(|error| {
        eprintln!("{}: {error}", *name);
        error.suggested_status()
    })?;
    Ok(session.id.to_string())
}

async fn reload(tenants: State<Arc<Tenants>>) -> (StatusCode, String) {
    match tenants.load() {
        Ok(count) => (StatusCode::OK, format!("{count} tenants")),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
    }
}
