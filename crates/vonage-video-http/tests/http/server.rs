//! A server that does what each test tells it to, and remembers what it saw.

use std::{
    collections::HashMap,
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
};
use vonage_video_auth::Credentials;
use vonage_video_http::{Client, ClientBuilder};

pub(crate) const API_KEY: &str = "123456";
pub(crate) const API_SECRET: &str = "1234567890abcdef1234567890abcdef12345678";
pub(crate) const APPLICATION_ID: &str = "29f760f8-7ce1-46c9-ade3-f2dedee4ed5f";
pub(crate) const PRIVATE_KEY: &str = include_str!("../fixtures/private_key.pem");
pub(crate) const SESSION: &str = "1_MX4xMjM0NTZ-fn4";

/// What a request was.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Which connection it came on, from 0.
    pub(crate) connection: usize,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        query.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (key == name).then_some(value)
        })
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What to do about a request.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Send(Vec<u8>),
    /// One byte each so often, for ever.
    Trickle(Duration),
    /// Nothing for so long.
    Pause(Duration),
    /// Nothing more, and the connection stays open.
    Hang,
    /// The connection ends, with a reset.
    Reset,
    /// The connection ends in good order.
    Close,
    /// The connection ends, and no more are taken.
    Shutdown,
}

pub(crate) type Steps = Vec<Step>;
type Respond = dyn Fn(&Seen, usize) -> Steps + Send + Sync;

pub(crate) fn respond(status: u16, body: &str) -> Steps {
    respond_with(status, &[], body.as_bytes())
}

pub(crate) fn respond_with(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Steps {
    let mut text = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body);
    vec![Step::Send(bytes)]
}

pub(crate) fn archive(id: &str, status: &str) -> String {
    format!(
        r#"{{"id":"{id}","status":"{status}","name":"n","sessionId":"{SESSION}","createdAt":1384221730000,"size":0}}"#
    )
}

pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// `respond` gets each request and its number, from 0.
    pub(crate) async fn start(
        respond: impl Fn(&Seen, usize) -> Steps + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(AtomicUsize::new(0));
        let respond: Arc<Respond> = Arc::new(respond);
        let task = tokio::spawn({
            let (seen, connections) = (Arc::clone(&seen), Arc::clone(&connections));
            async move {
                let shutdown = Arc::new(Notify::new());
                loop {
                    let (stream, _) = tokio::select! {
                        accepted = listener.accept() => accepted.unwrap(),
                        () = shutdown.notified() => return,
                    };
                    stream.set_nodelay(true).unwrap();
                    let number = connections.fetch_add(1, Ordering::SeqCst);
                    let (seen, respond) = (Arc::clone(&seen), Arc::clone(&respond));
                    let shutdown = Arc::clone(&shutdown);
                    tokio::spawn(async move {
                        serve(stream, number, &seen, &*respond, &shutdown).await;
                    });
                }
            }
        });
        Self {
            url: format!("http://127.0.0.1:{port}"),
            port,
            seen,
            connections,
            task,
        }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// An OpenTok client for this server that depends on nothing around it.
    pub(crate) fn builder(&self) -> ClientBuilder {
        builder(&self.url)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }
}

pub(crate) fn builder(url: &str) -> ClientBuilder {
    Client::builder(opentok()).variables(|_| None).base_url(url)
}

pub(crate) fn opentok() -> Credentials {
    Credentials::opentok(API_KEY, API_SECRET).unwrap()
}

pub(crate) fn vonage() -> Credentials {
    Credentials::vonage(APPLICATION_ID, PRIVATE_KEY).unwrap()
}

async fn serve(
    stream: TcpStream,
    connection: usize,
    seen: &Mutex<Vec<Seen>>,
    respond: &Respond,
    shutdown: &Notify,
) {
    let mut stream = BufReader::new(stream);
    while let Ok(Some(mut request)) = read_request(&mut stream).await {
        request.connection = connection;
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(request.clone());
            seen.len() - 1
        };
        for step in respond(&request, number) {
            match step {
                Step::Send(bytes) => {
                    if stream.write_all(&bytes).await.is_err() {
                        return;
                    }
                }
                Step::Trickle(interval) => loop {
                    tokio::time::sleep(interval).await;
                    if stream.write_all(b" ").await.is_err() {
                        return;
                    }
                },
                Step::Pause(pause) => tokio::time::sleep(pause).await,
                Step::Hang => {
                    let _ = stream.read_u8().await;
                    return;
                }
                Step::Reset => {
                    #[expect(deprecated, reason = "with no time to linger it does not block")]
                    let _ = stream.get_ref().set_linger(Some(Duration::ZERO));
                    return;
                }
                Step::Close => return,
                Step::Shutdown => {
                    shutdown.notify_one();
                    // The port must be closed before the connection is.
                    tokio::task::yield_now().await;
                    return;
                }
            }
        }
    }
}

/// The next request on a connection; nothing when it was closed.
pub(crate) async fn read_request<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
) -> io::Result<Option<Seen>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await? == 0 {
            return Ok(None);
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap().split(' ');
    let (method, target) = (first.next().unwrap(), first.next().unwrap());
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok(Some(Seen {
        connection: 0,
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        body,
    }))
}
