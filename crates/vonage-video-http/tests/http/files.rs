//! A host of files that sends them whole, in part or not at all, and the API that links to it.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use vonage_video_core::models::Archive;
use vonage_video_http::Client;

use crate::server::{Seen, Server, Step, respond};

/// A folder of its own for a test, removed with it.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vonage-video-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn names(&self) -> Vec<String> {
        std::fs::read_dir(&self.0)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn content() -> Vec<u8> {
    (0..200_000_u32).map(|n| (n % 251) as u8).collect()
}

/// SHA-256 of `content()`, by sha256sum.
pub(crate) const SHA256: &str = include_str!("../fixtures/content.sha256");

/// Where the rest begins, as asked.
pub(crate) fn start(seen: &Seen) -> usize {
    seen.headers.get("range").map_or(0, |range| {
        range
            .trim_start_matches("bytes=")
            .split('-')
            .next()
            .unwrap()
            .parse()
            .unwrap()
    })
}

/// The first byte that is not wanted, as asked.
pub(crate) fn end(seen: &Seen) -> usize {
    seen.headers
        .get("range")
        .and_then(|range| range.split_once('-')?.1.parse::<usize>().ok())
        .map_or(content().len(), |last| last + 1)
}

/// The file, or the rest of it, of which only `sent` bytes come before the connection ends.
pub(crate) fn file(seen: &Seen, etag: &str, sent: usize) -> Vec<Step> {
    let (content, start) = (content(), start(seen));
    let rest = &content[start..];
    let head = if start == 0 {
        "HTTP/1.1 200 OK\r\n".to_owned()
    } else {
        format!(
            "HTTP/1.1 206 Partial Content\r\ncontent-range: bytes {start}-{}/{}\r\n",
            content.len() - 1,
            content.len()
        )
    };
    let head = format!(
        "{head}content-length: {}\r\netag: {etag}\r\n\r\n",
        rest.len()
    );
    let mut steps = vec![
        Step::Send(head.into_bytes()),
        Step::Send(rest[..sent.min(rest.len())].to_vec()),
    ];
    if sent < rest.len() {
        steps.push(Step::Close);
    }
    steps
}

pub(crate) fn available(url: &str, size: usize, sha256: &str) -> String {
    format!(
        r#"{{"id":"a1","status":"available","url":"{url}","size":{size},"sha256sum":"{sha256}"}}"#
    )
}

pub(crate) fn archive(json: &str) -> Archive {
    serde_json::from_str(json).unwrap()
}

/// One server for the API and, on `/file…`, for files.
pub(crate) async fn serve(
    file: impl Fn(&Seen, usize) -> Vec<Step> + Send + Sync + 'static,
    api: impl Fn(&str) -> String + Send + Sync + 'static,
) -> (Server, Client) {
    let url = Arc::new(Mutex::new(String::new()));
    let files = Arc::new(Mutex::new(0));
    let server = Server::start({
        let url = Arc::clone(&url);
        move |seen, _| {
            if seen.path().starts_with("/file") {
                for secret in ["x-opentok-auth", "authorization"] {
                    assert!(
                        !seen.headers.contains_key(secret),
                        "credentials went to another host"
                    );
                }
                let mut files = files.lock().unwrap();
                *files += 1;
                file(seen, *files - 1)
            } else {
                assert!(seen.headers.contains_key("x-opentok-auth"));
                respond(200, &api(&url.lock().unwrap()))
            }
        }
    })
    .await;
    url.lock().unwrap().clone_from(&server.url);
    let client = server
        .builder()
        .attempt_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    (server, client)
}
