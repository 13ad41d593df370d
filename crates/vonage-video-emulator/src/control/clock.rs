//! `clock`: virtual time.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::{Call, Fault, Reply, unknown};
use crate::{site::Shared, world::clock::whole_millis};

/// All that happens in a leap is lived through: automatic archives roll over every 4 hours, and would do so for ever.
const LONGEST_LEAP: Duration = Duration::from_secs(366 * 24 * 3600);

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
                // What is due is waited for again, or no longer.
                world.agenda.wake().notify_one();
            }
            if let Some(seconds) = settings.skew_seconds {
                world.skew = seconds.saturating_mul(1000);
            }
        }
        ("POST", ["advance"]) => {
            let advance: Advance = call.body()?;
            let refused = |why: &str| Fault::new(StatusCode::BAD_REQUEST, why);
            let duration = Duration::try_from_secs_f64(advance.seconds)
                .map_err(|error| refused(&error.to_string()))?;
            if duration > LONGEST_LEAP {
                return Err(refused("`seconds` must be at most a year"));
            }
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
