//! `faults`: trouble on request.

use http::StatusCode;
use serde_json::json;

use super::{Call, Fault, Reply, unknown};
use crate::{site::fault, world::World};

pub(super) fn serve(world: &mut World, rest: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => {}
        ("POST", []) => {
            let fault: fault::Fault = call.body()?;
            world
                .faults
                .add(fault)
                .map_err(|error| Fault::new(StatusCode::BAD_REQUEST, error))?;
        }
        ("DELETE", []) => world.faults.clear(),
        _ => return Err(unknown()),
    }
    Ok(json!({ "faults": world.faults.rules() }))
}
