//! Downloads through breaks, dead links and lies.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use vonage_video_core::models::Archive;
use vonage_video_http::{Client, DownloadError, Transferred};

use crate::server::{Seen, Server, Step, answer, answer_with};

/// A folder of its own for a test, removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vonage-video-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn names(&self) -> Vec<String> {
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

fn content() -> Vec<u8> {
    (0..200_000_u32).map(|n| (n % 251) as u8).collect()
}

/// SHA-256 of `content()`, by sha256sum.
const SHA256: &str = include_str!("../fixtures/content.sha256");

/// Where the rest begins, as asked.
fn start(seen: &Seen) -> usize {
    seen.headers.get("range").map_or(0, |range| {
        range
            .trim_start_matches("bytes=")
            .trim_end_matches('-')
            .parse()
            .unwrap()
    })
}

/// The file, or the rest of it, of which only `sent` bytes come before the connection ends.
fn file(seen: &Seen, etag: &str, sent: usize) -> Vec<Step> {
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

fn available(url: &str, size: usize, sha256: &str) -> String {
    format!(
        r#"{{"id":"a1","status":"available","url":"{url}","size":{size},"sha256sum":"{sha256}"}}"#
    )
}

fn archive(json: &str) -> Archive {
    serde_json::from_str(json).unwrap()
}

/// One server for the API and, on `/file…`, for files.
async fn serve(
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
                answer(200, &api(&url.lock().unwrap()))
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

#[tokio::test]
async fn a_file_is_written_whole_and_verified() {
    let folder = Folder::new("whole");
    let (server, client) = serve(
        |seen, _| file(seen, "\"v1\"", usize::MAX),
        |url| available(&format!("{url}/file"), 200_000, SHA256.trim()),
    )
    .await;
    let last = Arc::new(AtomicU64::new(0));
    let path = folder.0.join("lesson.mp4");
    std::fs::write(&path, "an older one").unwrap();
    let done = client
        .download("a1")
        .on_progress({
            let last = Arc::clone(&last);
            move |Transferred { bytes, total, .. }| {
                assert_eq!(total, Some(200_000));
                assert!(last.swap(bytes, Ordering::SeqCst) < bytes);
            }
        })
        .to_file(&path)
        .await
        .unwrap();
    assert_eq!(
        (done.bytes, done.requests, done.verified),
        (200_000, 1, true)
    );
    assert_eq!(done.sha256, SHA256.trim());
    assert_eq!(last.load(Ordering::SeqCst), 200_000);
    assert_eq!(std::fs::read(&path).unwrap(), content());
    assert_eq!(folder.names(), ["lesson.mp4"]);

    // With an archive that has a link, nothing needs to be asked for.
    let before = server.seen().len();
    let known = archive(&available(&format!("{}/file", server.url), 200_000, ""));
    let done = client.download(&known).to_file(&path).await.unwrap();
    assert!(!done.verified);
    assert_eq!(server.seen().len() - before, 1);
}

#[tokio::test]
async fn a_broken_transfer_goes_on_where_it_broke() {
    let folder = Folder::new("resume");
    let (server, client) = serve(
        |seen, number| match number {
            0 => file(seen, "\"v1\"", 60_000),
            1 => vec![Step::Reset],
            2 => {
                let mut steps = file(seen, "\"v1\"", 70_000);
                steps.pop();
                steps.push(Step::Hang);
                steps
            }
            3 => answer(503, ""),
            _ => file(seen, "\"v1\"", usize::MAX),
        },
        |url| available(&format!("{url}/file"), 200_000, SHA256.trim()),
    )
    .await;
    let path = folder.0.join("a");
    let done = client.download("a1").to_file(&path).await.unwrap();
    assert_eq!(
        (done.bytes, done.requests, done.verified),
        (200_000, 5, true)
    );
    assert_eq!(std::fs::read(&path).unwrap(), content());
    let seen = server.seen();
    let ranges: Vec<_> = seen.iter().filter_map(|s| s.headers.get("range")).collect();
    assert_eq!(
        ranges,
        [
            "bytes=60000-",
            "bytes=60000-",
            "bytes=130000-",
            "bytes=130000-"
        ]
    );
    assert!(
        seen.iter()
            .filter(|s| s.headers.contains_key("range"))
            .all(|s| s.headers["if-range"] == "\"v1\"")
    );
}

#[tokio::test]
async fn a_link_that_dies_midway_is_replaced() {
    let folder = Folder::new("link");
    let links = Arc::new(AtomicU64::new(0));
    let (server, client) = serve(
        |seen, _| match (seen.path(), start(seen)) {
            ("/file1", 0) => file(seen, "\"v1\"", 50_000),
            ("/file1", _) => answer(403, "<Error>Request has expired</Error>"),
            _ => file(seen, "\"v1\"", usize::MAX),
        },
        move |url| {
            let number = links.fetch_add(1, Ordering::SeqCst) + 1;
            available(&format!("{url}/file{number}"), 200_000, SHA256.trim())
        },
    )
    .await;
    let path = folder.0.join("a");
    client.download("a1").to_file(&path).await.unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), content());
    let paths: Vec<_> = server.seen().iter().map(|s| s.path().to_owned()).collect();
    let api = "/v2/project/123456/archive/a1";
    assert_eq!(paths, [api, "/file1", "/file1", api, "/file2"]);
}

#[tokio::test]
async fn a_host_without_ranges_is_survived() {
    let (_server, client) = serve(
        |seen, number| {
            let mut seen = seen.clone();
            seen.headers.remove("range");
            file(
                &seen,
                "\"v1\"",
                if number == 0 { 60_000 } else { usize::MAX },
            )
        },
        |url| available(&format!("{url}/file"), 200_000, SHA256.trim()),
    )
    .await;
    let mut stream = client.download("a1").stream().unwrap();
    let mut all = Vec::new();
    while let Some(piece) = stream.next().await {
        all.extend_from_slice(&piece.unwrap());
    }
    assert!(all == content());
}

#[tokio::test]
async fn what_is_not_the_file_is_refused_and_leaves_nothing() {
    let folder = Folder::new("wrong");
    let path = folder.0.join("a");

    let (_server, client) = serve(
        |seen, _| file(seen, "\"v1\"", usize::MAX),
        |url| available(&format!("{url}/file"), 200_000, &"0".repeat(64)),
    )
    .await;
    let error = client.download("a1").to_file(&path).await.unwrap_err();
    assert!(
        matches!(&error, DownloadError::Checksum { got, .. } if got == SHA256.trim()),
        "{error:?}"
    );

    let (_server, client) = serve(
        |seen, _| file(seen, "\"v1\"", usize::MAX),
        |url| available(&format!("{url}/file"), 200_001, ""),
    )
    .await;
    let error = client.download("a1").to_file(&path).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the file should have 200001 bytes, and has 200000"
    );

    // Another file under the same link, with and without regard for `If-Range`.
    let (_server, client) = serve(
        |seen, number| match number {
            0 => file(seen, "\"v1\"", 60_000),
            _ => file(seen, "\"v2\"", usize::MAX),
        },
        |url| available(&format!("{url}/file"), 200_000, ""),
    )
    .await;
    let error = client.download("a1").to_file(&path).await.unwrap_err();
    assert!(matches!(error, DownloadError::Changed), "{error:?}");

    assert!(folder.names().is_empty(), "{:?}", folder.names());
}

#[tokio::test]
async fn it_gives_up_in_the_end_and_leaves_nothing() {
    let folder = Folder::new("gives-up");
    let path = folder.0.join("a");
    let (server, client) = serve(
        |_, _| vec![Step::Reset],
        |url| available(&format!("{url}/file?signature=geheim"), 1, ""),
    )
    .await;
    let error = client.download("a1").to_file(&path).await.unwrap_err();
    assert!(
        matches!(error, DownloadError::Transfer { bytes: 0, .. }),
        "{error:?}"
    );
    assert!(
        !format!("{error} {error:?}").contains("geheim"),
        "the link is a secret"
    );
    assert_eq!(server.seen().len(), 6);

    let (_server, client) = serve(
        |seen, _| {
            let mut steps = file(seen, "\"v1\"", 60_000);
            steps.pop();
            steps.push(Step::Hang);
            steps
        },
        |url| available(&format!("{url}/file"), 200_000, ""),
    )
    .await;
    let download = client.download("a1");
    assert!(
        tokio::time::timeout(Duration::from_millis(100), download.to_file(&path))
            .await
            .is_err()
    );
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}

#[tokio::test]
async fn where_there_is_no_link_the_error_says_why() {
    for (status, expected) in [
        (
            "started",
            "the file is not made yet: the archive is started",
        ),
        (
            "stopped",
            "the file is not made yet: the archive is stopped",
        ),
        ("uploaded", "the file is in your own storage"),
        ("expired", "there is no file: the archive is expired"),
        ("failed", "there is no file: the archive is failed"),
    ] {
        let (_server, client) = serve(
            |_, _| unreachable!(),
            move |_| format!(r#"{{"id":"a1","status":"{status}"}}"#),
        )
        .await;
        let error = client.download("a1").to_file("/nowhere/a").await;
        // The folder is looked at first, so nothing is downloaded for nothing.
        assert!(matches!(error, Err(DownloadError::File(_))), "{error:?}");
        let error = client
            .download("a1")
            .stream()
            .unwrap()
            .next()
            .await
            .unwrap()
            .unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    let (_server, client) = serve(
        |_, _| unreachable!(),
        |_| available("http://files.example.com/x", 1, ""),
    )
    .await;
    let error = client
        .download("a1")
        .stream()
        .unwrap()
        .next()
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the link to the file cannot be followed: it is plain http"
    );
}

#[tokio::test]
async fn the_answer_limit_does_not_bound_a_download() {
    let (server, _) = serve(
        |seen, _| answer_with(200, &[], &content()[start(seen)..]),
        |url| available(&format!("{url}/file"), 200_000, ""),
    )
    .await;
    let client = server.builder().max_answer_bytes(1000).build().unwrap();
    let mut stream = client.download("a1").stream().unwrap();
    let mut bytes = 0;
    while let Some(piece) = stream.next().await {
        bytes += piece.unwrap().len();
    }
    assert_eq!(bytes, 200_000);
}
