//! `testing`: the program beside its tests, which `cargo test` runs.

use crate::{program::Program, stage::Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_lesson_is_recorded() {
    let stage = Stage::new().await;
    let arguments = [stage.session.as_str()];
    let run = || Program::start("testing", &arguments, &stage.emulator).end();
    assert_eq!(run(), "nobody is there");
    stage.join();
    let first = run();
    assert!(first.starts_with("recording archive "), "{first}");
    assert_eq!(run(), first);
}
