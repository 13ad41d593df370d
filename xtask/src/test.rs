//! `cargo xtask test`: everything that is proved by running it.

use std::env;

use crate::{
    Failure, codegen, fuzz,
    run::{cargo, command, read, run},
    tools::skip,
};

/// The generated files are as the contract says; then unit, property, end-to-end and interoperation tests, and the documentation's examples; then
/// other libraries and ours on each other's tokens, and hostile input for a few seconds.
pub(crate) fn test() -> Result<(), Failure> {
    codegen::check()?;
    run(&mut cargo(&["test", "--workspace", "--all-features"]))?;
    // As where there is no operating system.
    let bare = ["--package", "vonage-video-auth", "--no-default-features"];
    run(cargo(&["test", "--quiet"]).args(bare))?;
    // What is compared with is in nobody else's tree.
    let bench = ["--locked", "--manifest-path", "benches/auth/Cargo.toml"];
    run(cargo(&["test", "--test", "interop"]).args(bench))?;
    run(cargo(&["run", "--quiet", "--example", "aws_lc_signer"]).args(bench))?;
    // A machine with nothing but Rust may lack what libFuzzer is written in.
    let compiler = env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
    match read(&mut command(&compiler, &["--version"])) {
        Ok(_) => fuzz::fuzz(&[]),
        Err(_) => skip("fuzzing needs a C++ compiler"),
    }
}
