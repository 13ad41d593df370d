//! Receivers in processes of their own, and what stands before them.

use std::{
    fs,
    io::{self, BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What receivers verify with.
pub const SECRET: &str = "the signature secret of the fleet";

/// A receiver.
pub struct Receiver {
    process: Child,
    address: SocketAddr,
}

impl Receiver {
    /// Starts a program that prints its address.
    pub fn start(program: &str, file: &Path, lease_millis: u64, redis: &[String]) -> Self {
        let mut command = Command::new(program);
        command
            .arg(file)
            .arg(lease_millis.to_string())
            .arg(SECRET)
            .args(redis);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let address = line.trim().parse().unwrap();
        Self { process, address }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Kills it with SIGKILL, and returns what its process id was.
    pub fn kill(mut self) -> u32 {
        let id = self.process.id();
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        id
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Hands each request to two receivers at once, as a load balancer does that tries again too early,
/// and answers with what the first of them answers. Without one that can be reached it hangs up.
pub struct Balancer {
    address: SocketAddr,
    receivers: Arc<Mutex<Vec<SocketAddr>>>,
    handed_over: Arc<AtomicUsize>,
}

impl Balancer {
    /// Starts one without receivers.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let balancer = Self {
            address: listener.local_addr().unwrap(),
            receivers: Arc::default(),
            handed_over: Arc::default(),
        };
        let (receivers, count) = (balancer.receivers.clone(), balancer.handed_over.clone());
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

    /// How many requests it has handed to a receiver.
    pub fn handed_over(&self) -> usize {
        self.handed_over.load(Ordering::Relaxed)
    }
}

async fn hand_over(
    mut sender: TcpStream,
    receivers: &Mutex<Vec<SocketAddr>>,
    count: Arc<AtomicUsize>,
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

async fn exchange(
    receiver: SocketAddr,
    request: &[u8],
    count: &AtomicUsize,
) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(receiver).await?;
    count.fetch_add(1, Ordering::Relaxed);
    stream.write_all(request).await?;
    read_message(&mut stream).await
}

/// One HTTP/1.1 message with a `content-length`, or without a body.
async fn read_message(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        if let Some(end) = message.windows(4).position(|at| at == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&message[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .map_or(0, |length| length.trim().parse().unwrap_or(0));
            if message.len() >= end + 4 + length {
                return Ok(message);
            }
        }
        if stream.read_buf(&mut message).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// That somebody acted on an event.
#[derive(Clone, Debug)]
pub struct Effect {
    /// When, in milliseconds since 1970.
    pub at: u128,
    /// The process that did.
    pub process: u32,
    /// The event's key.
    pub key: String,
}

/// A file of effects.
pub struct Effects(PathBuf);

impl Effects {
    /// A file that does not exist yet.
    pub fn new(name: &str) -> Self {
        let name = format!("vonage-video-effects-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_file(&path);
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What has been noted.
    pub fn read(&self) -> Vec<Effect> {
        let text = fs::read_to_string(&self.0).unwrap_or_default();
        let lines = text.lines().map(|line| {
            let mut words = line.split(' ');
            let mut word = || words.next().unwrap_or_default().to_owned();
            Effect {
                at: word().parse().unwrap(),
                process: word().parse().unwrap(),
                key: word(),
            }
        });
        lines.collect()
    }
}

impl Drop for Effects {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
