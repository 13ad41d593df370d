//! `cargo xtask bench NAME`: speed, side by side with named contenders in one run.

use std::fs;

use crate::{
    failure::Failure,
    run::{cargo, root, run},
};

/// Runs one benchmark with the arguments that follow its name. Each is a workspace of its own, so
/// that its contenders are in nobody else's tree.
pub(crate) fn bench(arguments: &[String]) -> Result<(), Failure> {
    let names = names()?;
    let Some((name, rest)) = arguments
        .split_first()
        .filter(|(name, _)| names.contains(name))
    else {
        return Err(format!("it takes one of: {}", names.join(", ")).into());
    };
    let manifest = format!("benches/{name}/Cargo.toml");
    run(cargo(&[
        "run",
        "--release",
        "--quiet",
        "--locked",
        "--manifest-path",
        &manifest,
        "--",
    ])
    .args(rest))
}

fn names() -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("benches"))? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").exists() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}
