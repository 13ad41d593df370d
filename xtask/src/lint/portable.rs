//! `vonage-video-auth` without its feature `std` needs no operating system: no files, environment,
//! threads, sockets or clocks.

use std::{path::Path, process::Command};

use crate::{
    failure::Failure,
    run::{cargo, read, root, run},
};

const CRATE: &str = "vonage-video-auth";
const WASM: &str = "wasm32-unknown-unknown";

/// Clippy with a list of its own: `portable/clippy.toml`. Where the target is installed, the crate
/// is also built for it, for which `ring` needs clang.
pub(super) fn check() -> Result<(), Failure> {
    let package = ["--package", CRATE, "--no-default-features"];
    run(without_system(&mut cargo(&["clippy", "--quiet"]), &package))?;
    if installed(&read(Command::new("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        WASM,
    ]))?) {
        for features in ["wasm-js", "wasm-js,std"] {
            run(
                cargo(&["check", "--quiet", "--target", WASM, "--features", features])
                    .args(package),
            )?;
        }
    }
    Ok(())
}

fn without_system<'c>(clippy: &'c mut Command, package: &[&str]) -> &'c mut Command {
    clippy
        .env("CLIPPY_CONF_DIR", root().join("xtask/src/lint/portable"))
        .args(package)
        .args([
            "--",
            "-D",
            "clippy::disallowed_methods",
            "-D",
            "clippy::disallowed_types",
        ])
        .args(["-D", "clippy::print_stdout", "-D", "clippy::print_stderr"])
}

fn installed(libraries: &str) -> bool {
    Path::new(libraries.trim()).is_dir()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_needs_a_system_is_found_under_any_name() {
        let folder = root().join("target/tmp/portable");
        fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = "[package]\nname = \"portable\"\nedition = \"2024\"\n[features]\nstd = []\n[workspace]\n";
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        let clippy = |code: &str| {
            fs::write(folder.join("src/lib.rs"), code).unwrap();
            let mut clippy = cargo(&["clippy", "--quiet"]);
            let output = without_system(&mut clippy, &[])
                .current_dir(&folder)
                .env("CARGO_TARGET_DIR", folder.join("target"))
                .output()
                .unwrap();
            (
                output.status.success(),
                String::from_utf8(output.stderr).unwrap(),
            )
        };

        let fine = "pub fn f() -> std::time::Duration { std::time::Duration::ZERO }\n\
                    #[cfg(feature = \"std\")] pub fn g() { drop(std::fs::read(\"x\")); }\n";
        assert_eq!(clippy(fine), (true, String::new()));
        for (code, found) in [
            (
                "use std::{fs as f}; pub fn g() { drop(f::read(\"x\")); }",
                "std::fs::read",
            ),
            (
                "pub fn g(at: &std::path::Path) -> bool { at.exists() }",
                "std::path::Path::exists",
            ),
            (
                "pub fn g() -> Option<String> { use std::env::*; var(\"X\").ok() }",
                "std::env::var",
            ),
            (
                "pub struct G(pub std::sync::Condvar);",
                "std::sync::Condvar",
            ),
            (
                "use std::net::*; pub fn g(_: TcpStream) {}",
                "std::net::TcpStream",
            ),
            (
                "pub fn g() { std::thread::spawn(|| ()); }",
                "std::thread::spawn",
            ),
            ("pub fn g() { println!(); }", "println"),
        ] {
            let (success, words) = clippy(code);
            assert!(!success && words.contains(found), "{code}: {words}");
        }
    }

    #[test]
    fn a_target_is_installed_where_its_libraries_are() {
        assert!(installed(&format!("{}\n", root().display())));
        assert!(!installed(
            &root().join("no-such-target/lib").to_string_lossy()
        ));
    }
}
