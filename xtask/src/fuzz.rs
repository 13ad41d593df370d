//! `cargo xtask fuzz`: hostile input for every parser, guided by coverage.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use crate::{
    failure::Failure,
    run::{cargo, read, root, run},
};

const SECONDS: u32 = 5;

/// What libFuzzer needs to see where an input went: the passes that cargo-fuzz asks for, all of
/// them in stable compilers.
const INSTRUMENTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Runs the targets named, or all, from the inputs in `fuzz/seeds` and what earlier runs found.
/// Needs a C++ compiler.
pub(crate) fn fuzz(arguments: &[String]) -> Result<(), Failure> {
    let known = targets(&root().join("fuzz/targets"))?;
    let (names, seconds) = chosen(arguments, &known)?;
    let programs = build()?;
    let folder = root().join("target/fuzz");
    fs::create_dir_all(folder.join("crashes"))?;

    let mut failed = Vec::new();
    let at_once = thread::available_parallelism().map_or(1, usize::from);
    for batch in names.chunks(at_once) {
        let ends = thread::scope(|scope| {
            let running: Vec<_> = batch
                .iter()
                .map(|name| {
                    let (program, folder) = (programs.join(name), &folder);
                    scope.spawn(move || one(&program, folder, name, seconds))
                })
                .collect();
            running
                .into_iter()
                .map(|run| {
                    run.join()
                        .unwrap_or_else(|_| Err("it cannot be run".to_owned()))
                })
                .collect::<Vec<_>>()
        });
        for (name, end) in batch.iter().zip(ends) {
            match end {
                Ok(words) => println!("fuzz {name}: ok, {words}"),
                Err(words) => {
                    println!("fuzz {name}: FAILED\n{words}");
                    failed.push(name.as_str());
                }
            }
        }
    }
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("failed: {}", failed.join(", ")).into())
    }
}

/// A target is a file, and its name in `Cargo.toml` is the file's.
fn targets(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Some(name) = path.file_stem() {
            names.push(name.to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn chosen(arguments: &[String], known: &[String]) -> Result<(Vec<String>, u32), Failure> {
    let (mut names, mut seconds) = (Vec::new(), SECONDS);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--seconds" {
            seconds = rest
                .next()
                .and_then(|text| text.parse().ok())
                // libFuzzer takes zero for "without end".
                .filter(|seconds| *seconds > 0)
                .ok_or("--seconds takes a whole number")?;
        } else if known.contains(argument) {
            names.push(argument.clone());
        } else {
            return Err(format!(
                "there is no target `{argument}`; there are: {}",
                known.join(", ")
            )
            .into());
        }
    }
    Ok((
        if names.is_empty() {
            known.to_vec()
        } else {
            names
        },
        seconds,
    ))
}

/// The folder of the built targets. With `--target`, the flags are not for build scripts and
/// macros, which nothing could link.
fn build() -> Result<PathBuf, Failure> {
    let version = read(Command::new("rustc").arg("-vV"))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .ok_or("rustc does not say for which machine it builds")?;
    run(cargo(&[
        "build",
        "--release",
        "--quiet",
        "--locked",
        "--manifest-path",
        "fuzz/Cargo.toml",
        "--target-dir",
        "target/fuzz",
        "--target",
        host,
    ])
    .env("RUSTFLAGS", INSTRUMENTED))?;
    Ok(root().join("target/fuzz").join(host).join("release"))
}

/// One run: what it did, or how it failed and with which input.
fn one(program: &Path, folder: &Path, name: &str, seconds: u32) -> Result<String, String> {
    let found = folder.join("corpus").join(name);
    let log = folder.join(format!("{name}.log"));
    let crash = folder.join("crashes").join(format!("{name}-"));
    let status = fs::create_dir_all(&found)
        .and_then(|()| File::create(&log))
        .and_then(|log| {
            Command::new(program)
                .arg(format!("-max_total_time={seconds}"))
                .arg(format!("-artifact_prefix={}", crash.display()))
                .args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"])
                .args([&found, &root().join("fuzz/seeds").join(name)])
                .stdout(log.try_clone()?)
                .stderr(log)
                .status()
        })
        .map_err(|error| format!("{} cannot be run: {error}", program.display()))?;
    let log = fs::read(&log).unwrap_or_default();
    verdict(status.success(), &String::from_utf8_lossy(&log), program)
}

fn verdict(success: bool, log: &str, program: &Path) -> Result<String, String> {
    let after = |label: &str| log.lines().find_map(|line| line.split_once(label));
    if success {
        let inputs =
            after("stat::number_of_executed_units:").map_or("?", |(_, count)| count.trim());
        return Ok(format!("{inputs} inputs"));
    }
    // The message of the panic comes first, and libFuzzer's own stack is of no use without symbols.
    let message = log
        .lines()
        .skip_while(|line| !line.contains("panicked at") && !line.contains("ERROR: libFuzzer"))
        .take_while(|line| !line.contains("NOTE: libFuzzer"))
        .take(12)
        .collect::<Vec<_>>()
        .join("\n");
    let again = after("Test unit written to ").map_or_else(
        || "no input was kept".to_owned(),
        |(_, input)| format!("again: {} {input}", program.display()),
    );
    Err(format!("{message}\n{again}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn all_targets_run_unless_some_are_named() {
        let known = strings(&["key", "token"]);
        assert_eq!(chosen(&[], &known).unwrap(), (known.clone(), SECONDS));
        let some = strings(&["--seconds", "60", "key"]);
        assert_eq!(chosen(&some, &known).unwrap(), (strings(&["key"]), 60));
        for wrong in [&["keys"][..], &["--seconds"], &["--seconds", "0"]] {
            assert!(chosen(&strings(wrong), &known).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn every_target_is_built_and_has_seeds() {
        let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
        let targets = targets(&root().join("fuzz/targets")).unwrap();
        for needed in ["token", "session_id", "key", "webhook"] {
            assert!(targets.iter().any(|target| target == needed), "{needed}");
        }
        for target in targets {
            let bin = format!("name = \"{target}\"\npath = \"targets/{target}.rs\"");
            assert!(manifest.contains(&bin), "{target}");
            let seeds = fs::read_dir(root().join("fuzz/seeds").join(&target)).unwrap();
            assert!(seeds.count() > 1, "{target}");
        }
    }

    #[test]
    fn a_crash_is_shown_with_its_input() {
        let log = "INFO: Seed: 1\nthread '<unnamed>' panicked at targets/key.rs:1:1:\noh\nNOTE: libFuzzer has\n\
                   artifact_prefix='x'; Test unit written to target/fuzz/crashes/key-crash-12\nBase64: AA==\n";
        let words = verdict(false, log, Path::new("key")).unwrap_err();
        assert_eq!(
            words,
            "thread '<unnamed>' panicked at targets/key.rs:1:1:\noh\nagain: key target/fuzz/crashes/key-crash-12"
        );
        let fine = "stat::number_of_executed_units: 1234\n";
        assert_eq!(
            verdict(true, fine, Path::new("key")).unwrap(),
            "1234 inputs"
        );
    }
}
