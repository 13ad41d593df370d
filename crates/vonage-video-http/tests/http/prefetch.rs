//! Pages that are fetched while the one before is read.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use http::{Request, Response};
use vonage_video_core::RetryPolicy;
use vonage_video_http::{Body, Transport, TransportFuture};

use crate::{
    lists::{Shelf, accurate, list, numbers},
    server::{Server, builder, respond},
};

/// Waits until a server has seen this many requests.
async fn seen(server: &Server, requests: usize) {
    while server.seen().len() < requests {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_next_window_is_fetched_while_one_is_read_and_none_after_it() {
    let shelf = Shelf::of(2345);
    let server = shelf.serve(accurate, |_, _| {}).await;
    let mut pages = server.client().pages(list());
    assert_eq!(server.seen().len(), 0, "nothing is asked for unasked");
    for window in 1..=5 {
        // The first item of a window, and no more.
        pages.next().await.unwrap().unwrap();
        seen(&server, window + 1).await;
        for _ in 1..100 {
            pages.next().await.unwrap().unwrap();
        }
        assert_eq!(server.seen().len(), window + 1, "one ahead");
    }
    drop(pages);
    // What is under way has time to arrive.
    server.client().send(list().count(1)).await.unwrap();
    assert_eq!(server.seen().len(), 7);
}

#[tokio::test]
async fn it_reads_no_further_than_it_is_asked_if_told_so() {
    let shelf = Shelf::of(2345);
    let server = shelf.serve(accurate, |_, _| {}).await;
    let mut pages = server.client().pages(list()).prefetch(false);
    for _ in 0..100 {
        pages.next().await.unwrap().unwrap();
    }
    server.client().send(list().count(1)).await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn the_items_are_the_same_whether_windows_are_fetched_ahead_or_not() {
    for (total, size) in [(0, 10), (1, 1), (35, 10), (100, 100), (2345, 1000)] {
        let shelf = Shelf::of(total);
        let server = shelf.serve(accurate, |_, _| {}).await;
        let mut read = Vec::new();
        for prefetch in [true, false] {
            let pages = server.client().pages(list()).page_size(size);
            let archives = pages.prefetch(prefetch).collect().await.unwrap();
            shelf.requests.lock().unwrap().push((0, 0));
            read.push((
                numbers(&archives),
                std::mem::take(&mut *shelf.requests.lock().unwrap()),
            ));
        }
        assert_eq!(read[0], read[1], "{total} by {size}");
    }
}

/// Returns one window of one item, and then nothing. It knows how many of its calls are under way.
struct Silent {
    calls: AtomicUsize,
    under_way: Arc<()>,
}

impl Transport for Silent {
    fn send(&self, _: Request<Body>) -> TransportFuture<'_> {
        let call = self.calls.fetch_add(1, Ordering::SeqCst);
        let under_way = Arc::clone(&self.under_way);
        Box::pin(async move {
            if call > 0 {
                std::future::pending::<()>().await;
            }
            drop(under_way);
            let body = r#"{"count":9,"items":[{"id":"a","status":"available"}]}"#;
            Ok(Response::new(Body::from(Bytes::from_static(
                body.as_bytes(),
            ))))
        })
    }
}

#[tokio::test]
async fn a_window_that_nobody_wants_any_more_is_not_waited_for() {
    let under_way = Arc::new(());
    let silent = Silent {
        calls: AtomicUsize::new(0),
        under_way: Arc::clone(&under_way),
    };
    let client = builder("http://localhost")
        .transport(silent)
        .build()
        .unwrap();
    let mut pages = client.pages(list()).page_size(1);
    pages.next().await.unwrap().unwrap();
    // The transport has one itself.
    while Arc::strong_count(&under_way) < 3 {
        tokio::task::yield_now().await;
    }
    drop(pages);
    while Arc::strong_count(&under_way) > 2 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_window_fetched_ahead_holds_no_connection_from_a_reader_who_needs_one() {
    let shelf = Shelf::of(300);
    let server = shelf.serve(accurate, |_, _| {}).await;
    let client = builder(&server.url).max_connections(1).build().unwrap();
    let mut pages = client.pages(list()).page_size(100);
    let mut read = 0;
    while let Some(archive) = pages.next().await {
        archive.unwrap();
        if read % 50 == 0 {
            client.send(list().count(1)).await.unwrap();
        }
        read += 1;
    }
    assert_eq!(read, 300);
}

#[tokio::test]
async fn a_window_that_failed_ahead_is_asked_for_again_when_it_is_needed() {
    let fails = Arc::new(Mutex::new(true));
    let server = Server::start({
        let fails = Arc::clone(&fails);
        move |seen, _| {
            let offset: usize = seen.query("offset").map_or(0, |n| n.parse().unwrap());
            if offset > 0 && *fails.lock().unwrap() {
                return respond(503, "{}");
            }
            let items: Vec<String> = (offset..15)
                .take(seen.query("count").unwrap().parse().unwrap())
                .map(|id| format!(r#"{{"id":"{id}","status":"available"}}"#))
                .collect();
            respond(
                200,
                &format!(r#"{{"count":15,"items":[{}]}}"#, items.join(",")),
            )
        }
    })
    .await;
    let client = builder(&server.url)
        .retry(RetryPolicy::default().first_backoff(std::time::Duration::ZERO))
        .build()
        .unwrap();
    let mut pages = client.pages(list()).page_size(10);
    pages.next().await.unwrap().unwrap();
    // Its three attempts fail; then the server recovers.
    seen(&server, 4).await;
    *fails.lock().unwrap() = false;
    assert_eq!(pages.collect().await.unwrap().len(), 14);
}

#[tokio::test]
async fn a_refusal_of_a_window_ahead_comes_after_the_items_before_it_and_is_final() {
    let server = Server::start(|seen, number| match number {
        0 => {
            let count: usize = seen.query("count").unwrap().parse().unwrap();
            let items: Vec<String> = (0..count)
                .map(|id| format!(r#"{{"id":"{id}","status":"available"}}"#))
                .collect();
            respond(
                200,
                &format!(r#"{{"count":50,"items":[{}]}}"#, items.join(",")),
            )
        }
        _ => respond(403, r#"{"message":"no"}"#),
    })
    .await;
    let mut pages = server.client().pages(list()).page_size(10);
    for _ in 0..10 {
        pages.next().await.unwrap().unwrap();
    }
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.is_refused_credentials(), "{error:?}");
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 2);
}
