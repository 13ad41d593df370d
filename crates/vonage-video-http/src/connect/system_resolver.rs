//! The operating system's resolver, on threads of its own.

use std::{
    collections::HashMap,
    io,
    net::{IpAddr, ToSocketAddrs},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Semaphore, watch};

/// Threads that ask at most, so that lookups that hang cost little.
const MOST_THREADS: usize = 8;

/// What a lookup found, for all who waited for it.
pub(super) type Outcome = Result<Arc<[IpAddr]>, Arc<io::Error>>;

/// `getaddrinfo`, which cannot be cancelled: on threads of its own, so that neither other hosts nor
/// the runtime wait for one that hangs.
pub(super) struct SystemResolver {
    ask: Ask,
    running: Running,
    threads: Arc<Semaphore>,
}

/// A question that is answered when this returns.
type Ask = fn(&str) -> io::Result<Vec<IpAddr>>;

type Running = Arc<Mutex<HashMap<String, watch::Receiver<Option<Outcome>>>>>;

impl Default for SystemResolver {
    fn default() -> Self {
        Self::new(system)
    }
}

impl SystemResolver {
    fn new(ask: Ask) -> Self {
        Self {
            ask,
            running: Arc::default(),
            threads: Arc::new(Semaphore::new(MOST_THREADS)),
        }
    }

    pub(super) async fn resolve(&self, host: &str) -> Outcome {
        let mut answer = self.begin(host).await.map_err(Arc::new)?;
        let answered = answer.wait_for(Option::is_some).await;
        match answered.ok().as_deref() {
            Some(Some(outcome)) => outcome.clone(),
            _ => Err(Arc::new(io::Error::other("the resolver's thread ended"))),
        }
    }

    /// Joins the lookup that is under way for this host, or begins one.
    async fn begin(&self, host: &str) -> io::Result<watch::Receiver<Option<Outcome>>> {
        if let Some(answer) = lock(&self.running).get(host) {
            return Ok(answer.clone());
        }
        let permit = Arc::clone(&self.threads)
            .acquire_owned()
            .await
            .map_err(io::Error::other)?;
        let (tell, answer) = watch::channel(None);
        lock(&self.running).insert(host.to_owned(), answer.clone());
        let (ask, running, name) = (self.ask, Arc::clone(&self.running), host.to_owned());
        let begun = std::thread::Builder::new()
            .name("vv-resolver".to_owned())
            .spawn(move || {
                let outcome = ask(&name).map(Arc::from).map_err(Arc::new);
                lock(&running).remove(&name);
                let _ = tell.send(Some(outcome));
                drop(permit);
            });
        if let Err(error) = begun {
            lock(&self.running).remove(host);
            return Err(error);
        }
        Ok(answer)
    }
}

fn system(host: &str) -> io::Result<Vec<IpAddr>> {
    let addresses = (host, 0).to_socket_addrs()?;
    Ok(addresses.map(|address| address.ip()).collect())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_resolver_that_hangs_costs_one_thread_a_host_and_eight_in_all() {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        let resolver = Arc::new(SystemResolver::new(|host| {
            ASKED.fetch_add(1, Ordering::SeqCst);
            if host.starts_with("hangs") {
                loop {
                    std::thread::park();
                }
            }
            Ok(vec![IpAddr::from([192, 0, 2, 1])])
        }));
        let short = Duration::from_millis(20);
        let hung = |host: &'static str| {
            let resolver = Arc::clone(&resolver);
            async move {
                tokio::time::timeout(short, resolver.resolve(host))
                    .await
                    .is_err()
            }
        };
        // A hundred questions about the same host, one after the other and at once.
        for _ in 0..5 {
            assert!(hung("hangs-0.example").await);
        }
        let tasks: Vec<_> = (0..95)
            .map(|_| tokio::spawn(hung("hangs-0.example")))
            .collect();
        for task in tasks {
            assert!(task.await.unwrap());
        }
        assert_eq!(ASKED.load(Ordering::SeqCst), 1);
        // Another host's question is answered meanwhile.
        resolver.resolve("works.example").await.unwrap();
        assert_eq!(ASKED.load(Ordering::SeqCst), 2);
        for host in [
            "hangs-1.example",
            "hangs-2.example",
            "hangs-3.example",
            "hangs-4.example",
            "hangs-5.example",
            "hangs-6.example",
            "hangs-7.example",
            "hangs-8.example",
            "hangs-9.example",
        ] {
            assert!(hung(host).await);
        }
        assert_eq!(
            ASKED.load(Ordering::SeqCst),
            1 + 1 + 7,
            "eight threads hang"
        );
    }
}
