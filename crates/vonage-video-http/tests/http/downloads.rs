//! Downloads through breaks, dead links and lies.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use vonage_video_http::{DownloadError, DownloadProgress};

use crate::{
    files::{Folder, SHA256, archive, available, content, file, serve, start},
    server::{Step, respond, respond_with},
};

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
            move |DownloadProgress { bytes, total, .. }| {
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
            3 => respond(503, ""),
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
            ("/file1", _) => respond(403, "<Error>Request has expired</Error>"),
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
        assert!(
            matches!(error, Err(DownloadError::File { .. })),
            "{error:?}"
        );
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
        "the link to the file cannot be followed: it is plain http; `allow_plain_http` allows that"
    );
}

#[tokio::test]
async fn the_response_limit_does_not_bound_a_download() {
    let (server, _) = serve(
        |seen, _| respond_with(200, &[], &content()[start(seen)..]),
        |url| available(&format!("{url}/file"), 200_000, ""),
    )
    .await;
    let client = server.builder().max_response_bytes(1000).build().unwrap();
    let mut stream = client.download("a1").stream().unwrap();
    let mut bytes = 0;
    while let Some(piece) = stream.next().await {
        bytes += piece.unwrap().len();
    }
    assert_eq!(bytes, 200_000);
}
