//! What files are made, replaced and left.

use std::{path::Path, time::Duration};

use vonage_video_http::{Client, DownloadError};

use crate::{
    files::{Folder, SHA256, available, content, end, file, serve, start},
    server::{Seen, Server, Step},
};

async fn good() -> (Server, Client) {
    serve(
        |seen, _| file(seen, "\"v1\"", usize::MAX),
        |url| available(&format!("{url}/file"), 200_000, SHA256.trim()),
    )
    .await
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("mode");
    let (_server, client) = good().await;
    for resumable in [false, true] {
        let path = folder.0.join(format!("a{resumable}"));
        let mut download = client.download("a1");
        if resumable {
            download = download.resumable();
        }
        download.to_file(&path).await.unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_a_regular_file_is_replaced() {
    let folder = Folder::new("regular");
    let (server, client) = good().await;
    let directory = folder.0.join("directory");
    std::fs::create_dir(&directory).unwrap();
    let link = folder.0.join("link");
    std::fs::write(folder.0.join("behind"), "untouched").unwrap();
    std::os::unix::fs::symlink("behind", &link).unwrap();
    let socket = folder.0.join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in [&directory, &link, &socket, Path::new("/dev/null")] {
        for resumable in [false, true] {
            let mut download = client.download("a1");
            if resumable {
                download = download.resumable();
            }
            let error = download.to_file(path).await.unwrap_err();
            assert!(
                matches!(&error, DownloadError::File { path: told, .. } if told == path),
                "{error:?}"
            );
            assert!(
                error.to_string().contains(path.to_str().unwrap()),
                "{error}"
            );
        }
    }
    assert!(
        server.seen().is_empty(),
        "it is known before anything is downloaded"
    );
    assert_eq!(
        std::fs::read_to_string(folder.0.join("behind")).unwrap(),
        "untouched"
    );
    let mut names = folder.names();
    names.sort();
    assert_eq!(names, ["behind", "directory", "link", "socket"]);
}

#[tokio::test]
async fn a_name_may_be_as_long_as_names_may_be() {
    let folder = Folder::new("long");
    let (_server, client) = good().await;
    for length in [219, 220, 221, 233, 250, 255] {
        for resumable in [false, true] {
            let path = folder.0.join("n".repeat(length));
            let mut download = client.download("a1");
            if resumable {
                download = download.resumable();
            }
            download.to_file(&path).await.unwrap();
            assert!(std::fs::read(&path).unwrap() == content());
            std::fs::remove_file(&path).unwrap();
            assert!(folder.names().is_empty(), "{:?}", folder.names());
        }
    }
}

#[tokio::test]
async fn errors_name_the_file() {
    let (_server, client) = good().await;
    for path in ["/nowhere/at/all/lesson.mp4", "/", ""] {
        let error = client.download("a1").to_file(path).await.unwrap_err();
        let DownloadError::File { path: told, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(told, Path::new(path));
    }
}

/// Dropped at any moment: before the file is opened, while it is, and while bytes come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_download_leaves_nothing() {
    let folder = Folder::new("cancelled");
    let (_server, client) = serve(
        |seen, _| {
            let mut steps = file(seen, "\"v1\"", 100_000);
            steps.pop();
            steps.push(Step::Hang);
            steps
        },
        |url| available(&format!("{url}/file"), 200_000, ""),
    )
    .await;
    let known = client
        .send(vonage_video_core::operations::GetArchive::new("a1"))
        .await
        .unwrap();
    let path = folder.0.join("a");
    for round in 0..1_500_u64 {
        let mut download = Box::pin(client.download(&known).to_file(&path));
        if round % 3 == 0 {
            // Polled once, so that opening has begun on another thread.
            let _ = std::future::poll_fn(|cx| {
                std::task::Poll::Ready(download.as_mut().poll(cx).is_ready())
            })
            .await;
        } else {
            let limit = Duration::from_micros(round * 13 % 1_000);
            let _ = tokio::time::timeout(limit, &mut download).await;
        }
        drop(download);
    }
    // Opening that had begun ends on its thread.
    for _ in 0..100 {
        if folder.names().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{:?}", folder.names());
}

/// A host of a file of 3 MiB, by ranges.
fn large(
    etag: impl Fn(usize) -> &'static str + Send + Sync + 'static,
) -> impl Fn(&Seen, usize) -> Vec<Step> {
    move |seen, number| {
        let content = large_content();
        let (start, last) = (start(seen), end(seen).min(content.len()) - 1);
        let last = if seen
            .headers
            .get("range")
            .is_none_or(|range| range.ends_with('-'))
        {
            content.len() - 1
        } else {
            last
        };
        let partial = seen.headers.contains_key("range");
        let head = if partial {
            format!(
                "HTTP/1.1 206 X\r\ncontent-range: bytes {start}-{last}/{}\r\n",
                content.len()
            )
        } else {
            "HTTP/1.1 200 X\r\n".to_owned()
        };
        let head = format!(
            "{head}etag: {}\r\ncontent-length: {}\r\n\r\n",
            etag(number),
            last + 1 - start
        );
        vec![
            Step::Send(head.into_bytes()),
            Step::Send(content[start..=last].to_vec()),
        ]
    }
}

fn large_content() -> Vec<u8> {
    content().repeat(16)
}

#[tokio::test]
async fn ranges_at_once_make_the_same_file() {
    let folder = Folder::new("parallel");
    let path = folder.0.join("a");
    let size = large_content().len();
    let (server, client) = serve(large_seen(|_| "\"v1\""), move |url| {
        available(&format!("{url}/file"), size, "")
    })
    .await;
    let last = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
    let told = std::sync::Arc::clone(&last);
    let done = client
        .download("a1")
        .parallel(3)
        .on_progress(move |progress| {
            told.fetch_max(progress.bytes, std::sync::atomic::Ordering::SeqCst);
        })
        .to_file(&path)
        .await
        .unwrap();
    assert!(std::fs::read(&path).unwrap() == large_content());
    assert_eq!((done.bytes, done.requests), (size as u64, 3));
    assert_eq!(last.load(std::sync::atomic::Ordering::SeqCst), size as u64);
    let ranges = server
        .seen()
        .iter()
        .filter(|seen| seen.headers.contains_key("range"))
        .inspect(|seen| assert_eq!(seen.headers["if-range"], "\"v1\""))
        .count();
    assert_eq!(ranges, 2);
    assert_eq!(folder.names(), ["a"]);

    // Another version in one of the ranges.
    let versions = |number| if number < 2 { "\"v1\"" } else { "\"v2\"" };
    let (_server, client) = serve(large_seen(versions), move |url| {
        available(&format!("{url}/file"), size, "")
    })
    .await;
    std::fs::remove_file(&path).unwrap();
    let error = client
        .download("a1")
        .parallel(3)
        .to_file(&path)
        .await
        .unwrap_err();
    assert!(matches!(error, DownloadError::Changed), "{error:?}");
    assert!(folder.names().is_empty());

    // Without a validator they are downloaded one after the other.
    let (server, client) = serve(large_seen(|_| "W/\"v1\""), move |url| {
        available(&format!("{url}/file"), size, "")
    })
    .await;
    let done = client
        .download("a1")
        .parallel(3)
        .to_file(&path)
        .await
        .unwrap();
    assert!(std::fs::read(&path).unwrap() == large_content());
    assert_eq!((done.requests, server.seen().len()), (1, 2));
}

fn large_seen(
    etag: impl Fn(usize) -> &'static str + Send + Sync + 'static,
) -> impl Fn(&Seen, usize) -> Vec<Step> + Send + Sync + 'static {
    large(etag)
}
