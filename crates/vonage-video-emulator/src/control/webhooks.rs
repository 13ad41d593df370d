//! `webhooks`: who is told of events, and what became of it.

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Fault, Reply, latest, unknown};
use crate::{site::Shared, webhook::WebhookTarget};

#[derive(Deserialize)]
struct Targets {
    targets: Vec<WebhookTarget>,
}

pub(super) async fn serve(shared: &Shared, rest: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => {}
        ("PUT", []) => {
            let Targets { targets } = call.body()?;
            let mut world = shared.world();
            world.webhooks.targets.clear();
            if !world.webhooks.has_room_for(targets.len()) {
                return Err(too_many());
            }
            world.webhooks.targets = targets;
        }
        ("POST", []) => {
            let target: WebhookTarget = call.body()?;
            let mut world = shared.world();
            if !world.webhooks.has_room_for(1) {
                return Err(too_many());
            }
            world.webhooks.targets.push(target);
        }
        ("DELETE", []) => shared.world().webhooks.targets.clear(),
        ("GET", ["deliveries"]) => {
            shared.deliver().await;
            return deliveries(shared, call);
        }
        ("POST", ["deliveries", number, "repeat"]) => {
            let number = number.parse().map_err(|_| unknown())?;
            if !shared.world().repeat_delivery(number) {
                return Err(Fault::not_found("there is no such delivery"));
            }
            shared.world().catch_up();
            shared.deliver().await;
            return Ok(Value::Null);
        }
        _ => return Err(unknown()),
    }
    let world = shared.world();
    Ok(json!({ "targets": world.webhooks.targets }))
}

fn deliveries(shared: &Shared, call: &Call<'_>) -> Reply {
    let world = shared.world();
    let mut items: Vec<Value> = world
        .webhooks
        .after(call.number("after")?)
        .map(|delivery| delivery.to_json())
        .collect();
    latest(&mut items, call.number("latest")?);
    Ok(json!({ "count": items.len(), "items": items }))
}

fn too_many() -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, "too many targets")
}
