//! Web pages in headless Chromium that join sessions of the emulator, with real media between them.
//!
//! Skipped where there is no Chromium; no network is needed. `tests/interop/browser/rooms.mjs` runs
//! the scenarios; `scenarios.mjs` and `others.mjs` say what happens in each.

use tokio::{sync::Mutex, task::spawn_blocking};
use vonage_video_emulator::Emulator;
use vonage_video_tests::interop::{Browser, run};

/// One browser at a time: several would have too few processors for their media.
static ONE: Mutex<()> = Mutex::const_new(());

async fn plays(scenario: &str) {
    let Some(browser) = Browser::get() else {
        return;
    };
    let _one = ONE.lock().await;
    let emulator = Emulator::start().await.expect("an emulator");
    let project = emulator.opentok().expect("a demo");
    let mut command = browser.driver("rooms.mjs");
    command
        .env("OPENTOK_API_KEY", project.id())
        .env("OPENTOK_API_SECRET", project.secret().expect("a secret"))
        .args([scenario, emulator.url()]);
    let (output, success) = spawn_blocking(move || run(&mut command, b""))
        .await
        .expect("an end");
    assert!(success, "{output}");
}

#[tokio::test(flavor = "multi_thread")]
async fn video_flows_and_events_come_in_order() {
    plays("video").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_emulator_s_page_joins_with_its_camera() {
    plays("join").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_reaches_everybody() {
    plays("chat").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screen_is_shared_until_the_user_stops() {
    plays("screen").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mute_by_rest_reaches_the_page() {
    plays("mute").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disconnect_by_rest_reaches_the_page() {
    plays("disconnect").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_see_an_archive_start_and_stop_and_its_file_plays() {
    plays("archive").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_grows_old_by_a_leap_in_time() {
    plays("tokens").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_keeps_who_migrates() {
    plays("rotation").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_socket_is_resumed_or_ends_the_session() {
    plays("cut").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn four_tabs_see_each_other_time_after_time() {
    plays("crowd").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn simulated_clients_have_a_drawn_picture() {
    plays("simulated").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn telephones_have_a_drawn_picture_and_a_tone() {
    plays("telephone").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_breaks_the_rules_spoils_nothing_for_others() {
    plays("hostile").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn captions_reach_who_subscribes_to_them() {
    plays("captions").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_brings_its_own_elements_and_changes_its_sources() {
    plays("bare").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sound_is_too_short_for_the_level() {
    plays("level").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_declared_member_is_there() {
    plays("members").await;
}
