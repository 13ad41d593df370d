//! The generated OpenAPI document, before a validator that is not ours.

use crate::{
    failure::Failure,
    run::{command, run},
    tools,
};

pub(super) fn check() -> Result<(), Failure> {
    let Some(python) = tools::python_tool("openapi-spec-validator", "0.9.0")? else {
        return Ok(());
    };
    let document = "crates/vonage-video-core/api/openapi.json";
    run(&mut command(
        &python.to_string_lossy(),
        &["-m", "openapi_spec_validator", "--schema", "3.1", document],
    ))
}
