//! Hosts with several addresses, and where their addresses come from.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpSocket, TcpStream},
};
use vonage_video_core::{
    ErrorKind, Sent,
    operations::{GetArchive, StartArchive},
};
use vonage_video_http::{ConnectError, ConnectErrorKind, Resolve, ResolveFuture};

use crate::server::{SESSION, Server, archive, builder, read_request, respond};

/// Answers every question with the same addresses.
#[derive(Clone)]
pub(crate) struct Addresses(Vec<IpAddr>, Arc<AtomicUsize>);

impl Addresses {
    pub(crate) fn new(list: &[&str]) -> Self {
        let addresses = list.iter().map(|text| text.parse().unwrap()).collect();
        Self(addresses, Arc::default())
    }
}

impl Resolve for Addresses {
    fn resolve(&self, _host: &str) -> ResolveFuture<'_> {
        self.1.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(self.0.clone()) })
    }
}

struct Nowhere;

impl Resolve for Nowhere {
    fn resolve(&self, host: &str) -> ResolveFuture<'_> {
        let error = io::Error::new(io::ErrorKind::NotFound, format!("nobody knows {host}"));
        Box::pin(async { Err(error) })
    }
}

struct Never;

impl Resolve for Never {
    fn resolve(&self, _host: &str) -> ResolveFuture<'_> {
        Box::pin(std::future::pending())
    }
}

/// An address at which connecting takes for ever: its queue is full.
struct BlackHole {
    _listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

impl BlackHole {
    async fn at(address: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(address).unwrap();
        let listener = socket.listen(0).unwrap();
        let mut waiting = Vec::new();
        while let Ok(Ok(stream)) = tokio::time::timeout(
            Duration::from_millis(100),
            TcpStream::connect(listener.local_addr().unwrap()),
        )
        .await
        {
            waiting.push(stream);
        }
        Self {
            _listener: listener,
            _waiting: waiting,
        }
    }
}

/// Responds at one address of this machine.
async fn server_at(address: &str) -> (u16, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind((address, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let task = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                while let Ok(Some(_)) = read_request(&mut stream).await {
                    let body = archive("a1", "started");
                    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                    stream.write_all((head + &body).as_bytes()).await.unwrap();
                }
            });
        }
    });
    (port, task)
}

fn client(port: u16, resolver: impl Resolve) -> vonage_video_http::ClientBuilder {
    builder(&format!("http://video.example:{port}"))
        .allow_plain_http()
        .resolver(resolver)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn addresses_that_do_not_respond_hold_up_the_right_one_by_their_turns_only() {
    let (port, _task) = server_at("127.0.0.4").await;
    let mut holes = Vec::new();
    for address in ["127.0.0.2", "127.0.0.3"] {
        holes.push(BlackHole::at(format!("{address}:{port}").parse().unwrap()).await);
    }
    let resolver = Addresses::new(&["127.0.0.2", "127.0.0.3", "127.0.0.4"]);
    // Two turns of 250 ms.
    let call = client(port, resolver.clone()).build().unwrap();
    let start = tokio::time::Instant::now();
    call.send(GetArchive::new("a1")).attempts(1).await.unwrap();
    let took = start.elapsed();
    assert!(
        took >= Duration::from_millis(480) && took < Duration::from_secs(2),
        "{took:?}"
    );
    // Less where the limit is short: still every address has its turn.
    let call = client(port, resolver)
        .connect_timeout(Duration::from_millis(400))
        .build()
        .unwrap();
    call.send(GetArchive::new("a1")).attempts(1).await.unwrap();
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_address_that_refuses_is_followed_by_the_next_at_once() {
    let (port, _task) = server_at("127.0.0.4").await;
    let resolver = Addresses::new(&["127.0.0.2", "127.0.0.3", "127.0.0.4"]);
    let client = client(port, resolver).build().unwrap();
    let start = tokio::time::Instant::now();
    client
        .send(GetArchive::new("a1"))
        .attempts(1)
        .await
        .unwrap();
    assert!(start.elapsed() < Duration::from_millis(240));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn when_no_address_accepts_each_is_told_with_its_reason() {
    let resolver = Addresses::new(&["127.0.0.2", "127.0.0.3"]);
    let client = client(1, resolver.clone()).build().unwrap();
    let error = client.send(StartArchive::new(SESSION)).await.unwrap_err();
    assert_eq!((error.sent(), error.attempts()), (Sent::No, 3));
    let cause = std::error::Error::source(&error).unwrap();
    let connect = cause.downcast_ref::<ConnectError>().unwrap();
    assert_eq!(connect.kind(), ConnectErrorKind::Tcp);
    let why = std::error::Error::source(connect).unwrap().to_string();
    assert!(
        why.contains("127.0.0.2:1: ") && why.contains("127.0.0.3:1: "),
        "{why}"
    );
    assert_eq!(
        resolver.1.load(Ordering::SeqCst),
        3,
        "addresses none of which accepts are looked up again"
    );
}

#[tokio::test]
async fn a_name_is_asked_for_once_for_many_calls() {
    let server = Server::start(|_, _| respond(200, &archive("a1", "started"))).await;
    let resolver = Addresses::new(&["127.0.0.1"]);
    let client = client(server.port, resolver.clone()).build().unwrap();
    let calls: Vec<_> = (0..50)
        .map(|_| tokio::spawn(client.send(GetArchive::new("a1")).into_future()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(resolver.1.load(Ordering::SeqCst), 1);
    assert_eq!(
        server.seen()[0].headers["host"],
        format!("video.example:{}", server.port)
    );
}

#[tokio::test]
async fn a_name_nobody_knows_is_told_with_the_resolver_s_words() {
    let client = client(1, Nowhere).build().unwrap();
    let error = client.send(StartArchive::new(SESSION)).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Connect));
    let cause = std::error::Error::source(&error).unwrap();
    let connect = cause.downcast_ref::<ConnectError>().unwrap();
    assert_eq!(connect.kind(), ConnectErrorKind::Dns);
    let why = std::error::Error::source(connect).unwrap().to_string();
    assert_eq!(why, "nobody knows video.example");
}

#[tokio::test]
async fn a_resolver_that_hangs_keeps_no_deadline_from_ending() {
    let client = client(1, Never)
        .connect_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let error = client
        .send(StartArchive::new(SESSION))
        .attempts(1)
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.is_connect(), "{error:?}");
    assert_eq!(error.sent(), Sent::No);
    assert!(start.elapsed() < Duration::from_secs(1));
}

/// Plain HTTP is allowed to `localhost` by its name, so the name must not lead elsewhere.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn localhost_is_this_machine_whatever_a_resolver_says() {
    let elsewhere = server_at("127.0.0.9").await;
    let resolver = Addresses::new(&["127.0.0.9"]);
    let client = builder(&format!("http://localhost:{}", elsewhere.0))
        .resolver(resolver.clone())
        .build()
        .unwrap();
    client
        .send(GetArchive::new("a1"))
        .attempts(1)
        .await
        .unwrap_err();
    assert_eq!(resolver.1.load(Ordering::SeqCst), 0);
}
