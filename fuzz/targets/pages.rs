//! Lists whose server pages wrongly: they end, return nothing twice, and a list that ends without
//! an error holds what an honest server has.
//!
//! The first byte says how many archives there are, the second the size of a page, each other what
//! the server does to one request: an honest page, a page that is shorter than asked for, the first
//! page whatever the offset, its last page for an offset past the end, an empty page, a page of
//! archives that it invents, or another count. From the last on it does the same forever.

#![no_main]

use std::{
    collections::HashSet,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use http::{Request, Response};
use libfuzzer_sys::fuzz_target;
use serde_json::json;
use vonage_video_core::operations::ListArchives;
use vonage_video_fuzz::{
    assert_one_line,
    server::{client, json, run},
};
use vonage_video_http::Body;

fuzz_target!(|script: &[u8]| {
    let [total, size, steps @ ..] = script else {
        return;
    };
    let (total, size) = (usize::from(*total % 60), u32::from(*size % 12));
    let steps = steps.to_vec();
    // Whether any step is one that an honest client cannot see through.
    let hides = steps.iter().any(|step| matches!(step % 8, 4..));
    let requests = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&requests);
    let invented = Arc::new(AtomicUsize::new(0));
    let made = Arc::clone(&invented);
    let known_steps = steps.len();
    let client = client(move |request| {
        let number = counted.fetch_add(1, Ordering::Relaxed);
        let step = steps.get(number).or(steps.last()).copied().unwrap_or(0);
        page(request, total, step, number < known_steps, &made)
    });

    let mut pages = client.pages(ListArchives::new()).page_size(size);
    let mut seen = HashSet::new();
    let error = loop {
        match run(pages.next()) {
            None => break None,
            Some(Err(error)) => break Some(error),
            Some(Ok(archive)) => assert!(seen.insert(archive.id.to_string()), "{}", archive.id),
        }
    };
    // Each request brings something, goes one window back, or is one of a few that do not.
    let items = total + invented.load(Ordering::Relaxed);
    let most = 16 * (items + known_steps + 8);
    let made = requests.load(Ordering::Relaxed);
    assert!(made <= most, "{made} requests for {items} archives");
    match error {
        Some(error) => assert_one_line(&error.to_string()),
        None if !hides => {
            let missing = (0..total).find(|id| !seen.contains(&id.to_string()));
            assert_eq!(missing, None, "of {total}");
        }
        None => {}
    }
});

fn page(
    request: &Request<Body>,
    total: usize,
    step: u8,
    inventive: bool,
    invented: &AtomicUsize,
) -> Response<Body> {
    let parameter = |name: &str| {
        let query = request.uri().query().unwrap_or_default();
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let value = pairs.find_map(|(own, value)| (own == name).then_some(value));
        value.and_then(|value| value.parse::<usize>().ok())
    };
    let count = match (parameter("count").unwrap_or(50).max(1), step % 8) {
        (count, 1) => count.min(1 + usize::from(step / 8 % 4)),
        (count, _) => count,
    };
    let offset = parameter("offset").unwrap_or(0);
    let offset = match step % 8 {
        2 => 0,
        3 if offset >= total => total.saturating_sub(1) / count * count,
        _ => offset,
    };
    let ids = match step % 8 {
        5 => Vec::new(),
        // Not forever: nobody can tell such a list from a long one.
        6 if inventive => {
            let first = 1000 + invented.fetch_add(count, Ordering::Relaxed);
            (first..first + count).collect()
        }
        _ => (offset..(offset + count).min(total)).collect::<Vec<_>>(),
    };
    let all = match step % 8 {
        4 => usize::from(step / 8),
        7 => usize::MAX,
        _ => total,
    };
    let items: Vec<_> = ids
        .iter()
        .map(|id| json!({ "id": id.to_string(), "status": "available" }))
        .collect();
    json(200, json!({ "count": all, "items": items }).to_string())
}
