//! A connection, and what is kept over it.

use std::fmt;

use redis::{aio::ConnectionManager, cluster_async::ClusterConnection};
use vonage_video::webhook::StoreError;

use crate::connection::Connection;

/// A Redis or Valkey server, or a cluster of them. Cheap to clone: clones share the connection.
///
/// It connects when it is first used, and again when the connection is lost.
#[derive(Clone)]
pub struct RedisStore {
    pub(crate) connection: Connection,
    pub(crate) prefix: String,
}

impl RedisStore {
    /// One server: `redis://[user:password@]host:port/[database]`, or `rediss://` for TLS.
    ///
    /// # Errors
    ///
    /// The URL is not one of these.
    pub fn single(url: &str) -> Result<Self, StoreError> {
        let connection = Connection::single(url);
        connection.map(Self::of).map_err(misconfigured)
    }

    /// A cluster, by the URLs of some of its nodes; the others are found.
    ///
    /// # Errors
    ///
    /// A URL is not one of a server.
    pub fn cluster<'a>(urls: impl IntoIterator<Item = &'a str>) -> Result<Self, StoreError> {
        let connection = Connection::cluster(urls);
        connection.map(Self::of).map_err(misconfigured)
    }

    /// A connection of your own, with its own timeouts.
    pub fn from_connection_manager(connection: ConnectionManager) -> Self {
        Self::of(Connection::of_manager(connection))
    }

    /// A connection of your own to a cluster, with its own timeouts. One that loses every node at
    /// once may not find any again, though they are back; that of [`cluster`](Self::cluster) is
    /// replaced then.
    pub fn from_cluster_connection(connection: ClusterConnection) -> Self {
        Self::of(Connection::of_cluster(connection))
    }

    fn of(connection: Connection) -> Self {
        Self {
            connection,
            prefix: "vonage-video".to_owned(),
        }
    }

    /// What every key begins with. Default: `vonage-video`. Instances that shall share must have
    /// the same one.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }
}

fn misconfigured(error: redis::RedisError) -> StoreError {
    StoreError::new("the address of the redis server cannot be used").because(error)
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Addresses may hold passwords.
        f.debug_struct("RedisStore")
            .field(
                "cluster",
                &matches!(self.connection, Connection::Cluster(_)),
            )
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
