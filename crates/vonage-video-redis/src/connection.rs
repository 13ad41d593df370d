//! One server or a cluster, connected when first needed.

use std::{sync::Arc, time::Duration};

use redis::{
    Client, Cmd, FromRedisValue, RedisResult,
    aio::{ConnectionManager, ConnectionManagerConfig},
    cluster::ClusterClient,
    cluster_async::ClusterConnection,
};
use tokio::sync::OnceCell;
use vonage_video::webhook::StoreError;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(2);
/// How long a command may take, retries in a cluster included. A delivery that is not answered in
/// time comes again, so this can be short; a failover takes longer in any case.
const RESPOND: Duration = Duration::from_secs(2);
/// How often a command is sent again in a cluster that is changing.
const CLUSTER_RETRIES: u32 = 3;

#[derive(Clone)]
pub(crate) enum Connection {
    Single(Arc<Lazy<Client, ConnectionManager>>),
    Cluster(Arc<Lazy<ClusterClient, ClusterConnection>>),
}

/// What connects, and the connection once there is one.
pub(crate) struct Lazy<C, T> {
    client: Option<C>,
    connected: OnceCell<T>,
}

impl<C, T> Lazy<C, T> {
    fn new(client: C) -> Arc<Self> {
        Arc::new(Self {
            client: Some(client),
            connected: OnceCell::new(),
        })
    }

    fn connected(connection: T) -> Arc<Self> {
        Arc::new(Self {
            client: None,
            connected: OnceCell::new_with(Some(connection)),
        })
    }
}

impl Connection {
    pub(crate) fn single(url: &str) -> RedisResult<Self> {
        Ok(Self::Single(Lazy::new(Client::open(url)?)))
    }

    pub(crate) fn cluster<'a>(urls: impl IntoIterator<Item = &'a str>) -> RedisResult<Self> {
        let client = ClusterClient::builder(urls)
            .connection_timeout(CONNECT)
            .response_timeout(RESPOND)
            .retries(CLUSTER_RETRIES)
            .max_retry_wait(200)
            .min_retry_wait(20)
            .build()?;
        Ok(Self::Cluster(Lazy::new(client)))
    }

    pub(crate) fn of_manager(connection: ConnectionManager) -> Self {
        Self::Single(Lazy::connected(connection))
    }

    pub(crate) fn of_cluster(connection: ClusterConnection) -> Self {
        Self::Cluster(Lazy::connected(connection))
    }

    /// Sends a command that may be sent twice: a lost connection does not tell whether it was run.
    pub(crate) async fn send<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        let sent = async {
            match self {
                Self::Single(lazy) => {
                    let connect = || async {
                        let config = ConnectionManagerConfig::new()
                            .set_connection_timeout(Some(CONNECT))
                            .set_response_timeout(Some(RESPOND))
                            .set_number_of_retries(1);
                        let client = lazy.client.clone().ok_or_else(unconnected)?;
                        ConnectionManager::new_with_config(client, config).await
                    };
                    let mut connection = lazy.connected.get_or_try_init(connect).await?.clone();
                    command.query_async(&mut connection).await
                }
                Self::Cluster(lazy) => {
                    let connect = || async {
                        let client = lazy.client.as_ref().ok_or_else(unconnected)?;
                        client.get_async_connection().await
                    };
                    let mut connection = lazy.connected.get_or_try_init(connect).await?.clone();
                    command.query_async(&mut connection).await
                }
            }
        };
        let limit = CONNECT + RESPOND;
        match tokio::time::timeout(limit, sent).await {
            Ok(sent) => sent.map_err(failed),
            Err(_) => Err(StoreError::new("redis did not respond in time")),
        }
    }
}

/// Never met: who has no client has a connection.
fn unconnected() -> redis::RedisError {
    (
        redis::ErrorKind::InvalidClientConfig,
        "there is nothing to connect to",
    )
        .into()
}

pub(crate) fn failed(error: redis::RedisError) -> StoreError {
    let what = if error.is_timeout() {
        "redis did not respond in time"
    } else if error.is_io_error() || error.is_connection_refusal() {
        "redis cannot be reached"
    } else {
        "redis refused the command"
    };
    StoreError::new(what).because(error)
}
