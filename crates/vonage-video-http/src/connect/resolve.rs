//! From host names to addresses: one lookup a host at a time, kept for a few seconds.

use std::{
    collections::HashMap,
    fmt,
    future::Future,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Mutex as AsyncMutex, time::Instant};
use vonage_video_core::shared::unbracketed;

use super::system_resolver::{Outcome, SystemResolver};
use crate::base_url::is_loopback;

/// How long the addresses of a host are kept. Failures are not kept.
const KEPT: Duration = Duration::from_secs(10);

/// Hosts whose addresses are kept at most; beyond that, old ones are dropped first.
const MOST_KEPT: usize = 256;

/// The future that [`Resolve::resolve`] returns.
pub type ResolveFuture<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Finds the addresses of hosts, for clients that do not use the system's resolver. Set with
/// [`ClientBuilder::resolver`](crate::ClientBuilder::resolver).
///
/// A client asks for each host once at a time and keeps the addresses for 10 s. It does not ask for
/// addresses in literal form, nor for `localhost` and names below it, which are always this
/// machine. Addresses are tried in the given order, IPv6 and IPv4 in turn; the first that accepts a
/// connection wins ([RFC 8305](https://www.rfc-editor.org/rfc/rfc8305)).
///
/// ```
/// use std::net::{IpAddr, Ipv4Addr};
/// use vonage_video_http::{Resolve, ResolveFuture};
///
/// /// Pins every host to one address.
/// struct Pinned(IpAddr);
///
/// impl Resolve for Pinned {
///     fn resolve(&self, _host: &str) -> ResolveFuture<'_> {
///         Box::pin(async { Ok(vec![self.0]) })
///     }
/// }
/// # let _ = Pinned(Ipv4Addr::LOCALHOST.into());
/// ```
pub trait Resolve: Send + Sync + 'static {
    /// Returns the addresses of `host`, the preferred one first.
    ///
    /// # Errors
    ///
    /// The host has no address, or none could be found out. The call then fails with an error of
    /// kind [`Connect`](vonage_video_core::ErrorKind::Connect).
    fn resolve(&self, host: &str) -> ResolveFuture<'_>;
}

/// A client's resolver and the addresses it found.
pub(crate) struct Resolver {
    source: Source,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
}

enum Source {
    System(SystemResolver),
    Other(Arc<dyn Resolve>),
}

/// What is known of one host. The lock is held while it is looked up.
#[derive(Default)]
struct Host(AsyncMutex<Option<Lookup>>);

/// The last lookup, for those who waited for it and, if it succeeded, for those who come soon.
struct Lookup {
    ended: Instant,
    outcome: Outcome,
}

impl Resolver {
    pub(crate) fn new(other: Option<Arc<dyn Resolve>>) -> Self {
        Self {
            source: other.map_or_else(|| Source::System(SystemResolver::default()), Source::Other),
            hosts: Mutex::default(),
        }
    }

    /// The addresses of a host as written in a URL.
    pub(super) async fn addresses(&self, host: &str) -> io::Result<Arc<[IpAddr]>> {
        let host = unbracketed(host);
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(Arc::new([address]));
        }
        // Plain HTTP is allowed to these by name, so they are this machine whatever a resolver says
        // (RFC 6761, section 6.3).
        if is_loopback(host) {
            return Ok(Arc::new([
                Ipv4Addr::LOCALHOST.into(),
                Ipv6Addr::LOCALHOST.into(),
            ]));
        }
        let asked = Instant::now();
        let entry = self.host(host);
        let mut last = entry.0.lock().await;
        if let Some(lookup) = last.as_ref().filter(|lookup| lookup.serves(asked)) {
            return shared(&lookup.outcome);
        }
        let outcome: Outcome = match &self.source {
            Source::System(system) => system.resolve(host).await,
            Source::Other(other) => other.resolve(host).await.map(Arc::from).map_err(Arc::new),
        };
        let outcome = outcome.and_then(|addresses| {
            if addresses.is_empty() {
                Err(Arc::new(io::Error::new(
                    io::ErrorKind::NotFound,
                    "the host has no address",
                )))
            } else {
                Ok(addresses)
            }
        });
        let lookup = last.insert(Lookup {
            ended: Instant::now(),
            outcome,
        });
        shared(&lookup.outcome)
    }

    /// Forgets a host none of whose addresses accepts connections: they may have changed.
    pub(super) fn forget(&self, host: &str) {
        lock(&self.hosts).remove(host);
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = lock(&self.hosts);
        if let Some(host) = hosts.get(name) {
            return Arc::clone(host);
        }
        if hosts.len() >= MOST_KEPT {
            // One that is being looked up is locked, and stays.
            hosts.retain(|_, host| host.0.try_lock().is_err());
        }
        Arc::clone(hosts.entry(name.to_owned()).or_default())
    }
}

impl Lookup {
    /// Whether it answers a question that was asked at `asked`: a lookup that ended after that is
    /// an answer of any kind, an older one only if it found something not long ago.
    fn serves(&self, asked: Instant) -> bool {
        self.ended > asked || (self.outcome.is_ok() && asked.duration_since(self.ended) < KEPT)
    }
}

fn shared(outcome: &Outcome) -> io::Result<Arc<[IpAddr]>> {
    match outcome {
        Ok(addresses) => Ok(Arc::clone(addresses)),
        Err(error) => Err(io::Error::new(error.kind(), Arc::clone(error))),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.source {
            Source::System(_) => "Resolver(system)",
            Source::Other(_) => "Resolver(other)",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Fails the first time, and counts.
    #[derive(Default)]
    struct Counting {
        asked: AtomicUsize,
        failures: usize,
    }

    impl Resolve for Arc<Counting> {
        fn resolve(&self, _host: &str) -> ResolveFuture<'_> {
            Box::pin(async {
                let asked = self.asked.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(100)).await;
                if asked < self.failures {
                    Err(io::Error::other("try again"))
                } else {
                    Ok(vec![IpAddr::from([192, 0, 2, 1])])
                }
            })
        }
    }

    fn counting(failures: usize) -> (Arc<Counting>, Arc<Resolver>) {
        let counting = Arc::new(Counting {
            failures,
            ..Counting::default()
        });
        let resolver = Resolver::new(Some(Arc::new(Arc::clone(&counting))));
        (counting, Arc::new(resolver))
    }

    async fn at_once(resolver: &Arc<Resolver>, host: &'static str, count: usize) -> usize {
        let tasks: Vec<_> = (0..count)
            .map(|_| {
                let resolver = Arc::clone(resolver);
                tokio::spawn(async move { resolver.addresses(host).await.is_ok() })
            })
            .collect();
        let mut found = 0;
        for task in tasks {
            found += usize::from(task.await.unwrap());
        }
        found
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_is_looked_up_once_at_a_time_and_kept_for_ten_seconds() {
        let (counting, resolver) = counting(0);
        assert_eq!(at_once(&resolver, "a.example", 50).await, 50);
        assert_eq!(counting.asked.load(Ordering::SeqCst), 1);
        tokio::time::sleep(Duration::from_millis(9_900)).await;
        resolver.addresses("a.example").await.unwrap();
        assert_eq!(counting.asked.load(Ordering::SeqCst), 1);
        tokio::time::sleep(Duration::from_millis(200)).await;
        resolver.addresses("a.example").await.unwrap();
        assert_eq!(counting.asked.load(Ordering::SeqCst), 2);
        resolver.addresses("b.example").await.unwrap();
        assert_eq!(counting.asked.load(Ordering::SeqCst), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_for_those_who_waited_for_it_and_is_not_kept() {
        let (counting, resolver) = counting(1);
        assert_eq!(at_once(&resolver, "a.example", 50).await, 0);
        assert_eq!(counting.asked.load(Ordering::SeqCst), 1);
        resolver.addresses("a.example").await.unwrap();
        assert_eq!(counting.asked.load(Ordering::SeqCst), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn one_who_gives_up_does_not_take_the_lookup_from_the_others() {
        let (counting, resolver) = counting(0);
        let impatient = resolver.addresses("a.example");
        let (first, second) = tokio::join!(
            tokio::time::timeout(Duration::from_millis(50), impatient),
            resolver.addresses("a.example"),
        );
        assert!(first.is_err() && second.is_ok());
        assert_eq!(counting.asked.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn literal_addresses_and_this_machine_are_not_looked_up() {
        let (counting, resolver) = counting(0);
        for (host, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("localhost", "127.0.0.1"),
            ("LocalHost", "127.0.0.1"),
        ] {
            let addresses = resolver.addresses(host).await.unwrap();
            assert_eq!(addresses.first().unwrap().to_string(), expected);
        }
        assert_eq!(counting.asked.load(Ordering::SeqCst), 0);
    }
}
