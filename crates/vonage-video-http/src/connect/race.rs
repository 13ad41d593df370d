//! Connecting to a host with several addresses, as RFC 8305 ("Happy Eyeballs v2") says: each gets
//! its turn, none holds up the rest, and the first that accepts wins.

use std::{
    fmt,
    future::{Future, poll_fn},
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    task::Poll,
    time::Duration,
};

use socket2::{SockRef, TcpKeepalive};
use tokio::{
    net::{TcpSocket, TcpStream},
    time::{Sleep, sleep},
};

/// The recommended delay between the beginnings of two attempts (RFC 8305, section 5).
const DELAY: Duration = Duration::from_millis(250);

/// The least delay that the RFC allows.
const LEAST_DELAY: Duration = Duration::from_millis(10);

/// How often an open connection is probed, so that a peer that vanished is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(60);

type Attempt = Pin<Box<dyn Future<Output = io::Result<TcpStream>> + Send>>;

/// Connects to the first address that accepts. Every address is tried within `timeout`.
pub(super) async fn connect(
    addresses: &[IpAddr],
    port: u16,
    timeout: Duration,
) -> io::Result<TcpStream> {
    if let [address] = addresses {
        return open(SocketAddr::new(*address, port)).await;
    }
    let ordered = interleaved(addresses);
    let delay = delay(ordered.len(), timeout);
    let mut race = Race {
        waiting: ordered.into_iter(),
        port,
        running: Vec::new(),
        failures: Vec::new(),
        delay,
        next: Box::pin(sleep(Duration::ZERO)),
    };
    race.start_one();
    poll_fn(|cx| race.poll(cx)).await
}

/// Addresses of both families in turn, the preferred family first; within a family as they came.
fn interleaved(addresses: &[IpAddr]) -> Vec<IpAddr> {
    let first_is_v6 = addresses.first().is_some_and(IpAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses
        .iter()
        .copied()
        .partition(|address| address.is_ipv6() == first_is_v6);
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    let mut ordered = Vec::with_capacity(addresses.len());
    loop {
        let pair = [first.next(), second.next()];
        if pair == [None, None] {
            return ordered;
        }
        ordered.extend(pair.into_iter().flatten());
    }
}

/// The delay between two beginnings: shorter than recommended where otherwise some address would
/// not have its turn, and time to respond, within `timeout`.
fn delay(addresses: usize, timeout: Duration) -> Duration {
    let turns = u32::try_from(addresses)
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    DELAY.min(timeout / turns).max(LEAST_DELAY)
}

struct Race {
    waiting: std::vec::IntoIter<IpAddr>,
    port: u16,
    running: Vec<(SocketAddr, Attempt)>,
    failures: Vec<(SocketAddr, io::Error)>,
    delay: Duration,
    next: Pin<Box<Sleep>>,
}

impl Race {
    fn poll(&mut self, cx: &mut std::task::Context<'_>) -> Poll<io::Result<TcpStream>> {
        loop {
            let mut index = 0;
            while let Some((address, attempt)) = self.running.get_mut(index) {
                match attempt.as_mut().poll(cx) {
                    Poll::Pending => index += 1,
                    Poll::Ready(Ok(stream)) => return Poll::Ready(Ok(stream)),
                    Poll::Ready(Err(error)) => {
                        self.failures.push((*address, error));
                        drop(self.running.swap_remove(index));
                        // A failure is no reason to wait for the next one's turn.
                        self.start_one();
                        index = 0;
                    }
                }
            }
            if self.running.is_empty() {
                return Poll::Ready(Err(self.failure()));
            }
            if self.waiting.as_slice().is_empty() || self.next.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            self.start_one();
        }
    }

    fn start_one(&mut self) {
        if let Some(address) = self.waiting.next() {
            let address = SocketAddr::new(address, self.port);
            self.running.push((address, Box::pin(open(address))));
            self.next = Box::pin(sleep(self.delay));
        }
    }

    fn failure(&mut self) -> io::Error {
        let failures = std::mem::take(&mut self.failures);
        let kind = failures
            .first()
            .map_or(io::ErrorKind::NotFound, |(_, error)| error.kind());
        // Only the error number says that this process is out of descriptors, so it is kept.
        match failures
            .iter()
            .position(|(_, error)| super::error::is_out_of_descriptors(error))
        {
            Some(index) => failures
                .into_iter()
                .nth(index)
                .map_or_else(|| kind.into(), |(_, error)| error),
            None => io::Error::new(kind, Failures(failures)),
        }
    }
}

/// Why each address failed.
#[derive(Debug)]
struct Failures(Vec<(SocketAddr, io::Error)>);

impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (address, error)) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{address}: {error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failures {}

async fn open(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = if address.is_ipv6() {
        TcpSocket::new_v6()?
    } else {
        TcpSocket::new_v4()?
    };
    socket.set_nodelay(true)?;
    SockRef::from(&socket).set_tcp_keepalive(&TcpKeepalive::new().with_time(KEEP_ALIVE))?;
    socket.connect(address).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(list: &[&str]) -> Vec<IpAddr> {
        list.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn families_take_turns_and_the_first_keeps_its_place() {
        for (given, expected) in [
            (
                vec!["2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.2"],
                vec!["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2"],
            ),
            (
                vec!["192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1"],
                vec!["192.0.2.1", "2001:db8::1", "192.0.2.2", "192.0.2.3"],
            ),
            (vec!["192.0.2.1"], vec!["192.0.2.1"]),
            (vec![], vec![]),
        ] {
            assert_eq!(interleaved(&addresses(&given)), addresses(&expected));
        }
    }

    #[test]
    fn every_address_begins_within_the_limit() {
        for (count, timeout, expected) in [
            (2, 5_000, 250),
            (19, 5_000, 250),
            (49, 5_000, 100),
            (2, 300, 100),
            (1_000, 300, 10),
        ] {
            let delay = delay(count, Duration::from_millis(timeout));
            assert_eq!(delay, Duration::from_millis(expected), "{count}");
        }
    }
}
