//! A thousand clients come and go. In a process of its own, for what it counts is the process's.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use vonage_video_auth::Credentials;
use vonage_video_core::operations::ListArchives;
use vonage_video_http::Client;

fn count(folder: &str) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[tokio::test]
async fn a_thousand_clients_leave_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut buffer = [0; 4096];
                while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {
                    let response = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
                    stream.write_all(response).await.unwrap();
                }
            });
        }
    });
    let client = || {
        let credentials =
            Credentials::opentok("123456", "1234567890abcdef1234567890abcdef12345678").unwrap();
        Client::builder(credentials)
            .variables(|_| None)
            .base_url(&url)
            .build()
            .unwrap()
    };
    client().send(ListArchives::new()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let (files, threads) = (count("/proc/self/fd"), count("/proc/self/task"));

    let mut most = 0;
    for _ in 0..20 {
        let clients: Vec<Client> = (0..50).map(|_| client()).collect();
        for client in &clients {
            client.send(ListArchives::new()).await.unwrap();
        }
        most = most.max(count("/proc/self/fd"));
    }
    assert!(
        most >= files + 50,
        "they did have sockets: {most} after {files}"
    );

    // Sockets are closed by tasks, which need a moment.
    for _ in 0..100 {
        if count("/proc/self/fd") <= files {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(
        count("/proc/self/fd") <= files,
        "{} files, {files} before",
        count("/proc/self/fd")
    );
    assert!(count("/proc/self/task") <= threads);
}
