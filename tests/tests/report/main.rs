//! What hurt users of the official SDKs most, each brought about on purpose: with an official SDK,
//! which shows it, and with ours, which does not.
//!
//! Every row of the report is proved by the function that is named beside it. `cargo xtask interop
//! --report` writes the report; here it is compared.

mod errors;
mod relay;
mod responses;
mod rows;
mod stage;
mod tokens;
mod travel;

use std::{env, fs};

use rows::ROWS;
use vonage_video_tests::{interop::Kit, place::sources};

#[tokio::test(flavor = "multi_thread")]
async fn the_report_is_true() {
    if [Kit::Node, Kit::Python, Kit::Go]
        .iter()
        .any(|kit| kit.get().is_none())
    {
        return;
    }
    for row in ROWS {
        eprintln!("row {}: {}", row.number, row.pain);
        (row.proof)().await;
    }
    assert!(
        ROWS.iter().map(|row| row.number).eq(1..=27),
        "all 27 rows, in order"
    );

    let file = sources().join("../docs/interop-report.md");
    let report = report();
    if env::var("WRITE_REPORT").is_ok() {
        fs::write(&file, report).expect("docs/interop-report.md");
    } else {
        let written = fs::read_to_string(&file).unwrap_or_default();
        assert!(
            written == report,
            "docs/interop-report.md is not what was found; write it with `cargo xtask interop --report`"
        );
    }
}

fn report() -> String {
    let mut report = String::from(
        "# What hurts with the official SDKs, and not here\n\n\
         Written by `cargo xtask interop --report`. Each row is a script that runs against the emulator: it brings the fault about, sees that the official\n\
         SDK named beside it suffers from it, and that this one does not. The test `report` runs all of them and compares this page; a bug that is repaired\n\
         in an official SDK fails it, so that nothing untrue stays here.\n\n",
    );
    report += &format!("Versions: {}.\n\n", versions().join(", "));
    report +=
        "| # | fault | official SDK | what it does | what this one does |\n|---|---|---|---|---|\n";
    for row in ROWS {
        report += &format!(
            "| {} | {} | {} | {} | {} |\n",
            row.number, row.pain, row.sdk, row.theirs, row.ours
        );
    }
    report
}

/// The versions in the lock files.
fn versions() -> Vec<String> {
    let folder = sources().join("interop");
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect("a file");
    let node: serde_json::Value = serde_json::from_str(&read("node/package.json")).expect("JSON");
    let node = node["dependencies"].as_object().expect("dependencies");
    let node = node
        .iter()
        .map(|(name, version)| format!("`{name}` {} (Node)", version.as_str().unwrap_or_default()));
    let python = read("python/requirements.in");
    let python = python.lines().filter_map(|line| line.split_once("=="));
    let go = read("go/go.mod");
    let go = go
        .lines()
        .filter(|line| line.starts_with("require github.com/"))
        .filter_map(|line| line.rsplit_once(" v"))
        .map(|(_, version)| format!("`opentok-go-sdk` {version} (Go)"));
    node.chain(python.map(|(name, version)| format!("`{name}` {version} (Python)")))
        .chain(go)
        .collect()
}
