//! An emulator with as many connections as its process can have. These tests are alone in their
//! process, one after the other, as they leave no file descriptors for others.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::{env, net::SocketAddr};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    process::Command,
    sync::Mutex,
    task::JoinSet,
};
use vonage_video_emulator::Emulator;

/// Held by the test that runs.
static DESCRIPTORS: Mutex<()> = Mutex::const_new(());

/// Where the process of the clients finds the emulator.
const ADDRESS: &str = "ADDRESS_OF_THE_EMULATOR";

async fn is_well(emulator: &Emulator) {
    let mut stream = TcpStream::connect(emulator.address().unwrap())
        .await
        .unwrap();
    stream
        .write_all(b"GET /_emulator/clock HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 200");
}

#[tokio::test]
async fn idle_connections_make_way() {
    let _alone = DESCRIPTORS.lock().await;
    let emulator = Emulator::start().await.unwrap();
    let mut idle = Vec::new();
    // As many as a process may have open under common limits, and more than the emulator takes.
    for _ in 0..1100 {
        let Ok(stream) = TcpStream::connect(emulator.address().unwrap()).await else {
            // No descriptor is left; the test itself needs some.
            idle.truncate(idle.len().saturating_sub(8));
            break;
        };
        idle.push(stream);
    }
    is_well(&emulator).await;
    let mut slow = TcpStream::connect(emulator.address().unwrap())
        .await
        .unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nho").await.unwrap();
    is_well(&emulator).await;
}

/// A client and a server in one process would take two descriptors a connection, of which a process
/// commonly has 1024. So the clients are a process of their own: this test once more.
#[tokio::test(flavor = "multi_thread")]
async fn a_live_connection_is_never_dropped_for_a_new_one() {
    if let Ok(address) = env::var(ADDRESS) {
        return eight_hundred_calls_at_once(address.parse().unwrap()).await;
    }
    let _alone = DESCRIPTORS.lock().await;
    let emulator = Emulator::start().await.unwrap();
    let clients = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "a_live_connection_is_never_dropped_for_a_new_one",
        ])
        .env(ADDRESS, emulator.address().unwrap().to_string())
        .output()
        .await
        .unwrap();
    let said = String::from_utf8_lossy(&clients.stdout);
    assert!(
        clients.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

async fn eight_hundred_calls_at_once(address: SocketAddr) {
    let mut clients = JoinSet::new();
    for _ in 0..800 {
        clients.spawn(async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let request =
                b"GET /_emulator/clock HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
            stream.write_all(request).await.unwrap();
            let mut response = String::new();
            stream.read_to_string(&mut response).await.unwrap();
            assert!(response.starts_with("HTTP/1.1 200"), "{response:?}");
        });
    }
    let mut answered = 0;
    while let Some(client) = clients.join_next().await {
        client.unwrap();
        answered += 1;
    }
    assert_eq!(answered, 800);
}
