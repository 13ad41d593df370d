//! What the emulator posts to: every delivery goes on twice.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
    sync::Notify,
};

use super::http::read_message;

/// Hands each request on twice at once, as a load balancer does that tries again too early: to two
/// receivers, or to an nginx before them. It answers with what the first answers. Without one that
/// can be reached it hangs up.
pub struct Balancer {
    address: SocketAddr,
    receivers: Arc<Mutex<Vec<SocketAddr>>>,
    handed_over: Arc<AtomicUsize>,
    progress: Arc<Notify>,
}

impl Balancer {
    /// Starts one without receivers.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let balancer = Self {
            address: listener.local_addr().unwrap(),
            receivers: Arc::default(),
            handed_over: Arc::default(),
            progress: Arc::default(),
        };
        let receivers = balancer.receivers.clone();
        let count = Counted(balancer.handed_over.clone(), balancer.progress.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (receivers, count) = (receivers.clone(), count.clone());
                tokio::spawn(async move { hand_over(stream, &receivers, count).await });
            }
        });
        balancer
    }

    /// Where to post to.
    pub fn url(&self) -> String {
        format!("http://{}/webhooks", self.address)
    }

    /// The receivers from now on.
    pub fn set(&self, receivers: impl IntoIterator<Item = SocketAddr>) {
        *self.receivers.lock().unwrap() = receivers.into_iter().collect();
    }

    /// Waits until it has handed this many over.
    pub async fn until(&self, count: usize) {
        loop {
            let progress = self.progress.notified();
            if self.handed_over() >= count {
                return;
            }
            progress.await;
        }
    }

    /// How many requests it has handed to a receiver.
    pub fn handed_over(&self) -> usize {
        self.handed_over.load(Ordering::Relaxed)
    }
}

#[derive(Clone)]
struct Counted(Arc<AtomicUsize>, Arc<Notify>);

async fn hand_over(
    mut sender: TcpStream,
    receivers: &Mutex<Vec<SocketAddr>>,
    count: Counted,
) -> io::Result<()> {
    let request = Arc::new(read_message(&mut sender).await?);
    let (first, second) = {
        let mut receivers = receivers.lock().unwrap();
        if receivers.is_empty() {
            return Ok(());
        }
        receivers.rotate_left(1);
        (receivers.first().copied(), receivers.get(1).copied())
    };
    let copy = second.map(|receiver| {
        let (request, count) = (request.clone(), count.clone());
        tokio::spawn(async move { exchange(receiver, &request, &count).await })
    });
    if let Some(first) = first {
        let response = exchange(first, &request, &count).await?;
        sender.write_all(&response).await?;
    }
    if let Some(copy) = copy {
        // What becomes of the copy is not told to the sender.
        let _ = copy.await;
    }
    Ok(())
}

async fn exchange(receiver: SocketAddr, request: &[u8], count: &Counted) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(receiver).await?;
    count.0.fetch_add(1, Ordering::Relaxed);
    // Kept if nobody waits yet.
    count.1.notify_one();
    stream.write_all(request).await?;
    read_message(&mut stream).await
}
