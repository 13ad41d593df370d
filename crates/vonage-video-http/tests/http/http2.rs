//! HTTP/2 servers that refuse, go away, fall silent or send much at once: frame by frame.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::server::TlsStream;
use vonage_video_core::{
    ErrorKind, Sent,
    operations::{GetArchive, ListArchives, StartArchive},
};
use vonage_video_http::Client;

use crate::{
    certificates::{Authority, TlsServer, acceptor},
    server::{SESSION, archive, builder},
};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

/// One side of a connection, in frames.
struct Frames(TlsStream<TcpStream>);

struct Frame {
    kind: u8,
    flags: u8,
    stream: u32,
    payload: Vec<u8>,
}

impl Frames {
    async fn begin(mut stream: TlsStream<TcpStream>) -> Option<Self> {
        let mut preface = [0; 24];
        stream.read_exact(&mut preface).await.ok()?;
        let mut this = Self(stream);
        this.send(SETTINGS, 0, 0, &[]).await;
        Some(this)
    }

    async fn next(&mut self) -> Option<Frame> {
        let mut head = [0; 9];
        self.0.read_exact(&mut head).await.ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        self.0.read_exact(&mut payload).await.ok()?;
        Some(Frame {
            kind: head[3],
            flags: head[4],
            stream: u32::from_be_bytes([head[5], head[6], head[7], head[8]]),
            payload,
        })
    }

    /// The stream of the next request; other frames are answered as they have to be.
    async fn request(&mut self) -> Option<u32> {
        loop {
            let frame = self.next().await?;
            match frame.kind {
                HEADERS => return Some(frame.stream),
                SETTINGS if frame.flags & 1 == 0 => self.send(SETTINGS, 1, 0, &[]).await,
                PING if frame.flags & 1 == 0 => self.send(PING, 1, 0, &frame.payload).await,
                _ => {}
            }
        }
    }

    async fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
        let length = (payload.len() as u32).to_be_bytes();
        let mut frame = vec![length[1], length[2], length[3], kind, flags];
        frame.extend_from_slice(&stream.to_be_bytes());
        frame.extend_from_slice(payload);
        let _ = self.0.write_all(&frame).await;
        let _ = self.0.flush().await;
    }

    async fn respond(&mut self, stream: u32, body: &[u8]) {
        // `:status: 200`, from HPACK's static table.
        self.send(HEADERS, 4, stream, &[0x88]).await;
        let mut chunks = body.chunks(16_000).peekable();
        while let Some(chunk) = chunks.next() {
            let last = u8::from(chunks.peek().is_none());
            self.send(DATA, last, stream, chunk).await;
        }
    }
}

/// A server whose connections are handled one by one, and a client for it.
async fn start<F>(
    handle: impl Fn(usize, Frames) -> F + Send + Sync + 'static,
) -> (TlsServer, Client, Arc<AtomicUsize>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let authority = Authority::new("ours");
    let acceptor = acceptor(&authority.issue("localhost"), None, &[b"h2"]);
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let handle = Arc::new(handle);
    let server = TlsServer::serve(move |stream| {
        let number = counted.fetch_add(1, Ordering::SeqCst);
        let (acceptor, handle) = (acceptor.clone(), Arc::clone(&handle));
        async move {
            if let Ok(stream) = acceptor.accept(stream).await
                && let Some(frames) = Frames::begin(stream).await
            {
                handle(number, frames).await;
            }
        }
    })
    .await;
    let client = builder(&format!("https://localhost:{}", server.port))
        .only_roots(authority.pem())
        .http2()
        .build()
        .unwrap();
    (server, client, connections)
}

async fn respond_to_all(mut frames: Frames) {
    while let Some(stream) = frames.request().await {
        frames
            .respond(stream, archive("a1", "started").as_bytes())
            .await;
    }
}

#[tokio::test]
async fn a_refused_stream_was_not_acted_upon() {
    let refused = Arc::new(AtomicUsize::new(1));
    let left = Arc::clone(&refused);
    let (_server, client, connections) = start(move |_, mut frames| {
        let left = Arc::clone(&left);
        async move {
            while let Some(stream) = frames.request().await {
                if left.load(Ordering::SeqCst) > 0 {
                    left.fetch_sub(1, Ordering::SeqCst);
                    frames
                        .send(RST_STREAM, 0, stream, &7_u32.to_be_bytes())
                        .await;
                } else {
                    frames
                        .respond(stream, archive("a1", "started").as_bytes())
                        .await;
                }
            }
        }
    })
    .await;
    client.send(StartArchive::new(SESSION)).await.unwrap();
    assert_eq!(
        connections.load(Ordering::SeqCst),
        1,
        "the connection is as good as before"
    );

    refused.store(1_000, Ordering::SeqCst);
    let error = client.send(StartArchive::new(SESSION)).await.unwrap_err();
    assert_eq!((error.sent(), error.attempts()), (Sent::No, 3), "{error:?}");
}

#[tokio::test]
async fn another_reset_may_have_been_acted_upon() {
    let (_server, client, _) = start(|_, mut frames| async move {
        while let Some(stream) = frames.request().await {
            // INTERNAL_ERROR
            frames
                .send(RST_STREAM, 0, stream, &2_u32.to_be_bytes())
                .await;
        }
    })
    .await;
    let error = client.send(StartArchive::new(SESSION)).await.unwrap_err();
    assert_eq!(
        (error.sent(), error.attempts()),
        (Sent::Maybe, 1),
        "{error:?}"
    );
    assert!(matches!(error.kind(), ErrorKind::Transport));
}

#[tokio::test]
async fn a_stream_above_the_last_of_a_goaway_was_not_acted_upon() {
    let (_server, client, connections) = start(|number, mut frames| async move {
        if number == 0 {
            let stream = frames.request().await.unwrap();
            frames
                .respond(stream, archive("a1", "started").as_bytes())
                .await;
            let next = frames.request().await.unwrap();
            assert!(next > stream);
            let last = [stream.to_be_bytes(), 0_u32.to_be_bytes()].concat();
            frames.send(GOAWAY, 0, 0, &last).await;
            while frames.next().await.is_some() {}
        } else {
            respond_to_all(frames).await;
        }
    })
    .await;
    client.send(StartArchive::new(SESSION)).await.unwrap();
    client.send(StartArchive::new(SESSION)).await.unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_stream_that_a_goaway_includes_may_have_been_acted_upon() {
    let (_server, client, _) = start(|_, mut frames| async move {
        let stream = frames.request().await.unwrap();
        let last = [stream.to_be_bytes(), 0_u32.to_be_bytes()].concat();
        frames.send(GOAWAY, 0, 0, &last).await;
    })
    .await;
    let error = client.send(StartArchive::new(SESSION)).await.unwrap_err();
    assert_eq!(
        (error.sent(), error.attempts()),
        (Sent::Maybe, 1),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_connection_that_fell_silent_is_left_after_one_timeout() {
    let (_server, client, connections) = start(|number, mut frames| async move {
        if number == 0 {
            let stream = frames.request().await.unwrap();
            frames
                .respond(stream, archive("a1", "started").as_bytes())
                .await;
            std::future::pending::<()>().await;
        }
        respond_to_all(frames).await;
    })
    .await;
    client.send(GetArchive::new("a1")).await.unwrap();
    for _ in 0..4 {
        client
            .send(GetArchive::new("a1"))
            .attempt_timeout(Duration::from_millis(300))
            .await
            .unwrap();
    }
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_connection_without_a_sign_of_life_ends_before_the_call_s_time() {
    let (_server, client, _) = start(|number, mut frames| async move {
        if number == 0 {
            let stream = frames.request().await.unwrap();
            frames
                .respond(stream, archive("a1", "started").as_bytes())
                .await;
            std::future::pending::<()>().await;
        }
        respond_to_all(frames).await;
    })
    .await;
    client.send(GetArchive::new("a1")).await.unwrap();
    // From here on time passes as soon as there is nothing else to do.
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    let error = client
        .send(StartArchive::new(SESSION))
        .attempt_timeout(Duration::from_secs(3_600))
        .timeout(Duration::from_secs(3_600))
        .await
        .unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
    assert_eq!(error.sent(), Sent::Maybe);
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[tokio::test]
async fn a_long_list_comes_without_waiting_for_the_window() {
    let list = format!(
        r#"{{"count":1,"items":[{}],"padding":"{}"}}"#,
        archive("a1", "started"),
        "x".repeat(600_000)
    );
    let (_server, client, _) = start(move |_, mut frames| {
        let list = list.clone();
        async move {
            while let Some(stream) = frames.request().await {
                // Whatever the client's window: it has to be large enough.
                frames.respond(stream, list.as_bytes()).await;
            }
        }
    })
    .await;
    for _ in 0..3 {
        let page = client.send(ListArchives::new()).attempts(1).await.unwrap();
        assert_eq!(page.items.len(), 1);
    }
}

#[tokio::test]
async fn many_first_calls_make_one_connection() {
    let (_server, client, connections) = start(|_, frames| respond_to_all(frames)).await;
    let calls: Vec<_> = (0..50)
        .map(|_| tokio::spawn(client.send(GetArchive::new("a1")).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
}
