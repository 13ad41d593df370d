//! A short soak. `cargo xtask soak` runs a long one and prints its report.

use vonage_video_tests::soak::{Settings, soak};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_faults_every_effect_happens_once_and_nothing_is_left_open() {
    let report = soak(Settings {
        rounds: 12,
        workers: 8,
        seed: 20,
    })
    .await;
    println!("{report}");
    assert!(report.calls > 8 * 12 * 8, "{report}");
    assert!(report.retries > 20, "the faults had no effect: {report}");
    assert_eq!(report.duplicated, [""; 0], "{report}");
    assert_eq!(report.lost, [""; 0], "{report}");
    assert_eq!(report.denied, [""; 0], "{report}");
    if cfg!(target_os = "linux") {
        assert!(report.descriptors.1 <= report.descriptors.0, "{report}");
    }
}
