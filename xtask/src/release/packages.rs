//! Inspects the packages that were published: what each must hold, and what none may.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use flate2::read::GzDecoder;
use serde_json::{Value, json};

use super::{context::Release, publish};
use crate::failure::Failure;

/// What each manifest says.
const MANIFEST: &[&str] = &[
    "description",
    "license",
    "readme",
    "keywords",
    "categories",
    "rust_version",
];
/// What each package holds.
const NEEDED: &[&str] = &[
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "README.md",
    "Cargo.toml",
    "Cargo.lock",
];
/// What else may stand at its root, or by its whole path.
const ALLOWED: &[&str] = &[
    "Cargo.toml.orig",
    ".cargo_vcs_info.json",
    "api/openapi.json",
    "docs",
    "examples",
    "src",
];
/// The only private key that is published: the demo project's, which is known to all.
const DEMO_KEY: &str = "private-key-known-to-all.pem";
/// The size of a package, compressed. The emulator's is the largest: it has a page, the script for
/// web pages and an encoder in it.
const BUDGET_KIB: u64 = 320;

/// Fails with everything that is wrong with any package.
pub(super) fn inspect(release: &Release) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for (name, package) in &publish::packages(release)? {
        let unsaid = unsaid(&package.manifest).into_iter();
        wrong.extend(unsaid.map(|key| format!("{name} has no {key} in its manifest")));
        let file = release.registry.published(name, &release.version);
        let kib = fs::metadata(&file)?.len().div_ceil(1024);
        let files = unpack(&file, &format!("{name}-{}", release.version))?;
        eprintln!("         {name}: {} files, {kib} KiB", files.len());
        if kib > BUDGET_KIB {
            wrong.push(format!("{name} has {kib} KiB, more than {BUDGET_KIB}"));
        }
        wrong.extend(
            faults(&files)
                .into_iter()
                .map(|fault| format!("{name} {fault}")),
        );
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

/// What a registry shows of a package that its manifest does not say. There is no `repository`
/// until there is one.
fn unsaid(manifest: &Value) -> Vec<&'static str> {
    let filled = |value: &Value| match value {
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    let is_library = |target: &Value| target["kind"] == json!(["lib"]);
    let mut unsaid = MANIFEST.to_vec();
    unsaid.retain(|key| !filled(&manifest[*key]));
    let targets = manifest["targets"].as_array();
    if targets.is_some_and(|targets| targets.iter().any(is_library))
        && manifest["metadata"]["docs"]["rs"]["all-features"] != true
    {
        unsaid.push("metadata.docs.rs.all-features");
    }
    unsaid
}

/// The files of a package, by path below its folder.
fn unpack(package: &Path, folder: &str) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(package)?));
    let mut files = Vec::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry
            .path()?
            .strip_prefix(folder)?
            .to_string_lossy()
            .into_owned();
        let mut text = Vec::new();
        entry.read_to_end(&mut text)?;
        files.push((path, text));
    }
    Ok(files)
}

fn faults(files: &[(String, Vec<u8>)]) -> Vec<String> {
    let missing = NEEDED
        .iter()
        .filter(|needed| !files.iter().any(|(path, _)| path == *needed));
    let mut faults: Vec<String> = missing.map(|needed| format!("has no {needed}")).collect();
    for (path, text) in files {
        let root = path.split('/').next().unwrap_or_default();
        let belongs = |name: &str| NEEDED.contains(&name) || ALLOWED.contains(&name);
        if !belongs(root) && !belongs(path) {
            faults.push(format!("has {path}, which does not belong there"));
        }
        let key = b"PRIVATE KEY-----";
        let is_key = !path.ends_with(".rs") && text.windows(key.len()).any(|part| part == key);
        if is_key && !path.ends_with(DEMO_KEY) {
            faults.push(format!("has {path}, which is a private key"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(more: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
        let needed = NEEDED.iter().map(|name| (*name, ""));
        let files = needed.chain(more.iter().copied());
        files
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn what_a_manifest_leaves_unsaid_is_named() {
        let mut manifest = json!({
            "description": "d", "license": "l", "readme": "r", "keywords": ["k"],
            "categories": ["c"], "rust_version": "1.85", "targets": [{"kind": ["lib"]}],
            "metadata": {"docs": {"rs": {"all-features": true}}},
        });
        assert_eq!(unsaid(&manifest), [""; 0]);
        manifest["keywords"] = json!([]);
        manifest["readme"] = Value::Null;
        manifest["metadata"] = Value::Null;
        assert_eq!(
            unsaid(&manifest),
            ["readme", "keywords", "metadata.docs.rs.all-features"]
        );
    }

    #[test]
    fn a_complete_package_has_no_fault() {
        let key = "-----BEGIN PRIVATE KEY-----";
        let demo = format!("src/demo/{DEMO_KEY}");
        let files = package(&[("src/lib.rs", key), (&demo, key), ("examples/a.rs", "")]);
        assert_eq!(faults(&files), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_named() {
        let mut files = package(&[
            ("tests/fixtures/a.pem", "-----BEGIN RSA PRIVATE KEY-----"),
            ("notes.txt", ""),
        ]);
        files.retain(|(path, _)| path != "LICENSE-MIT");
        assert_eq!(
            faults(&files),
            [
                "has no LICENSE-MIT",
                "has tests/fixtures/a.pem, which does not belong there",
                "has tests/fixtures/a.pem, which is a private key",
                "has notes.txt, which does not belong there",
            ]
        );
    }
}
