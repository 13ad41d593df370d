//! `call`: any operation by its name, JSON in and JSON out.

use vonage_video::ROUTES;

use crate::{
    arguments::{Call, Common},
    failure::Failure,
    input,
    output::{json, print},
    send,
};

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
