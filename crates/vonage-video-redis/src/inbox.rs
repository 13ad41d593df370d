//! Which events have been acted on, by all instances.

use std::{sync::Arc, time::Duration};

use tokio::runtime::Handle;
use vonage_video::webhook::{BoxFuture, Claim, Claimed, EventKey, Inbox, Lease, StoreError};

use crate::{keys, store::RedisStore, token, ttl::millis};

/// A claim is `c` and its mark, an event that was acted on `d`. All scripts may be run twice.
const CLAIM: &str = "
local held = redis.call('GET', KEYS[1])
if held == 'd' then return 'done' end
if held and held ~= ARGV[1] then return 'busy' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 'new'";

/// An expired claim that nobody else has is taken again.
const RENEW: &str = "
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1";

const RELEASE: &str = "
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0";

/// An [`Inbox`] that all instances share. From [`RedisStore::inbox`].
///
/// Without the server nothing is claimed: deliveries are answered 503 and come again.
#[derive(Clone, Debug)]
pub struct RedisInbox {
    store: RedisStore,
    lease: Duration,
    remember: Duration,
}

impl RedisStore {
    /// Which events have been acted on.
    pub fn inbox(&self) -> RedisInbox {
        RedisInbox {
            store: self.clone(),
            lease: Duration::from_secs(60),
            remember: Duration::from_secs(25 * 60 * 60),
        }
    }
}

impl RedisInbox {
    /// How long a claim is valid without being renewed: after a process died, its event waits so
    /// long. Default: a minute.
    #[must_use]
    pub fn lease(mut self, duration: Duration) -> Self {
        self.lease = duration;
        self
    }

    /// How long an event that was acted on is remembered. Default: 25 hours; the service repeats
    /// deliveries for 24.
    #[must_use]
    pub fn remember(mut self, duration: Duration) -> Self {
        self.remember = duration;
        self
    }
}

impl Inbox for RedisInbox {
    fn claim<'a>(&'a self, key: &'a EventKey) -> BoxFuture<'a, Result<Claimed, StoreError>> {
        Box::pin(async move {
            let held = Arc::new(Held {
                store: self.store.clone(),
                key: keys::inbox(&self.store.prefix, key),
                mark: format!("c{}", token::random()?),
                lease: self.lease,
                remember: self.remember,
            });
            let found: String = held.run(CLAIM, millis(self.lease)).await?;
            match found.as_str() {
                "new" => Ok(Claimed::New(Claim::new(RedisLease(held)))),
                "done" => Ok(Claimed::Done),
                _ => Ok(Claimed::InProgress),
            }
        })
    }
}

struct Held {
    store: RedisStore,
    key: String,
    mark: String,
    lease: Duration,
    remember: Duration,
}

impl Held {
    async fn run<T: redis::FromRedisValue>(
        &self,
        script: &str,
        millis: u64,
    ) -> Result<T, StoreError> {
        let mut command = redis::cmd("EVAL");
        command.arg(script).arg(1).arg(&self.key);
        command.arg(&self.mark).arg(millis);
        self.store.connection.send(&command).await
    }
}

struct RedisLease(Arc<Held>);

impl Lease for RedisLease {
    fn duration(&self) -> Duration {
        self.0.lease
    }

    fn renew(&self) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async { Ok(self.0.run::<u8>(RENEW, millis(self.0.lease)).await? == 1) })
    }

    fn done(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async {
            let mut command = redis::cmd("SET");
            command.arg(&self.0.key).arg("d");
            command.arg("PX").arg(millis(self.0.remember));
            self.0.store.connection.send(&command).await
        })
    }

    fn release(&self) {
        // Without a runtime the lease expires by itself.
        if let Ok(runtime) = Handle::try_current() {
            let held = Arc::clone(&self.0);
            drop(runtime.spawn(async move { held.run::<u8>(RELEASE, 0).await }));
        }
    }
}
