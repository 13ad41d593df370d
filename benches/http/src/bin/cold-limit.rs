use http_bench::{cold::first_answer, contenders::Limit};

fn main() {
    first_answer(Limit::new);
}
