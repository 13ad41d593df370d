//! A child process: how long it takes to read a list.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use vonage_video::{Archive, Operation, Page, operations::ListArchives};

use crate::archives::{self, PlainList};

/// What reads, and the microseconds that a list takes, each by one line. A turn is one list, and
/// the turns are interleaved.
pub fn run(span: Duration) {
    let body = archives::list().into_bytes();
    let readers: [(&str, &dyn Fn() -> usize); 4] = [
        ("limit", &|| {
            serde_json::from_slice::<PlainList>(&body)
                .expect("a list")
                .items
                .len()
        }),
        ("checked", &|| {
            let text = std::str::from_utf8(&body).expect("UTF-8");
            serde_json::from_str::<PlainList>(text)
                .expect("a list")
                .items
                .len()
        }),
        ("ours", &|| {
            ListArchives::decode_output(&body)
                .expect("a list")
                .items
                .len()
        }),
        ("ours-slice", &|| {
            serde_json::from_slice::<Page<Archive>>(&body)
                .expect("a list")
                .items
                .len()
        }),
    ];
    let mut spent = [Duration::ZERO; 4];
    let started = Instant::now();
    let mut turns = 0;
    while started.elapsed() < span {
        for ((_, read), spent) in readers.iter().zip(&mut spent) {
            let started = Instant::now();
            assert_eq!(black_box(read()), archives::LISTED);
            *spent += started.elapsed();
        }
        turns += 1;
    }
    for ((name, _), spent) in readers.iter().zip(spent) {
        println!("{name} {}", spent.as_secs_f64() * 1e6 / f64::from(turns));
    }
}
