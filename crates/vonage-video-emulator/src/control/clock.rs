//! `clock`: virtual time.

use std::time::Duration;

use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::{Call, ControlResult, Problem, unknown};
use crate::{
    site::{Site, State},
    world::{LATEST, whole_millis},
};

/// Everything within a leap happens: automatic archives roll over every four hours, without end.
const LONGEST_LEAP: Duration = Duration::from_secs(366 * 24 * 3600);

#[derive(Deserialize)]
struct Advance {
    /// May have a fraction.
    seconds: f64,
}

/// Settings of the clocks; what is left out does not change.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    running: Option<bool>,
    skew_seconds: Option<i64>,
}

pub(super) async fn serve(site: &Site, rest: &[&str], call: &Call<'_>) -> ControlResult {
    match (call.method.as_str(), rest) {
        ("GET", []) => {}
        ("PUT", []) => {
            let settings: Settings = call.body()?;
            let mut state = site.lock();
            if let Some(seconds) = settings.skew_seconds {
                let set = state.set_skew(seconds);
                set.map_err(|bad| Problem::new(StatusCode::BAD_REQUEST, bad))?;
            }
            if let Some(running) = settings.running {
                state.world.set_running(running);
            }
        }
        ("POST", ["advance"]) => {
            let advance: Advance = call.body()?;
            let refused = |why: &str| Problem::new(StatusCode::BAD_REQUEST, why);
            let duration = Duration::try_from_secs_f64(advance.seconds)
                .map_err(|error| refused(&error.to_string()))?;
            if duration > LONGEST_LEAP {
                return Err(refused("`seconds` must be at most a year"));
            }
            let now = site.lock().world.now();
            if now.saturating_add(whole_millis(duration)) > LATEST {
                return Err(refused("virtual time ends with the year 9999"));
            }
            site.advance(whole_millis(duration)).await;
        }
        _ => return Err(unknown()),
    }
    Ok(show(&site.lock()))
}

pub(super) fn show(state: &State) -> Value {
    json!({
        "now": state.world.now(),
        "running": state.world.clock().runs(),
        "skewSeconds": state.skew / 1000,
    })
}
