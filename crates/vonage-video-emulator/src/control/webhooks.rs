//! `webhooks`: their targets and deliveries.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use vonage_video_core::SessionId;

use super::{
    call::{Call, ControlResult, Problem, newest, unknown},
    words,
};
use crate::{
    site::Site,
    webhook::{Delivery, WebhookTarget},
};

/// How long a list of deliveries waits for those that are being sent.
const DELIVERY_TIMEOUT: Duration = Duration::from_millis(500);

#[derive(Deserialize)]
struct Targets {
    targets: Vec<WebhookTarget>,
}

pub(super) async fn serve(site: &Site, rest: &[&str], call: &Call<'_>) -> ControlResult {
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
        ("DELETE", []) => match call.parameter("url") {
            None => site.lock().webhooks.clear_targets(),
            Some(url) => {
                if !site.lock().webhooks.remove_targets(&url) {
                    return Err(Problem::not_found("there is no such target"));
                }
            }
        },
        ("GET", ["deliveries"]) => {
            // What is due is sent first, but a silent receiver does not keep the caller waiting.
            let _ = tokio::time::timeout(DELIVERY_TIMEOUT, site.deliver()).await;
            return deliveries(site, call);
        }
        ("GET", ["deliveries", number]) => {
            let number = number.parse().map_err(|_| unknown())?;
            let state = site.lock();
            let delivery = state.webhooks.get(number).map(Delivery::to_json);
            return delivery.ok_or_else(|| Problem::not_found("there is no such delivery"));
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
    let state = site.lock();
    let targets = state.webhooks.targets().iter().map(|target| {
        let mut shown = json!(target);
        if let Some(members) = shown.as_object_mut() {
            members.insert("states".to_owned(), json!(words::of_target(target)));
        }
        shown
    });
    Ok(json!({ "targets": targets.collect::<Vec<_>>() }))
}

fn deliveries(site: &Site, call: &Call<'_>) -> ControlResult {
    let state = site.lock();
    let before = match call.number("before")? {
        0 => u64::MAX,
        before => before,
    };
    let (failed, session) = (call.flag("failed"), call.parameter("session"));
    let ids = call.list("ids");
    let wanted = |delivery: &&Delivery| {
        let own = delivery.session.as_ref().map(SessionId::as_str);
        delivery.number < before
            && ids
                .as_ref()
                .is_none_or(|ids| ids.contains(&delivery.number.to_string()))
            && !(failed && delivery.arrived())
            && (session.is_none() || own == session.as_deref())
    };
    let matching = state.webhooks.after(call.number("after")?).filter(wanted);
    if call.flag("newest") {
        let show = |delivery: &&Delivery| delivery.summary();
        return newest(&matching.collect::<Vec<_>>(), call, show);
    }
    // Only what is shown is rendered.
    let shown: Vec<&Delivery> = match call.number("latest")? {
        0 => matching.collect(),
        latest => {
            let latest = usize::try_from(latest).unwrap_or(usize::MAX);
            let mut shown: Vec<_> = matching.rev().take(latest).collect();
            shown.reverse();
            shown
        }
    };
    let show = if call.flag("summary") {
        Delivery::summary
    } else {
        Delivery::to_json
    };
    let items: Vec<Value> = shown.into_iter().map(show).collect();
    Ok(json!({ "count": items.len(), "kept": state.webhooks.len(), "items": items }))
}

fn check(target: &WebhookTarget) -> Result<(), Problem> {
    target
        .check()
        .map_err(|bad| Problem::new(StatusCode::BAD_REQUEST, bad))
}

fn too_many() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "too many targets")
}
