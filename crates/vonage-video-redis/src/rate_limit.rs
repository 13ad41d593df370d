//! How often each project is called, by all instances together.

use std::time::Duration;

use vonage_video::{
    RateLimit,
    transport::{Turn, TurnFuture},
    webhook::StoreError,
};

use crate::{keys, store::RedisStore};

/// Reserves the next turn of a bucket. Keeps the time in microseconds, by the server's clock, at
/// which the bucket is full again. Returns the wait, or -1 and reserves nothing if the caller does
/// not wait that long.
const TURN: &str = "
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, burst, timeout = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local after = full + interval
local wait = math.max(after - now - interval * burst, 0)
if wait > timeout then return -1 end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', string.format('%.0f', math.ceil((after - now) / 1000) + 1))
return string.format('%.0f', wait)";

/// A [`RateLimit`] that all instances share, one for each project. From [`RedisStore::rate_limit`].
///
/// It counts by the server's clock, under the project of the client's credentials. It fails open: a
/// server that cannot be reached is logged, and the request is sent. The service has limits of its
/// own, and the client obeys 429.
///
/// ```
/// use std::time::Duration;
/// use vonage_video::{Client, Credentials, Error};
/// use vonage_video_redis::RedisStore;
///
/// fn client(credentials: Credentials, store: &RedisStore) -> Result<Client, Error> {
///     let limit = store.rate_limit(Duration::from_millis(50), 20);
///     Client::builder(credentials).rate_limit(limit).build()
/// }
/// ```
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

impl RedisRateLimit {
    /// Takes a turn of `project` and returns how long to wait for it: nothing if it is now. `None`,
    /// and no turn taken, if that is longer than `timeout`.
    ///
    /// # Errors
    ///
    /// The server cannot be reached or does not respond.
    pub async fn take_turn(
        &self,
        project: &str,
        timeout: Duration,
    ) -> Result<Option<Duration>, StoreError> {
        let mut command = redis::cmd("EVAL");
        command.arg(TURN).arg(1);
        command.arg(keys::rate(&self.store.prefix, project));
        command
            .arg(self.interval)
            .arg(self.burst)
            .arg(micros(timeout));
        let wait: i64 = self.store.connection.send(&command).await?;
        Ok(u64::try_from(wait).ok().map(Duration::from_micros))
    }
}

impl RateLimit for RedisRateLimit {
    fn turn<'a>(&'a self, turn: Turn<'a>) -> TurnFuture<'a> {
        Box::pin(async move {
            match self.take_turn(turn.project, turn.timeout).await {
                Ok(wait) => wait,
                Err(error) => {
                    tracing::warn!(target: "vonage_video", %error, "the shared rate limit cannot be asked");
                    Some(Duration::ZERO)
                }
            }
        })
    }
}

/// Up to what the server's numbers hold exactly, some 70 years.
fn micros(duration: Duration) -> u64 {
    let most = 1 << 51;
    u64::try_from(duration.as_micros()).map_or(most, |micros| micros.min(most))
}
