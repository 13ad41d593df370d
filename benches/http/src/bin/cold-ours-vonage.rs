//! The first request of this client, on Vonage.

use http_bench::{cold::first_answer, contenders::Ours};

fn main() {
    first_answer(Ours::vonage);
}
