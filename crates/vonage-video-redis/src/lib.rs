#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod connection;
mod inbox;
mod keys;
mod presence;
mod rate_limit;
mod store;
mod token;
mod ttl;

pub use inbox::RedisInbox;
pub use presence::RedisPresence;
pub use rate_limit::RedisRateLimit;
pub use redis;
pub use store::RedisStore;
