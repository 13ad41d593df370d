//! A short soak. `cargo xtask soak` runs a long one and prints its report.

use std::time::Duration;

use vonage_video_tests::{
    contract::Contract,
    soak::{Settings, soak},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_faults_every_effect_happens_once_and_nothing_is_left_open() {
    let report = soak(Settings {
        rounds: 4,
        workers: 6,
        seed: 20,
        limit: Duration::from_secs(60),
        again: false,
    })
    .await;
    println!("{report}");
    let contract = Contract::read();
    let all: Vec<&str> = contract.operations().collect();
    let called: Vec<&str> = report.operations.iter().copied().collect();
    assert_eq!(called, all, "every operation takes part");
    assert!(report.effects > 2 * 4 * 6 * 8, "{report}");
    assert!(report.retries > 20, "the faults had no effect: {report}");
    for kind in ["Decode", "Api 404", "Api 400", "Api 401"] {
        assert!(report.errors.contains_key(kind), "{kind}: {report}");
    }
    assert!(report.lists_refused > 0, "no list was hostile: {report}");
    assert!(
        report.lists > report.lists_refused,
        "no list was whole: {report}"
    );
    assert_eq!(report.faults(), [""; 0], "{report}");
}
