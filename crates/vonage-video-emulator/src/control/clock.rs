//! `clock`: virtual time.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{Call, Fault, Reply, unknown};
use crate::{clock::whole_millis, shared::Shared};

#[derive(Deserialize)]
struct Advance {
    /// May have a fraction.
    seconds: f64,
}

/// Settings of the clocks; what is left out stays.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    running: Option<bool>,
    skew_seconds: Option<i64>,
}

pub(super) async fn serve(shared: &Shared, rest: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => {}
        ("PUT", []) => {
            let settings: Settings = call.body()?;
            let mut world = shared.world();
            if let Some(running) = settings.running {
                world.clock.set_running(running);
            }
            if let Some(seconds) = settings.skew_seconds {
                world.skew = seconds.saturating_mul(1000);
            }
        }
        ("POST", ["advance"]) => {
            let advance: Advance = call.body()?;
            let duration = Duration::try_from_secs_f64(advance.seconds)
                .map_err(|error| Fault::new(StatusCode::BAD_REQUEST, error))?;
            shared.advance(whole_millis(duration)).await;
        }
        _ => return Err(unknown()),
    }
    let world = shared.world();
    Ok(json!({
        "now": world.now,
        "running": world.clock.runs(),
        "skewSeconds": world.skew / 1000,
    }))
}
