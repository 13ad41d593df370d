//! How long a clean release build of each crate takes, its sources fetched beforehand: on the wall,
//! and of processor time, which does not depend on how many cores there are and what else they do.

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
    println!(
        "\n| clean release build | processor seconds | seconds | crates |\n|---|---:|---:|---:|"
    );
    for (name, dependency) in TREES {
        match measure(dependency) {
            Ok(Build {
                processor,
                wall,
                crates,
            }) => println!("| {name} | {processor:.1} | {wall:.1} | {crates} |"),
            Err(error) => println!("| {name} | {error} | | |"),
        }
    }
}

struct Build {
    processor: f64,
    wall: f64,
    crates: usize,
}

fn measure(dependency: &str) -> Result<Build, String> {
    let folder = std::env::temp_dir().join(format!("auth-bench-build-{}", std::process::id()));
    let result = measure_in(&folder, dependency).map_err(|error| error.to_string());
    let _ = fs::remove_dir_all(&folder);
    result
}

fn measure_in(folder: &Path, dependency: &str) -> std::io::Result<Build> {
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
    let (started, spent) = (Instant::now(), children_processor_seconds());
    let built = cargo(&["build", "--release", "--offline"])?;
    if !built.status.success() {
        return Err(std::io::Error::other("the build failed"));
    }
    Ok(Build {
        processor: children_processor_seconds() - spent,
        wall: started.elapsed().as_secs_f64(),
        crates: crates.len(),
    })
}

/// Of all programs that this one started and waited for, and theirs.
fn children_processor_seconds() -> f64 {
    let mut usage = std::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the pointer is to a rusage that lives until the call returns, and zeros are one.
    let usage = unsafe {
        assert_eq!(
            libc::getrusage(libc::RUSAGE_CHILDREN, usage.as_mut_ptr()),
            0
        );
        usage.assume_init()
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}
