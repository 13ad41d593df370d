//! An emulator whose process runs out of file descriptors. Alone in its process, which has none
//! left for other tests.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vonage_video_emulator::Emulator;

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
