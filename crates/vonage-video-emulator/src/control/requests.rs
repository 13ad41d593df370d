//! `requests`: what came and what was answered.

use serde_json::{Value, json};

use super::{Call, Reply, unknown};
use crate::world::World;

/// Requests in one answer, unless `count` says otherwise.
const WINDOW: usize = 1000;

pub(super) fn serve(world: &mut World, rest: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            let after = call.number("after")?;
            let count = match call.number("count")? {
                0 => WINDOW,
                count => usize::try_from(count).unwrap_or(usize::MAX),
            };
            let operation = call.parameter("operation");
            let items: Vec<Value> = world
                .journal
                .after(after)
                .filter(|record| operation.is_none() || record.operation == operation.as_deref())
                .take(count)
                .map(|record| record.to_json())
                .collect();
            Ok(json!({ "count": items.len(), "items": items }))
        }
        ("DELETE", []) => {
            world.journal.clear();
            Ok(Value::Null)
        }
        _ => Err(unknown()),
    }
}
