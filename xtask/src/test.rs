//! `cargo xtask test`: everything that is proved by running it.

use crate::{
    Failure, codegen,
    run::{cargo, run},
};

/// The generated files are as the contract says; then unit, property, end-to-end and interoperation tests, and the documentation's examples.
pub(crate) fn test() -> Result<(), Failure> {
    codegen::check()?;
    run(&mut cargo(&["test", "--workspace", "--all-features"]))
}
