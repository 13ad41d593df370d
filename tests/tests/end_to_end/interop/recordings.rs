//! The recordings of the Python SDKs are what the locked versions send.

use std::fs;

use vonage_video_tests::{interop::Kit, place::sources};

#[test]
fn the_recordings_are_what_the_locked_python_sdks_send() {
    let Some(sdks) = Kit::Python.get() else {
        return;
    };
    let output = sdks.driver("record.py").output().expect("Python");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let recorded = sources().join("fixtures/wire/recorded_python.json");
    let kept = fs::read_to_string(&recorded).expect("recordings");
    let sent = String::from_utf8_lossy(&output.stdout);
    let changed = kept
        .lines()
        .zip(sent.lines())
        .find(|(kept, sent)| kept != sent);
    assert_eq!(
        changed,
        None,
        "record again: tests/interop/python/record.py > {}",
        recorded.display()
    );
    assert_eq!(kept.lines().count(), sent.lines().count());
}
