//! Waiting for states, on paused time.

use std::time::Duration;

use vonage_video_core::operations::{GetArchive, GetBroadcast, GetRender};
use vonage_video_http::WaitError;

use crate::memory::{Canned, Memory, canned};

fn state(status: &str) -> Canned {
    canned(
        200,
        format!(r#"{{"id":"x","status":"{status}","reason":"it was so"}}"#),
    )
}

#[tokio::test(start_paused = true)]
async fn an_archive_is_waited_for_through_all_states_and_failures() {
    let server = Memory::new(vec![
        state("started"),
        state("stopped"),
        canned(500, ""),
        canned(500, ""),
        canned(500, ""),
        None,
        state("something new"),
        state("available"),
    ]);
    let archive = server
        .builder()
        .build()
        .unwrap()
        .wait(GetArchive::new("x"))
        .await
        .unwrap();
    assert_eq!(archive.status.as_str(), "available");
    let server = Memory::new(vec![state("uploaded")]);
    server
        .builder()
        .build()
        .unwrap()
        .wait(GetArchive::new("x"))
        .await
        .unwrap();
    assert_eq!(server.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_will_never_be_ends_it_at_once_and_is_named() {
    for status in ["failed", "expired", "deleted"] {
        let server = Memory::new(vec![state("stopped"), state(status)]);
        let error = server
            .client()
            .wait(GetArchive::new("x"))
            .await
            .unwrap_err();
        assert!(matches!(error, WaitError::Failed { .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!("waiting is over: the archive is {status} (it was so)")
        );
        assert_eq!(server.requests(), 2);
    }
    let server = Memory::new(vec![canned(404, r#"{"message":"no such archive"}"#)]);
    let error = server
        .client()
        .wait(GetArchive::new("x"))
        .await
        .unwrap_err();
    assert!(
        matches!(&error, WaitError::Call(error) if error.is_not_found()),
        "{error:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn it_ends_in_time_and_tells_the_last_failure() {
    let server = Memory::new(vec![state("started")]);
    let start = tokio::time::Instant::now();
    let wait = server
        .client()
        .wait(GetArchive::new("x"))
        .within(Duration::from_secs(60));
    let error = wait.await.unwrap_err();
    assert!(
        matches!(error, WaitError::TimedOut { last: None, .. }),
        "{error:?}"
    );
    assert!(start.elapsed() <= Duration::from_secs(61));
    // 0, 0.5, 1.5, 3.5, 7.5, then each 8 to 11 s.
    assert!(
        (8..=12).contains(&server.requests()),
        "{}",
        server.requests()
    );

    let server = Memory::new(vec![state("started"), canned(503, r#"{"message":"busy"}"#)]);
    let wait = server
        .client()
        .wait(GetArchive::new("x"))
        .within(Duration::from_secs(5));
    let error = wait.await.unwrap_err();
    let WaitError::TimedOut {
        last: Some(last), ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert_eq!(last.api_error().unwrap().message, "busy");
}

#[tokio::test(start_paused = true)]
async fn a_broadcast_is_waited_for_until_it_can_be_watched() {
    let with = |urls: &str| {
        canned(
            200,
            format!(r#"{{"id":"x","status":"started","broadcastUrls":{urls}}}"#),
        )
    };
    let server = Memory::new(vec![
        with("null"),
        with(r#"{"hls":"https://x/y.m3u8"}"#),
        with(r#"{"hls":"https://x/y.m3u8","hlsStatus":"connecting"}"#),
        with(
            r#"{"hls":"https://x/y.m3u8","hlsStatus":"live","rtmp":[{"id":"a","status":"connecting"},{"id":"b","status":"error"}]}"#,
        ),
        with(
            r#"{"hls":"https://x/y.m3u8","hlsStatus":"live","rtmp":[{"id":"a","status":"live"},{"id":"b","status":"error"}]}"#,
        ),
    ]);
    server
        .builder()
        .build()
        .unwrap()
        .wait(GetBroadcast::new("x"))
        .await
        .unwrap();
    assert_eq!(server.requests(), 5);

    for (urls, expected) in [
        (r#"{"hls":"u","hlsStatus":"error"}"#, "HLS stream is error"),
        (r#"{"hls":"u","hlsStatus":"ended"}"#, "HLS stream is ended"),
        (
            r#"{"rtmp":[{"status":"error"},{"status":"error"}]}"#,
            "every RTMP server is error",
        ),
    ] {
        let server = Memory::new(vec![with(urls)]);
        let error = server
            .client()
            .wait(GetBroadcast::new("x"))
            .await
            .unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
    let server = Memory::new(vec![state("stopped")]);
    server
        .client()
        .wait(GetBroadcast::new("x"))
        .await
        .unwrap_err();
}

#[tokio::test(start_paused = true)]
async fn an_experience_composer_is_waited_for() {
    let server = Memory::new(vec![state("starting"), state("started")]);
    server
        .builder()
        .build()
        .unwrap()
        .wait(GetRender::new("x"))
        .await
        .unwrap();
    let server = Memory::new(vec![state("starting"), state("failed")]);
    let error = server
        .builder()
        .build()
        .unwrap()
        .wait(GetRender::new("x"))
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("Experience Composer is failed (it was so)"),
        "{error}"
    );
}

#[tokio::test]
async fn a_dropped_wait_asks_no_more() {
    let server = Memory::new(vec![state("started")]);
    let wait = server
        .builder()
        .build()
        .unwrap()
        .wait(GetArchive::new("x"))
        .into_future();
    assert!(
        tokio::time::timeout(Duration::from_millis(100), wait)
            .await
            .is_err()
    );
    assert_eq!(server.requests(), 1);
}
