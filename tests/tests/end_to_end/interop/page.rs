//! The emulator's page in headless Chromium.

use std::env;

use vonage_video_emulator::Emulator;
use vonage_video_tests::interop::{Browser, run};

/// Run with `PAGE_SCREENSHOT=FILE` to keep a picture of it.
#[tokio::test(flavor = "multi_thread")]
async fn the_page_works_in_a_browser() {
    let Some(browser) = Browser::get() else {
        return;
    };
    let emulator = Emulator::start().await.expect("an emulator");
    let mut command = browser.driver("page.mjs");
    let project = emulator.opentok().expect("a demo");
    command
        .env("OPENTOK_API_KEY", project.id())
        .env("OPENTOK_API_SECRET", project.secret().expect("a secret"))
        .arg(emulator.url());
    command.args(env::var_os("PAGE_SCREENSHOT"));
    let (output, success) = tokio::task::spawn_blocking(move || run(&mut command, b""))
        .await
        .expect("an end");
    assert!(success, "{output}");
}
