//! The emulator on a socket: many in a process, gone when dropped, and not to be taken down.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};
use vonage_video_emulator::{Emulator, StartError};

const GET: &[u8] = b"GET /_emulator/clock HTTP/1.1\r\nhost: localhost\r\n\r\n";

async fn connect(emulator: &Emulator) -> TcpStream {
    TcpStream::connect(emulator.address().unwrap())
        .await
        .unwrap()
}

/// Reads until the response's head is there.
async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let mut buffer = [0; 1024];
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => break,
            Ok(read) => head.extend_from_slice(&buffer[..read]),
        }
    }
    String::from_utf8(head).unwrap()
}

async fn is_well(emulator: &Emulator) {
    let mut stream = connect(emulator).await;
    stream.write_all(GET).await.unwrap();
    assert!(head(&mut stream).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn many_live_side_by_side_and_are_gone_when_dropped() {
    let mut emulators = Vec::new();
    for _ in 0..50 {
        emulators.push(Emulator::start().await.unwrap());
    }
    let addresses: std::collections::HashSet<SocketAddr> =
        emulators.iter().filter_map(Emulator::address).collect();
    assert_eq!(addresses.len(), 50);
    let mut open = connect(&emulators[0]).await;
    open.write_all(GET).await.unwrap();
    head(&mut open).await;
    let first = emulators.remove(0);
    let address = first.address().unwrap();
    drop(first);
    // Its connections are closed with it, and then nobody listens.
    let mut rest = Vec::new();
    let _ = open.read_to_end(&mut rest).await;
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    is_well(&emulators[0]).await;
}

#[tokio::test]
async fn a_stop_lets_the_request_at_hand_finish() {
    let emulator = Emulator::start().await.unwrap();
    let delay = std::time::Duration::from_millis(50);
    let fault = vonage_video_emulator::Fault::delay(delay);
    emulator.fault(fault).unwrap();
    let address = emulator.address().unwrap();
    let mut stream = connect(&emulator).await;
    stream
        .write_all(b"GET /v2/project/1/archive HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .unwrap();
    while emulator.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    let (response, ()) = tokio::join!(head(&mut stream), emulator.stop());
    assert!(response.starts_with("HTTP/1.1 403"), "{response}");
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn it_does_not_listen_to_the_world_unless_it_is_told_to() {
    let world: SocketAddr = "0.0.0.0:0".parse().unwrap();
    let error = Emulator::builder().listen(world).start().await.unwrap_err();
    assert!(matches!(error, StartError::NotLoopback(_)), "{error:?}");
    assert!(error.to_string().contains("127.0.0.1"), "{error}");
    Emulator::builder()
        .listen(world)
        .allow_remote(true)
        .start()
        .await
        .unwrap();
    let taken = Emulator::start().await.unwrap();
    let address = taken.address().unwrap();
    let error = Emulator::builder()
        .listen(address)
        .start()
        .await
        .unwrap_err();
    assert!(error.to_string().contains(&address.to_string()), "{error}");
}

#[tokio::test]
async fn a_hostile_client_is_shown_out() {
    let emulator = Emulator::start().await.unwrap();
    for (what, request, expected) in [
        (
            "a huge body",
            format!(
                "POST /session/create HTTP/1.1\r\nhost: localhost\r\ncontent-length: 104857600\r\n\r\n{}",
                "x".repeat(2_000_000)
            ),
            "413",
        ),
        (
            "a huge head",
            format!(
                "GET / HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n",
                "x".repeat(1_000_000)
            ),
            "431",
        ),
        ("no HTTP", "hello\r\n\r\n".to_owned(), "400"),
        (
            "a broken length",
            "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n".to_owned(),
            "400",
        ),
    ] {
        let mut stream = connect(&emulator).await;
        // It may be shown out before it has said everything.
        let _ = stream.write_all(request.as_bytes()).await;
        let response = head(&mut stream).await;
        assert!(
            response.is_empty() || response.starts_with(&format!("HTTP/1.1 {expected}")),
            "{what}: {response}"
        );
    }
    for path in [
        "/%00",
        "/v2/project/%ff/archive",
        "/../../etc/passwd",
        "/_emulator/files/../x",
        "//",
        "/?%zz",
    ] {
        let mut stream = connect(&emulator).await;
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let response = head(&mut stream).await;
        let status: u16 = response[9..12].parse().unwrap();
        assert!(status < 500, "{path}: {response}");
    }
    is_well(&emulator).await;
}

#[tokio::test]
async fn it_starts_again_at_the_same_address_under_load() {
    let mut emulator = Emulator::start().await.unwrap();
    let address = emulator.address().unwrap();
    let answered = Arc::new(AtomicU32::new(0));
    let mut clients = JoinSet::new();
    for _ in 0..8 {
        let answered = answered.clone();
        clients.spawn(async move {
            loop {
                let Ok(mut stream) = TcpStream::connect(address).await else {
                    tokio::task::yield_now().await;
                    continue;
                };
                while stream.write_all(GET).await.is_ok() {
                    let response = head(&mut stream).await;
                    if response.is_empty() {
                        break;
                    }
                    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
    }
    for _ in 0..5 {
        let before = answered.load(Ordering::SeqCst);
        while answered.load(Ordering::SeqCst) < before + 50 {
            tokio::task::yield_now().await;
        }
        emulator.stop().await;
        let again = Emulator::builder().listen(address).start().await;
        emulator = again.unwrap();
    }
    assert!(clients.try_join_next().is_none(), "no response was broken");
    is_well(&emulator).await;
}
