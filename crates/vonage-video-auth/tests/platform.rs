//! What the crate may not reach for: files, threads, processes and the network nowhere, the clock
//! and the environment in one gated place each.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

use std::path::{Path, PathBuf};

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                // Tests may do as they like.
                let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
                found.push((path, code));
            }
        }
    }
    let mut found = Vec::new();
    walk(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut found,
    );
    assert!(found.len() > 30, "only {} files", found.len());
    found
}

/// The code lines that mention `what`, each with the gate above its item, if any.
fn uses(what: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let lines: Vec<_> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") || !code.contains(what) {
                continue;
            }
            let gated = lines[..number]
                .iter()
                .rev()
                .take(15)
                .any(|line| line.contains("cfg(feature = \"std\")"));
            found.push((
                path.file_name().unwrap().to_string_lossy().into_owned(),
                gated,
            ));
        }
    }
    found
}

#[test]
fn nothing_needs_threads_processes_or_the_network() {
    for what in [
        "std::thread",
        "thread_local!",
        "std::process",
        "TcpStream",
        "UdpSocket",
        "ToSocketAddrs",
        "Instant::now",
        "std::os",
        "tokio",
        "static mut",
    ] {
        assert_eq!(uses(what), [], "{what}");
    }
    // Addresses as values, in the allow list.
    assert!(
        uses("std::net")
            .iter()
            .all(|(file, _)| file == "network.rs")
    );
}

#[test]
fn files_clock_and_environment_are_behind_the_feature() {
    let gated = |what: &str, file: &str, count: usize| {
        let found = uses(what);
        assert_eq!(found.len(), count, "{what}: {found:?}");
        assert!(
            found.iter().all(|(name, gated)| name == file && *gated),
            "{what}: {found:?}"
        );
    };
    gated("SystemTime::now", "time.rs", 1);
    gated("std::fs", "public.rs", 1);
    // The whole module is behind the feature.
    let environment = uses("std::env");
    assert_eq!(
        environment,
        [("environment_variables.rs".to_owned(), false)]
    );
    let module = sources()
        .into_iter()
        .find(|(path, _)| path.ends_with("credentials/mod.rs"))
        .unwrap()
        .1;
    assert!(module.contains("#[cfg(feature = \"std\")]\nmod environment_variables;"));
}
