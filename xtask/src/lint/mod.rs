//! `cargo xtask lint`: everything that is checked without running the product.

mod aliases;
mod budgets;
mod comments;
mod features;
mod figures;
mod imports;
mod layers;
mod links;
mod minimum;
mod openapi;
mod portable;
mod readmes;
mod rooms;
mod sources;
mod tidy;
mod typos;

use std::fs;

use crate::{
    failure::Failure,
    run::{cargo, command, read, root, run},
    tools,
};

/// A check's name and what it does.
type Check = (&'static str, fn() -> Result<(), Failure>);

const CHECKS: &[Check] = &[
    ("tidy", tidy::check),
    ("comments", comments::check),
    ("typos", typos::check),
    ("layers", || layers::check().and_then(|()| rooms::check())),
    ("features", features::check),
    ("budgets", budgets::check),
    ("portable", portable::check),
    ("figures", figures::check),
    ("aliases", aliases::check),
    ("readmes", readmes::check),
    ("fmt", fmt),
    ("openapi", openapi::check),
    ("clippy", clippy),
    ("doc", || {
        run(
            cargo(&["doc", "--workspace", "--all-features", "--no-deps"])
                .env("RUSTDOCFLAGS", "-D warnings"),
        )
    }),
    // It looks at what `doc` has written.
    ("links", links::check),
    ("deny", deny),
    ("minimum", minimum::check),
];

/// Runs the checks named, or all; each is run even when one before it failed. With
/// `layers --count [FOLDER]`, prints the size of each crate's structure instead.
pub(crate) fn lint(names: &[String]) -> Result<(), Failure> {
    if let [layers, count, folder @ ..] = names
        && layers == "layers"
        && count == "--count"
    {
        return rooms::count(folder.first());
    }
    if let Some(unknown) = names
        .iter()
        .find(|name| !CHECKS.iter().any(|(known, _)| known == name))
    {
        let known: Vec<_> = CHECKS.iter().map(|(name, _)| *name).collect();
        return Err(format!(
            "there is no check `{unknown}`; there are: {}",
            known.join(", ")
        )
        .into());
    }
    let chosen = CHECKS
        .iter()
        .filter(|(name, _)| names.is_empty() || names.iter().any(|chosen| chosen == name));
    let mut failed = Vec::new();
    for (name, check) in chosen {
        match check() {
            Ok(()) => println!("lint {name}: ok"),
            Err(failure) => {
                println!("lint {name}: FAILED\n{failure}");
                failed.push(*name);
            }
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("failed: {}", failed.join(", ")).into())
    }
}

fn fmt() -> Result<(), Failure> {
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    // Each of the others is a workspace of its own.
    let manifests = read(&mut command("git", &["ls-files", "*Cargo.toml"]))?;
    for manifest in manifests.lines() {
        let text = fs::read_to_string(root().join(manifest)).unwrap_or_default();
        if manifest == "Cargo.toml" || !text.lines().any(|line| line == "[workspace]") {
            continue;
        }
        run(&mut cargo(&[
            "fmt",
            "--all",
            "--check",
            "--manifest-path",
            manifest,
        ]))?;
    }
    Ok(())
}

fn clippy() -> Result<(), Failure> {
    run(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--all-features",
        "--",
        "-D",
        "warnings",
    ]))
}

fn deny() -> Result<(), Failure> {
    tools::install("cargo-deny", "0.20.2")?;
    let output = read(&mut cargo(&[
        "deny",
        "--log-level",
        "error",
        "check",
        "bans",
        "licenses",
        "sources",
    ]))?;
    print!("{output}");
    advisories()
}

/// The database of advisories is a repository of its own: where it cannot be fetched, that is said.
fn advisories() -> Result<(), Failure> {
    // Without an answer, git waits for minutes.
    let mut fetch = command("timeout", &["60", "cargo", "deny", "fetch", "db"]);
    if read(&mut fetch).is_err() {
        println!(
            "lint deny: advisories are not checked: their database cannot be fetched from here"
        );
        return Ok(());
    }
    run(&mut cargo(&[
        "deny",
        "check",
        "--disable-fetch",
        "advisories",
    ]))
}
