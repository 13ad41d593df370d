//! `call`: any operation by its name, JSON in and JSON out.

use clap::Args;
use vonage_video::ROUTES;

use crate::{
    failure::Failure,
    input,
    options::{Common, Whose},
    output::{json, print},
    send,
};

#[derive(Args)]
pub(crate) struct Call {
    /// The operation, such as `start_archive`; without it, all are listed
    pub(crate) operation: Option<String>,
    /// One JSON object with body fields and path parameters under the API's names
    #[arg(
        long,
        default_value = "{}",
        value_name = "JSON|@FILE|-",
        allow_hyphen_values = true
    )]
    pub(crate) input: String,
    #[command(flatten)]
    pub(crate) whose: Whose,
}

pub(crate) fn run(call: &Call, common: &Common) -> Result<(), Failure> {
    let Some(name) = &call.operation else {
        return list();
    };
    let prepared = send::prepare(name, &input::read(&call.input)?)?;
    match prepared.send(&call.whose, common)? {
        Some(body) => print(json(&body, false)),
        None => Ok(()),
    }
}

fn list() -> Result<(), Failure> {
    let mut all = ROUTES.to_vec();
    all.sort_by_key(|meta| (meta.resource, meta.id));
    all.iter()
        .try_for_each(|meta| print(format_args!("{:<24} {}", meta.id, meta.doc)))
}
