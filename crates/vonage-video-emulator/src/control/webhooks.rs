//! `webhooks`: their targets and deliveries.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Call, Problem, Reply, latest, unknown};
use crate::{site::Site, webhook::WebhookTarget};

/// How long a list of deliveries waits for those that are being sent.
const PATIENCE: Duration = Duration::from_millis(500);

#[derive(Deserialize)]
struct Targets {
    targets: Vec<WebhookTarget>,
}

pub(super) async fn serve(site: &Site, rest: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => {}
        ("PUT", []) => {
            let Targets { targets } = call.body()?;
            targets.iter().try_for_each(check)?;
            if !site.lock().webhooks.replace_targets(targets) {
                return Err(too_many());
            }
        }
        ("POST", []) => {
            let target: WebhookTarget = call.body()?;
            check(&target)?;
            if !site.lock().webhooks.add_targets(vec![target]) {
                return Err(too_many());
            }
        }
        ("DELETE", []) => site.lock().webhooks.clear_targets(),
        ("GET", ["deliveries"]) => {
            // What is due is sent first, but a silent receiver does not keep the caller waiting.
            let _ = tokio::time::timeout(PATIENCE, site.deliver()).await;
            return deliveries(site, call);
        }
        ("POST", ["deliveries", number, "repeat"]) => {
            let number = number.parse().map_err(|_| unknown())?;
            let known = {
                let mut state = site.lock();
                let now = state.world.now();
                state.webhooks.repeat(number, now)
            };
            if !known {
                return Err(Problem::not_found("there is no such delivery"));
            }
            site.deliver().await;
            return Ok(Value::Null);
        }
        _ => return Err(unknown()),
    }
    Ok(json!({ "targets": site.lock().webhooks.targets() }))
}

fn deliveries(site: &Site, call: &Call<'_>) -> Reply {
    let state = site.lock();
    let mut items: Vec<Value> = state
        .webhooks
        .after(call.number("after")?)
        .map(|delivery| delivery.to_json())
        .collect();
    latest(&mut items, call.number("latest")?);
    Ok(json!({ "count": items.len(), "items": items }))
}

fn check(target: &WebhookTarget) -> Result<(), Problem> {
    target
        .check()
        .map_err(|bad| Problem::new(StatusCode::BAD_REQUEST, bad))
}

fn too_many() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "too many targets")
}
