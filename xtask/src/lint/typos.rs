//! Spelling, by a list of known misspellings; `.typos.toml` says what is meant as it stands.

use crate::{
    failure::Failure,
    run::{command, run},
    tools,
};

pub(super) fn check() -> Result<(), Failure> {
    let Some(python) = tools::python_tool("typos", "1.52.0")? else {
        return Ok(());
    };
    let program = python.with_file_name("typos");
    run(&mut command(
        &program.to_string_lossy(),
        &["--format", "brief"],
    ))
}
