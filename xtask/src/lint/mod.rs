//! `cargo xtask lint`: everything that is checked without running the product.

mod budgets;
mod features;
mod layers;
mod openapi;
mod portable;
mod tidy;

use crate::{
    Failure,
    run::{cargo, read, run},
    tools,
};

/// A check's name and what it does.
type Check = (&'static str, fn() -> Result<(), Failure>);

const CHECKS: &[Check] = &[
    ("tidy", tidy::check),
    ("layers", layers::check),
    ("features", features::check),
    ("budgets", budgets::check),
    ("portable", portable::check),
    ("fmt", fmt),
    ("openapi", openapi::check),
    ("clippy", clippy),
    ("doc", || {
        run(
            cargo(&["doc", "--workspace", "--all-features", "--no-deps"])
                .env("RUSTDOCFLAGS", "-D warnings"),
        )
    }),
    ("deny", deny),
];

/// Runs the checks named, or all; each is run even when one before it failed.
pub(crate) fn lint(names: &[String]) -> Result<(), Failure> {
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

/// Also what is a workspace of its own.
fn fmt() -> Result<(), Failure> {
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    for folder in ["benches/auth", "benches/http", "fuzz"] {
        let manifest = format!("{folder}/Cargo.toml");
        run(&mut cargo(&[
            "fmt",
            "--check",
            "--manifest-path",
            &manifest,
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
    // Advisories come over the network from outside the package registries; they are for a machine that has it.
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
    Ok(())
}
