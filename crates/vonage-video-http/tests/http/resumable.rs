//! Downloads that outlive their process.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use vonage_video_http::{Client, DownloadError};

use crate::{
    files::{Folder, SHA256, available, content, file, serve},
    server::{Server, Step},
};

/// A host that stops after 120,000 bytes until the test lets it go on.
async fn host(
    etag: &'static str,
    size: usize,
    sha256: &'static str,
) -> (Server, Client, Arc<AtomicBool>) {
    let goes_on = Arc::new(AtomicBool::new(false));
    let (server, client) = serve(
        {
            let goes_on = Arc::clone(&goes_on);
            move |seen, _| {
                if goes_on.load(Ordering::SeqCst) {
                    return file(seen, etag, usize::MAX);
                }
                let mut steps = file(seen, etag, 120_000);
                steps.pop();
                steps.push(Step::Hang);
                steps
            }
        },
        move |url| available(&format!("{url}/file"), size, sha256),
    )
    .await;
    (server, client, goes_on)
}

/// Leaves what a killed process would.
async fn interrupted(client: &Client, path: &std::path::Path) {
    let error = client
        .download("a1")
        .resumable()
        .to_file(path)
        .await
        .unwrap_err();
    assert!(matches!(error, DownloadError::Transfer { .. }), "{error:?}");
}

#[tokio::test]
async fn the_next_run_goes_on_where_the_last_one_ended() {
    for (etag, sha256) in [("\"v1\"", ""), ("W/\"v1\"", SHA256), ("\"v1\"", SHA256)] {
        let folder = Folder::new("resumable");
        let path = folder.0.join("lesson.mp4");
        let (server, client, goes_on) = host(etag, 200_000, sha256.trim()).await;
        interrupted(&client, &path).await;
        let mut names = folder.names();
        names.sort();
        assert_eq!(names, [".lesson.mp4.part", ".lesson.mp4.part.json"]);
        let part = fs::read(folder.0.join(".lesson.mp4.part")).unwrap();
        assert!(!part.is_empty() && content().starts_with(&part));

        goes_on.store(true, Ordering::SeqCst);
        let before = server.seen().len();
        let done = client
            .download("a1")
            .resumable()
            .to_file(&path)
            .await
            .unwrap();
        assert_eq!((done.bytes, done.requests), (200_000, 1));
        assert!(fs::read(&path).unwrap() == content());
        assert_eq!(
            server.seen()[before + 1].headers["range"],
            format!("bytes={}-", part.len())
        );
        assert_eq!(folder.names(), ["lesson.mp4"]);
    }
}

#[tokio::test]
async fn what_cannot_be_proved_to_belong_is_not_used() {
    type Change = fn(&Folder);
    let nothing: Change = |_| {};
    let truncated: Change = |folder| fs::write(folder.0.join(".a.part.json"), "{").unwrap();
    let gone: Change = |folder| fs::remove_file(folder.0.join(".a.part.json")).unwrap();
    let too_long: Change = |folder| fs::write(folder.0.join(".a.part"), vec![7; 300_000]).unwrap();
    let corrupt: Change = |folder| {
        let mut part = fs::read(folder.0.join(".a.part")).unwrap();
        part[0] ^= 1;
        fs::write(folder.0.join(".a.part"), part).unwrap();
    };
    for (first, then, change) in [
        // Another version: the file's name for it, and the service's checksum, differ.
        (("\"v1\"", ""), ("\"v2\"", ""), nothing),
        (("\"v1\"", "00"), ("\"v1\"", SHA256), nothing),
        (("W/\"v1\"", ""), ("W/\"v1\"", ""), nothing),
        (("\"v1\"", ""), ("\"v1\"", ""), truncated),
        (("\"v1\"", ""), ("\"v1\"", ""), gone),
        (("\"v1\"", ""), ("\"v1\"", ""), too_long),
        (("\"v1\"", SHA256), ("\"v1\"", SHA256), corrupt),
    ] {
        let folder = Folder::new("unproved");
        let path = folder.0.join("a");
        let (_server, client, _) = host(first.0, 200_000, first.1.trim()).await;
        interrupted(&client, &path).await;
        change(&folder);
        let (_server, client, goes_on) = host(then.0, 200_000, then.1.trim()).await;
        goes_on.store(true, Ordering::SeqCst);
        let done = client
            .download("a1")
            .resumable()
            .to_file(&path)
            .await
            .unwrap();
        assert_eq!(done.bytes, 200_000);
        assert!(fs::read(&path).unwrap() == content(), "{first:?} {then:?}");
        assert_eq!(folder.names(), ["a"]);
    }
}

#[tokio::test]
async fn two_downloads_of_the_same_file_do_not_meet() {
    let folder = Folder::new("locked");
    let path = folder.0.join("a");
    let (_server, client, goes_on) = host("\"v1\"", 200_000, "").await;
    let first = tokio::spawn({
        let (download, path) = (client.download("a1").resumable(), path.clone());
        async move { download.to_file(path).await }
    });
    while folder.names().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let error = client
        .download("a1")
        .resumable()
        .to_file(&path)
        .await
        .unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "another download of it is under way");
    goes_on.store(true, Ordering::SeqCst);
    first.await.unwrap().unwrap();
    assert!(fs::read(&path).unwrap() == content());
}

#[tokio::test]
async fn an_error_that_no_other_run_can_heal_leaves_nothing() {
    let folder = Folder::new("hopeless");
    let path = folder.0.join("a");
    let wrong = "aa".repeat(32).leak();
    let (_server, client, goes_on) = host("\"v1\"", 200_000, wrong).await;
    goes_on.store(true, Ordering::SeqCst);
    let error = client
        .download("a1")
        .resumable()
        .to_file(&path)
        .await
        .unwrap_err();
    assert!(matches!(error, DownloadError::Checksum { .. }), "{error:?}");
    assert!(folder.names().is_empty(), "{:?}", folder.names());
}
