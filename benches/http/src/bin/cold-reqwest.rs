//! The first request of reqwest.

use http_bench::{cold::first_answer, contenders::Reqwest};

fn main() {
    first_answer(Reqwest::new);
}
