//! The page at the root: what is served, and, where there are Chromium and Node, what it does.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail"
)]

mod common;

use std::{env, path::PathBuf, process::Command};

use common::Api;
use vonage_video_emulator::Emulator;

#[tokio::test]
async fn nothing_but_its_own_parts_may_be_loaded() {
    let api = Api::vonage();
    let page = api.get("GET", "/", String::new()).await;
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let html = String::from_utf8(page.body().to_vec()).unwrap();
    assert!(!html.contains("://"), "it asks nobody else");
    for part in html
        .split('"')
        .filter(|part| part.starts_with("/_emulator/page/"))
    {
        let part = api.get("GET", part, String::new()).await;
        assert_eq!(part.status(), 200);
        let text = String::from_utf8(part.body().to_vec()).unwrap();
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
        ] {
            let uses = text
                .lines()
                .filter(|line| line.contains(sink) && !line.starts_with("//"));
            assert_eq!(uses.count(), 0, "{sink}");
        }
    }
}

fn program(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|file| file.is_file())
}

/// Run with `PAGE_SCREENSHOT=FILE` to keep a picture of it.
#[tokio::test(flavor = "multi_thread")]
async fn it_works_in_a_browser() {
    let browser = program(&["chromium", "chromium-browser", "google-chrome"]);
    let (Some(browser), Some(node)) = (browser, program(&["node"])) else {
        eprintln!("skipped: there is no Chromium, or no Node");
        return;
    };
    let emulator = Emulator::start().await.unwrap();
    let mut command = Command::new(node);
    command
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/page/drive.mjs"))
        .arg(browser)
        .arg(emulator.url());
    command.args(env::var_os("PAGE_SCREENSHOT"));
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
}
