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

#[derive(Deserialize)]
struct Run {
    running: bool,
}

pub(super) async fn serve(shared: &Shared, rest: &[&str], call: &Call<'_>) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => {}
        ("PUT", []) => {
            let run: Run = call.body()?;
            shared.world().clock.set_running(run.running);
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
    Ok(json!({ "now": world.now, "running": world.clock.runs() }))
}
