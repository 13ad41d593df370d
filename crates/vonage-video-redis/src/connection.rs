//! One server or a cluster, connected when first needed.

use std::{sync::Arc, time::Duration};

use redis::{
    Client, Cmd, ErrorKind, FromRedisValue, RedisError, RedisResult,
    aio::{ConnectionManager, ConnectionManagerConfig},
    cluster::ClusterClient,
    cluster_async::ClusterConnection,
};
use tokio::sync::{Mutex, OnceCell};
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
    Single(Arc<Server>),
    Cluster(Arc<Cluster>),
}

/// A cluster, and the connection to it once there is one.
pub(crate) struct Cluster {
    client: Option<ClusterClient>,
    /// The number of this connection, so that of many tasks that lose it one reconnects.
    connected: Mutex<Option<(u64, ClusterConnection)>>,
}

impl Cluster {
    /// The connection; another one if it is the one that is `lost`.
    async fn connection(&self, lost: Option<u64>) -> RedisResult<(u64, ClusterConnection)> {
        let mut connected = self.connected.lock().await;
        let number = match (&*connected, &self.client) {
            (Some((number, connection)), client) if lost != Some(*number) || client.is_none() => {
                return Ok((*number, connection.clone()));
            }
            (Some((number, _)), _) => number + 1,
            (None, _) => 0,
        };
        let client = self.client.as_ref().ok_or_else(unconnected)?;
        let connection = client.get_async_connection().await?;
        *connected = Some((number, connection.clone()));
        Ok((number, connection))
    }

    /// A connection that has lost every node never finds one again, though they are back: it only
    /// asks the nodes that it is connected to.
    async fn send<T: FromRedisValue>(&self, command: &Cmd) -> RedisResult<T> {
        let (number, mut connection) = self.connection(None).await?;
        match command.query_async(&mut connection).await {
            Err(error) if has_lost_all(&error) => {
                let (_, mut connection) = self.connection(Some(number)).await?;
                command.query_async(&mut connection).await
            }
            sent => sent,
        }
    }
}

fn has_lost_all(error: &RedisError) -> bool {
    error.kind() == ErrorKind::ClusterConnectionNotFound
}

/// A server, and the connection to it once there is one, which reconnects by itself.
pub(crate) struct Server {
    client: Option<Client>,
    connected: OnceCell<ConnectionManager>,
}

impl Server {
    async fn send<T: FromRedisValue>(&self, command: &Cmd) -> RedisResult<T> {
        let connect = || async {
            let config = ConnectionManagerConfig::new()
                .set_connection_timeout(Some(CONNECT))
                .set_response_timeout(Some(RESPOND))
                .set_number_of_retries(1);
            let client = self.client.clone().ok_or_else(unconnected)?;
            ConnectionManager::new_with_config(client, config).await
        };
        let mut connection = self.connected.get_or_try_init(connect).await?.clone();
        command.query_async(&mut connection).await
    }
}

impl Connection {
    pub(crate) fn single(url: &str) -> RedisResult<Self> {
        Ok(Self::Single(Arc::new(Server {
            client: Some(Client::open(url)?),
            connected: OnceCell::new(),
        })))
    }

    pub(crate) fn cluster<'a>(urls: impl IntoIterator<Item = &'a str>) -> RedisResult<Self> {
        let client = ClusterClient::builder(urls)
            .connection_timeout(CONNECT)
            .response_timeout(RESPOND)
            .retries(CLUSTER_RETRIES)
            .max_retry_wait(200)
            .min_retry_wait(20)
            .build()?;
        Ok(Self::Cluster(Arc::new(Cluster {
            client: Some(client),
            connected: Mutex::new(None),
        })))
    }

    pub(crate) fn of_manager(connection: ConnectionManager) -> Self {
        Self::Single(Arc::new(Server {
            client: None,
            connected: OnceCell::new_with(Some(connection)),
        }))
    }

    pub(crate) fn of_cluster(connection: ClusterConnection) -> Self {
        Self::Cluster(Arc::new(Cluster {
            client: None,
            connected: Mutex::new(Some((0, connection))),
        }))
    }

    /// Sends a command that may be sent twice: a lost connection does not tell whether it was run.
    pub(crate) async fn send<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        let sent = async {
            match self {
                Self::Single(server) => server.send(command).await,
                Self::Cluster(cluster) => cluster.send(command).await,
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
fn unconnected() -> RedisError {
    (
        ErrorKind::InvalidClientConfig,
        "there is nothing to connect to",
    )
        .into()
}

pub(crate) fn failed(error: RedisError) -> StoreError {
    let what = if error.is_timeout() {
        "redis did not respond in time"
    } else if error.is_io_error() || error.is_connection_refusal() || has_lost_all(&error) {
        "redis cannot be reached"
    } else {
        "redis refused the command"
    };
    StoreError::new(what).because(error)
}
