//! How often each project is called, by all instances together.

use std::time::Duration;

use vonage_video::{
    rate_limit::RateLimit,
    webhook::{BoxFuture, StoreError},
};

use crate::{keys, store::RedisStore};

/// Reserves the next turn of a bucket. Keeps the time in microseconds, by the server's clock, at
/// which the bucket is full again. Returns the wait, or -1 and reserves nothing if the caller does
/// not wait that long.
const TURN: &str = "
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, burst, patience = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local after = full + interval
local wait = math.max(after - now - interval * burst, 0)
if wait > patience then return -1 end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', string.format('%.0f', math.ceil((after - now) / 1000) + 1))
return string.format('%.0f', wait)";

/// A [`RateLimit`] that all instances share, one for each project. From [`RedisStore::rate_limit`].
///
/// It counts by the server's clock. A server that cannot be reached is an error, with which
/// [`RateLimited`](vonage_video::rate_limit::RateLimited) lets requests through: the service has
/// limits of its own.
#[derive(Clone, Debug)]
pub struct RedisRateLimit {
    store: RedisStore,
    interval: u64,
    burst: u32,
}

impl RedisStore {
    /// A limit to how often each project is called: `burst` requests at once, then one each
    /// `interval`, over all instances together. At least 1, and a microsecond.
    pub fn rate_limit(&self, interval: Duration, burst: u32) -> RedisRateLimit {
        RedisRateLimit {
            store: self.clone(),
            interval: micros(interval).max(1),
            burst: burst.max(1),
        }
    }
}

impl RateLimit for RedisRateLimit {
    fn turn<'a>(
        &'a self,
        project: &'a str,
        patience: Duration,
    ) -> BoxFuture<'a, Result<Option<Duration>, StoreError>> {
        Box::pin(async move {
            let mut command = redis::cmd("EVAL");
            command.arg(TURN).arg(1);
            command.arg(keys::rate(&self.store.prefix, project));
            command
                .arg(self.interval)
                .arg(self.burst)
                .arg(micros(patience));
            let wait: i64 = self.store.connection.send(&command).await?;
            Ok(u64::try_from(wait).ok().map(Duration::from_micros))
        })
    }
}

/// Up to what the server's numbers hold exactly, some 70 years.
fn micros(duration: Duration) -> u64 {
    let most = 1 << 51;
    u64::try_from(duration.as_micros()).map_or(most, |micros| micros.min(most))
}
