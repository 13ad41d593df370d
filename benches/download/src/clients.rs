//! The contenders that are written in Rust, each as a child process.

use std::{path::Path, time::Instant};

use tokio::{fs::File, io::AsyncWriteExt};
use vonage_video::{ArchiveId, Client, Credentials};

use crate::server::{API_KEY, ARCHIVE};

/// Ours: several ranges at once if `ranges` is more than 1.
pub async fn ours(base: &str, certificate: &Path, file: &Path, ranges: usize) {
    let secret = "1234567890abcdef1234567890abcdef1234567890";
    let client = Client::builder(Credentials::opentok(API_KEY, secret).expect("credentials"))
        .base_url(base)
        .only_roots(std::fs::read(certificate).expect("the server wrote it"))
        .build()
        .expect("a client");
    let done = client
        .download(&ArchiveId::new(ARCHIVE))
        .parallel(ranges)
        .to_file(file)
        .await;
    done.expect("the file");
}

/// reqwest, as its documentation shows it.
pub async fn reqwest(link: &str, certificate: &Path, file: &Path) {
    let pem = std::fs::read(certificate).expect("the server wrote it");
    let root = reqwest::Certificate::from_pem(&pem).expect("a certificate");
    let builder = reqwest::Client::builder().tls_certs_only([root]);
    let client = builder.build().expect("a client");
    let mut response = client.get(link).send().await.expect("a response");
    let mut file = File::create(file)
        .await
        .expect("the folder can be written to");
    while let Some(piece) = response.chunk().await.expect("a piece") {
        file.write_all(&piece)
            .await
            .expect("the file can be written to");
    }
    file.flush().await.expect("the file can be written to");
}

/// SHA-256 of as many bytes as are downloaded, by the same library; prints the seconds.
pub fn hash(bytes: u64) {
    let block = vec![7; 1 << 16];
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    let started = Instant::now();
    for _ in 0..bytes / block.len() as u64 {
        context.update(&block);
    }
    std::hint::black_box(context.finish());
    println!("{}", started.elapsed().as_secs_f64());
}
