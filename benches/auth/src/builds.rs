//! How long a clean release build of each crate takes, its sources fetched beforehand.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// What a user would write into Cargo.toml.
const TREES: [(&str, &str); 4] = [
    (
        "**vonage-video-auth**",
        concat!(
            "vonage-video-auth = { path = \"",
            env!("CARGO_MANIFEST_DIR"),
            "/../../crates/vonage-video-auth\" }"
        ),
    ),
    (
        "jsonwebtoken, rust_crypto",
        "jsonwebtoken = { version = \"11\", features = [\"rust_crypto\"] }",
    ),
    (
        "jsonwebtoken, aws_lc_rs",
        "jsonwebtoken = { version = \"11\", features = [\"aws_lc_rs\"] }",
    ),
    ("livekit-token", "livekit-token = \"0.4\""),
];

pub fn print() {
    println!("\n| clean release build | seconds | crates |\n|---|---:|---:|");
    for (name, dependency) in TREES {
        match measure(dependency) {
            Ok((seconds, crates)) => println!("| {name} | {seconds:.1} | {crates} |"),
            Err(error) => println!("| {name} | {error} | |"),
        }
    }
}

fn measure(dependency: &str) -> Result<(f64, usize), String> {
    let folder = std::env::temp_dir().join(format!("auth-bench-build-{}", std::process::id()));
    let result = measure_in(&folder, dependency).map_err(|error| error.to_string());
    let _ = fs::remove_dir_all(&folder);
    result
}

fn measure_in(folder: &Path, dependency: &str) -> std::io::Result<(f64, usize)> {
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    let manifest = format!(
        "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependency}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command
            .args(arguments)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .output()
    };
    cargo(&["fetch"])?;
    let tree = cargo(&[
        "tree", "--edges", "normal", "--prefix", "none", "--format", "{p}",
    ])?;
    let tree = String::from_utf8_lossy(&tree.stdout);
    let crates: std::collections::HashSet<&str> = tree
        .lines()
        .skip(1)
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    let started = Instant::now();
    let built = cargo(&["build", "--release", "--offline"])?;
    if !built.status.success() {
        return Err(std::io::Error::other("the build failed"));
    }
    Ok((started.elapsed().as_secs_f64(), crates.len()))
}
