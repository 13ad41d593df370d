//! The least that a first request costs: a socket and TLS, without a client.

use http_bench::{cold::first_answer, contenders::Limit};

fn main() {
    first_answer(Limit::new);
}
