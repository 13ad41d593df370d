//! `faults`: failures on request.

use http::StatusCode;
use serde_json::{Value, json};

use super::{
    call::{Call, ControlResult, Problem, unknown},
    words::of_action,
};
use crate::site::{Fault, Faults};

pub(super) fn serve(faults: &mut Faults, rest: &[&str], call: &Call<'_>) -> ControlResult {
    match (call.method.as_str(), rest) {
        ("GET", []) => {}
        ("POST", []) => {
            let fault: Fault = call.body()?;
            faults
                .add(fault)
                .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error))?;
        }
        ("DELETE", []) => faults.clear(),
        ("DELETE", [number]) => {
            let number = number.parse().map_err(|_| unknown())?;
            if !faults.remove(number) {
                return Err(Problem::not_found("there is no such fault"));
            }
        }
        _ => return Err(unknown()),
    }
    Ok(show(faults))
}

/// The faults, each with what it does in words.
pub(super) fn show(faults: &Faults) -> Value {
    let rules = faults.rules().iter().map(|rule| {
        let mut shown = json!(rule);
        if let Some(members) = shown.as_object_mut() {
            members.insert("words".to_owned(), of_action(rule.action()).into());
        }
        shown
    });
    json!({ "faults": rules.collect::<Vec<_>>() })
}
