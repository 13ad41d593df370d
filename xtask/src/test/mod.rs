//! `cargo xtask test`: everything that is proved by running it.

mod binaries;
mod clock;
mod elsewhere;
mod part;
mod table;

use std::env;

use clock::now;
use part::{Outcome, Part};

use crate::{
    codegen,
    failure::Failure,
    fuzz, pictures,
    run::{cargo, command, read, root},
    suites::{self, Source},
    tools,
};

/// Runs every part, whatever becomes of the parts before it, and ends with a table.
///
/// With `--elsewhere`, runs the built test binaries as they would run on machines that are less
/// kind than a developer's: see [`elsewhere::parts`].
///
/// # Errors
///
/// A part failed.
pub(crate) fn test(arguments: &[String]) -> Result<(), Failure> {
    let parts = match arguments {
        [] => here(),
        [flag] if flag == "--elsewhere" => elsewhere::parts()?,
        _ => return Err("usage: cargo xtask test [--elsewhere]".into()),
    };
    print!("{}", table::table(&parts));
    let failed = parts.iter().filter(|part| part.outcome.failed > 0).count();
    if failed == 0 {
        Ok(())
    } else {
        Err(format!("{failed} of {} parts failed", parts.len()).into())
    }
}

/// The generated files are as the contract says; then unit, property, end-to-end and
/// interoperation tests, and the examples of the documentation; then other libraries and ours on
/// each other's tokens, and hostile input for a few seconds.
fn here() -> Vec<Part> {
    let mut parts = vec![task("generated files", || {
        codegen::check().map(|()| Outcome::passed())
    })];
    let (build, binaries) = binaries::build();
    parts.push(build);
    parts.extend(binaries.iter().map(binaries::Binary::run));
    parts.push(part::run(
        "documentation examples",
        cargo(&["test", "--workspace", "--all-features", "--doc"]).arg("--no-fail-fast"),
    ));
    // As where there is no operating system.
    let bare = ["--package", "vonage-video-auth", "--no-default-features"];
    parts.push(part::run(
        "auth without std",
        cargo(&["test", "--quiet", "--no-fail-fast"]).args(bare),
    ));
    // What is compared with stays out of everybody else's dependency tree.
    let bench = ["--locked", "--manifest-path", "benches/auth/Cargo.toml"];
    parts.push(part::run(
        "auth beside other libraries",
        cargo(&["test", "--no-fail-fast", "--test", "interop"]).args(bench),
    ));
    parts.push(part::run(
        "auth with another signer",
        cargo(&["run", "--quiet", "--example", "aws_lc_signer"]).args(bench),
    ));
    if let Some(program) = binaries.iter().find_map(|binary| binary.program.as_deref()) {
        let source = Source::Checkout(program);
        let suite = |suite: &suites::Suite| {
            task(&format!("a suite in {}", suite.name), || {
                match suite.missing() {
                    None => suite
                        .run(&suite.home(), &source)
                        .map(|()| Outcome::passed()),
                    Some(why) => tools::skip(&why).map(|()| Outcome::skipped(why)),
                }
            })
        };
        parts.extend(suites::SUITES.iter().map(suite));
    }
    // The programs to copy are a workspace of their own, too, which shares the build folder. Not
    // `--locked`: a new dependency of a crate here would have to be written into that lock file.
    parts.push(part::run(
        "examples",
        cargo(&["test", "--workspace", "--no-fail-fast"]).current_dir(root().join("examples")),
    ));
    parts.push(task("pictures", || match pictures::missing() {
        None => pictures::pictures(&["--check".to_owned()]).map(|()| Outcome::passed()),
        Some(why) => tools::skip(&why).map(|()| Outcome::skipped(why)),
    }));
    // A machine with nothing but Rust may lack what libFuzzer is written in.
    let compiler = env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
    let found = read(&mut command(&compiler, &["--version"])).is_ok();
    parts.push(task("fuzzing", || {
        if found {
            fuzz::fuzz(&[]).map(|()| Outcome::passed())
        } else {
            let why = "it needs a C++ compiler";
            tools::skip(why).map(|()| Outcome::skipped(why.to_owned()))
        }
    }));
    parts
}

/// A part that is a function of this program.
fn task(name: &str, work: impl FnOnce() -> Result<Outcome, Failure>) -> Part {
    eprintln!("+ {name}");
    let began = now();
    let outcome = work().unwrap_or_else(|failure| {
        eprintln!("{name}: {failure}");
        Outcome::failed(failure.to_string())
    });
    Part::new(name, outcome, began)
}
