//! A long soak: `cargo xtask soak [ROUNDS]`. It takes three minutes at most.

use std::time::Duration;

use vonage_video_tests::soak::{Settings, soak};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let rounds = std::env::args()
        .nth(1)
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(100);
    let report = soak(Settings {
        rounds,
        workers: 16,
        seed: 1,
        limit: Duration::from_secs(180),
    })
    .await;
    println!("{report}");
    let wrong = report.duplicated.len() + report.lost.len() + report.denied.len();
    std::process::exit(i32::from(wrong > 0));
}
