//! Waiting for states, on paused time.

use std::{pin::Pin, sync::Arc, time::Duration};

use tokio::sync::Notify;
use vonage_video_core::{
    RetryPolicy,
    operations::{GetArchive, GetBroadcast, GetRender, ListStreams},
};
use vonage_video_http::{WaitError, WakeSource};

use crate::{
    memory::{Canned, Memory, canned, canned_with},
    server::SESSION,
};

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
            format!("it will never be ready: the archive is {status} (it was so)")
        );
        assert_eq!(error.output().unwrap().status.as_str(), status);
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
        matches!(
            error,
            WaitError::TimedOut {
                last_error: None,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(
        error.to_string(),
        "not ready within 60s: the archive is started (it was so)"
    );
    assert_eq!(start.elapsed().as_secs(), 60);
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
        last_error: Some(last),
        ..
    } = &error
    else {
        panic!("{error:?}");
    };
    assert_eq!(last.api_error().unwrap().message, "busy");
    assert_eq!(error.output().unwrap().status.as_str(), "started");
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
    assert_eq!(server.requests(), 4);

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

#[tokio::test(start_paused = true)]
async fn a_stream_whose_status_is_left_out_is_live_once_the_broadcast_is_started() {
    for urls in [
        r#"{"hls":"https://x/y.m3u8"}"#,
        r#"{"rtmp":[{"id":"a"}]}"#,
        r#"{"hls":"https://x/y.m3u8","rtmp":[{"id":"a"},{"id":"b","status":"error"}]}"#,
    ] {
        let with = |status| {
            canned(
                200,
                format!(r#"{{"id":"x","status":"{status}","broadcastUrls":{urls}}}"#),
            )
        };
        let server = Memory::new(vec![with("something new"), with("started")]);
        let wait = server.client().wait(GetBroadcast::new("x"));
        wait.await.unwrap();
        assert_eq!(server.requests(), 2, "{urls}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_ready_just_before_the_limit_is_seen() {
    for seconds in [2, 20, 30, 61] {
        let start = tokio::time::Instant::now();
        let ready_at = Duration::from_secs(seconds) - Duration::from_millis(1);
        let server = Memory::responding(move |_, _| {
            let status = if start.elapsed() >= ready_at {
                "available"
            } else {
                "stopped"
            };
            state(status)
        });
        let wait = server
            .client()
            .wait(GetArchive::new("x"))
            .within(Duration::from_secs(seconds));
        wait.await.unwrap();
        assert_eq!(start.elapsed().as_secs(), seconds);
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_of_nothing_reads_once() {
    let server = Memory::new(vec![state("available")]);
    let wait = server
        .client()
        .wait(GetArchive::new("x"))
        .within(Duration::ZERO);
    wait.await.unwrap();
    let server = Memory::new(vec![state("started")]);
    let wait = server
        .client()
        .wait(GetArchive::new("x"))
        .within(Duration::ZERO);
    assert!(wait.await.unwrap_err().is_timeout());
    assert_eq!(server.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_read_can_be_waited_for_itself() {
    let server = Memory::new(vec![state("started"), state("available")]);
    let client = server.client();
    let archive = client.send(GetArchive::new("x")).await.unwrap();
    let archive = client.wait(&archive).await.unwrap();
    assert_eq!(archive.status.as_str(), "available");
}

#[tokio::test(start_paused = true)]
async fn anything_can_be_waited_for_until_a_condition_holds() {
    let list = |items: &str| canned(200, format!(r#"{{"count":0,"items":[{items}]}}"#));
    let server = Memory::new(vec![list(""), canned(503, ""), list(r#"{"id":"s"}"#)]);
    let mut reads = 0;
    let streams = server
        .client()
        .wait_until(ListStreams::new(SESSION), move |list| {
            reads += 1;
            reads > 1 && !list.items.is_empty()
        })
        .await
        .unwrap();
    assert_eq!(streams.items.len(), 1);

    let server = Memory::new(vec![list(r#"{"id":"s"}"#)]);
    let error = server
        .client()
        .wait_until(ListStreams::new(SESSION), |list| list.items.is_empty())
        .within(Duration::from_secs(30))
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "not ready within 30s");
    assert_eq!(error.output().unwrap().items.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_longest_pause_of_one_s_own_is_kept() {
    let server = Memory::new(vec![state("started")]);
    let wait = server
        .client()
        .wait(GetArchive::new("x"))
        .longest_pause(Duration::from_secs(1))
        .within(Duration::from_secs(60));
    assert!(wait.await.unwrap_err().is_timeout());
    // Each pause has up to a tenth more.
    assert!((55..=63).contains(&server.requests()));
}

/// Announces what is sent to it.
#[derive(Clone)]
struct Bell(Arc<Notify>);

impl WakeSource for Bell {
    fn listen(&self, ids: &[String]) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        assert_eq!(ids, ["x"], "the archive that is waited for");
        let notify = Arc::clone(&self.0);
        let mut notified = Box::pin(notify.notified_owned());
        notified.as_mut().enable();
        notified
    }
}

#[tokio::test(start_paused = true)]
async fn an_announcement_wakes_a_wait_at_once_and_without_one_it_reads_rarely() {
    let start = tokio::time::Instant::now();
    let server = Memory::responding(move |_, _| {
        state(if start.elapsed() >= Duration::from_secs(200) {
            "available"
        } else {
            "started"
        })
    });
    let notify = Arc::new(Notify::new());
    let wait = server
        .client()
        .wait(GetArchive::new("x"))
        .woken_by(&Bell(Arc::clone(&notify)));
    let wait = tokio::spawn(wait.into_future());
    tokio::time::sleep(Duration::from_secs(200)).await;
    assert!(server.requests() <= 4, "{}", server.requests());
    notify.notify_waiters();
    wait.await.unwrap().unwrap();
    assert!(start.elapsed() < Duration::from_millis(200_010));
}

#[tokio::test(start_paused = true)]
async fn a_wait_keeps_the_pause_that_the_server_asks_for() {
    let start = tokio::time::Instant::now();
    let busy = canned_with(429, ("retry-after", "40"), "");
    let server = Memory::new(vec![busy, state("available")]);
    let wait = server.builder().retry(RetryPolicy::none()).build().unwrap();
    wait.wait(GetArchive::new("x")).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 40);
}
