//! Pages over a list that changes while it is read.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use vonage_video_core::{Error, ErrorKind, models::Archive, operations::ListArchives};

use crate::server::{SESSION, Server, respond};

/// Archives, the newest first, behind `offset` and `count`.
#[derive(Clone)]
pub(crate) struct Shelf {
    ids: Arc<Mutex<Vec<u32>>>,
    pub(crate) requests: Arc<Mutex<Vec<(usize, usize)>>>,
}

impl Shelf {
    pub(crate) fn of(count: u32) -> Self {
        Self {
            ids: Arc::new(Mutex::new((0..count).rev().collect())),
            requests: Arc::default(),
        }
    }

    /// `change` happens after each response; `total` is what the response says there are, of
    /// offset, window and all.
    pub(crate) async fn serve(
        &self,
        total: impl Fn(usize, usize, usize) -> usize + Send + Sync + 'static,
        change: impl Fn(&mut Vec<u32>, usize) + Send + Sync + 'static,
    ) -> Server {
        self.serve_all(total, change, |offset, _| offset).await
    }

    /// Each window begins where `from` says, by the offset asked for and the number of the request.
    async fn serve_from(
        &self,
        from: impl Fn(usize, usize) -> usize + Send + Sync + 'static,
    ) -> Server {
        self.serve_all(accurate, |_, _| {}, from).await
    }

    async fn serve_all(
        &self,
        total: impl Fn(usize, usize, usize) -> usize + Send + Sync + 'static,
        change: impl Fn(&mut Vec<u32>, usize) + Send + Sync + 'static,
        from: impl Fn(usize, usize) -> usize + Send + Sync + 'static,
    ) -> Server {
        let shelf = self.clone();
        Server::start(move |seen, number| {
            assert!(
                seen.headers.contains_key("x-opentok-auth"),
                "every page is signed"
            );
            assert_eq!(seen.query("sessionId"), Some(SESSION));
            let number_of = |name| seen.query(name).map_or(0, |n| n.parse::<usize>().unwrap());
            let (offset, count) = (number_of("offset"), number_of("count"));
            assert!((1..=1000).contains(&count));
            shelf.requests.lock().unwrap().push((offset, count));
            let mut ids = shelf.ids.lock().unwrap();
            let items: Vec<String> = ids
                .iter()
                .skip(from(offset, number))
                .take(count)
                .map(|id| format!(r#"{{"id":"{id}","status":"available"}}"#))
                .collect();
            let body = format!(
                r#"{{"count":{},"items":[{}]}}"#,
                total(offset, items.len(), ids.len()),
                items.join(",")
            );
            change(&mut ids, number);
            respond(200, &body)
        })
        .await
    }
}

pub(crate) fn accurate(_: usize, _: usize, all: usize) -> usize {
    all
}

pub(crate) fn list() -> ListArchives {
    ListArchives::new().session_id(SESSION)
}

pub(crate) fn numbers(archives: &[Archive]) -> Vec<u32> {
    archives
        .iter()
        .map(|a| a.id.as_str().parse().unwrap())
        .collect()
}

fn each_once(archives: &[Archive]) -> HashSet<u32> {
    let numbers = numbers(archives);
    let set: HashSet<u32> = numbers.iter().copied().collect();
    assert_eq!(set.len(), numbers.len(), "an item came twice");
    set
}

#[tokio::test]
async fn every_item_of_a_still_list_comes_once_and_in_order() {
    for total in [0, 1, 99, 100, 101, 199, 200, 2345] {
        let shelf = Shelf::of(total);
        let server = shelf.serve(accurate, |_, _| {}).await;
        let archives = server.client().pages(list()).collect().await.unwrap();
        assert_eq!(numbers(&archives), (0..total).rev().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn any_page_size_does() {
    for (size, first, total) in [
        (0, 1, 7),
        (1, 1, 7),
        (2, 2, 9),
        (7, 7, 7),
        (1000, 1000, 2345),
        (9999, 1000, 1001),
    ] {
        let shelf = Shelf::of(total);
        let server = shelf.serve(accurate, |_, _| {}).await;
        let pages = server.client().pages(list()).page_size(size);
        assert_eq!(
            each_once(&pages.collect().await.unwrap()).len(),
            total as usize
        );
        assert_eq!(shelf.requests.lock().unwrap()[0], (0, first));
    }
}

#[tokio::test]
async fn the_operation_s_own_offset_and_count_are_start_and_page_size() {
    let shelf = Shelf::of(50);
    let server = shelf.serve(accurate, |_, _| {}).await;
    let pages = server.client().pages(list().offset(40).count(4));
    assert_eq!(
        numbers(&pages.collect().await.unwrap()),
        (0..10).rev().collect::<Vec<_>>()
    );
    assert_eq!(shelf.requests.lock().unwrap()[0], (40, 4));
}

#[tokio::test]
async fn items_added_meanwhile_make_none_come_twice_or_be_missed() {
    let shelf = Shelf::of(2345);
    let server = shelf
        .serve(accurate, |ids, number| {
            for n in 0..7 {
                ids.insert(0, 10_000 + (number as u32) * 10 + n);
            }
        })
        .await;
    let seen = each_once(&server.client().pages(list()).collect().await.unwrap());
    assert!((0..2345).all(|id| seen.contains(&id)));
}

#[tokio::test]
async fn more_added_than_a_page_holds_is_survived() {
    let shelf = Shelf::of(100);
    let server = shelf
        .serve(accurate, |ids, number| {
            if number < 3 {
                for n in 0..35 {
                    ids.insert(0, 10_000 + (number as u32) * 100 + n);
                }
            }
        })
        .await;
    let seen = each_once(
        &server
            .client()
            .pages(list())
            .page_size(10)
            .collect()
            .await
            .unwrap(),
    );
    assert!((0..100).all(|id| seen.contains(&id)));
}

#[tokio::test]
async fn items_that_vanish_meanwhile_hide_no_others() {
    for vanishing in [1, 5, 30, 250] {
        let shelf = Shelf::of(2345);
        let gone = Arc::new(Mutex::new(HashSet::new()));
        let server = shelf
            .serve(accurate, {
                let gone = Arc::clone(&gone);
                move |ids, _| {
                    for _ in 0..vanishing.min(ids.len().saturating_sub(300)) {
                        // From the front: what was read already, so that the rest moves up.
                        gone.lock().unwrap().insert(ids.remove(0));
                    }
                }
            })
            .await;
        let seen = each_once(&server.client().pages(list()).collect().await.unwrap());
        let gone = gone.lock().unwrap();
        let missed: Vec<u32> = (0..2345)
            .filter(|id| !seen.contains(id) && !gone.contains(id))
            .collect();
        assert!(missed.is_empty(), "{vanishing}: {missed:?}");
    }
}

#[tokio::test]
async fn deleting_each_item_as_it_comes_reaches_them_all() {
    let shelf = Shelf::of(500);
    let server = shelf.serve(accurate, |_, _| {}).await;
    let mut pages = server.client().pages(list()).page_size(20);
    let mut count = 0;
    while let Some(archive) = pages.next().await {
        let id: u32 = archive.unwrap().id.as_str().parse().unwrap();
        shelf.ids.lock().unwrap().retain(|other| *other != id);
        count += 1;
    }
    assert_eq!(count, 500);
}

#[tokio::test]
async fn a_count_that_is_only_the_window_s_does_not_end_it_early() {
    for liar in [
        (|_, window, _| window) as fn(usize, usize, usize) -> usize,
        |offset, _, all| all - offset.min(all),
        |_, _, _| 0,
        |_, _, all| all + 50,
    ] {
        let shelf = Shelf::of(350);
        let server = shelf.serve(liar, |_, _| {}).await;
        assert_eq!(
            each_once(&server.client().pages(list()).collect().await.unwrap()).len(),
            350
        );
    }
}

#[tokio::test]
async fn after_an_error_nothing_comes() {
    let server = Server::start(|_, _| respond(403, r#"{"message":"no"}"#)).await;
    let mut pages = server.client().pages(list());
    assert!(
        pages
            .next()
            .await
            .unwrap()
            .unwrap_err()
            .is_refused_credentials()
    );
    assert!(pages.next().await.is_none());
    assert_eq!(server.seen().len(), 1);
}

/// Answers windows of a list as a server does that misunderstands them.
async fn misread(
    items: usize,
    window: impl Fn(usize, usize) -> std::ops::Range<usize> + Send + Sync + 'static,
) -> Server {
    Server::start(move |seen, number| {
        assert!(number < 100, "it goes on for ever");
        let number_of = |name| seen.query(name).map_or(0, |n| n.parse::<usize>().unwrap());
        let window = window(number_of("offset"), number_of("count"));
        let items_of: Vec<String> = (window.start..window.end.min(items))
            .map(|id| format!(r#"{{"id":"{id}","status":"available"}}"#))
            .collect();
        let body = format!(r#"{{"count":{items},"items":[{}]}}"#, items_of.join(","));
        respond(200, &body)
    })
    .await
}

fn no_progress(error: &Error) {
    assert!(matches!(error.kind(), ErrorKind::Decode(_)), "{error:?}");
    assert_eq!(error.operation(), Some("list_archives"));
    assert!(error.to_string().contains("no progress"), "{error}");
}

#[tokio::test]
async fn a_server_whose_windows_stand_still_is_an_error_and_no_endless_loop() {
    for (items, page) in [(12, 5), (250, 100), (3, 1), (1001, 1000)] {
        // Ignores the offset, and honours the count.
        let server = misread(items, |_, count| 0..count).await;
        let mut pages = server.client().pages(list()).page_size(page);
        let mut read = 0;
        let error = loop {
            match pages.next().await.expect("an error before the end") {
                Ok(_) => read += 1,
                Err(error) => break error,
            }
        };
        no_progress(&error);
        assert!(read < items);
        assert!(pages.next().await.is_none());
    }
    // Ignores both.
    let server = misread(120, |_, _| 0..50).await;
    no_progress(&server.client().pages(list()).collect().await.unwrap_err());
    // The same item for ever.
    let server = misread(1000, |_, count| 0..count.min(1)).await;
    no_progress(&server.client().pages(list()).collect().await.unwrap_err());
}

#[tokio::test]
async fn one_identifier_for_all_items_is_an_error() {
    let server = Server::start(|seen, number| {
        assert!(number < 100, "it goes on for ever");
        let count: usize = seen.query("count").unwrap().parse().unwrap();
        let items = vec![r#"{"id":"same","status":"available"}"#; count].join(",");
        respond(200, &format!(r#"{{"count":1000000,"items":[{items}]}}"#))
    })
    .await;
    no_progress(&server.client().pages(list()).collect().await.unwrap_err());
}

#[tokio::test]
async fn a_window_that_stands_still_when_the_count_is_reached_ends_the_list() {
    for (items, page) in [(12, 5), (100, 100), (7, 3), (1, 1), (5, 5)] {
        // Answers the last full window for an offset past the end.
        let server = misread(items, move |offset, count| {
            let start = offset.min(items.saturating_sub(count));
            start..start + count
        })
        .await;
        let archives = server.client().pages(list()).page_size(page);
        assert_eq!(
            archives.collect().await.unwrap().len(),
            items,
            "{items} {page}"
        );
    }
    // Ignores both, and there is no more than it answers.
    let server = misread(50, |_, _| 0..50).await;
    let archives = server.client().pages(list()).page_size(20);
    assert_eq!(archives.collect().await.unwrap().len(), 50);
}

#[tokio::test]
async fn a_server_that_caps_its_pages_is_read_to_the_end() {
    let server = misread(120, |offset, count| offset..offset + count.min(50)).await;
    let archives = server.client().pages(list());
    assert_eq!(archives.collect().await.unwrap().len(), 120);
}

#[tokio::test]
async fn a_list_whose_windows_now_and_then_begin_at_the_beginning_is_whole_or_an_error() {
    let (mut whole, mut refused) = (0, 0);
    for pattern in 0..64_usize {
        let shelf = Shelf::of(50);
        let wrong = move |number: usize| pattern >> (number % 6) & 1 == 1;
        let from = move |offset, number| if wrong(number) { 0 } else { offset };
        let server = shelf.serve_from(from).await;
        let pages = server.client().pages(list()).page_size(6);
        match pages.collect().await {
            Ok(archives) => {
                assert_eq!(each_once(&archives).len(), 50, "{pattern:b}");
                whole += 1;
            }
            Err(error) => {
                assert!(error.to_string().contains("no progress"), "{error}");
                refused += 1;
            }
        }
    }
    assert!(whole > 8 && refused > 8, "{whole} whole, {refused} refused");
}
