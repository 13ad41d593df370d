//! `state`: a summary of everything.

use serde_json::{Value, json};
use vonage_video_auth::Environment;

use super::sessions::summary;
use crate::site::State;

/// Most items of each kind, newest first.
const MOST: usize = 50;

pub(super) fn show(state: &State) -> Value {
    let world = &state.world;
    let projects: Vec<Value> = world
        .projects()
        .iter()
        .take(MOST)
        .map(|project| {
            json!({
                "id": project.project.id(),
                "name": project.project.name(),
                "environment": match project.project.environment() {
                    Environment::Vonage => "vonage",
                    Environment::OpenTok => "opentok",
                },
                "suspended": project.suspended,
            })
        })
        .collect();
    let sessions: Vec<Value> = world
        .sessions()
        .iter()
        .rev()
        .take(MOST)
        .map(summary)
        .collect();
    let archives: Vec<_> = world
        .archives()
        .iter()
        .rev()
        .take(MOST)
        .map(|archive| {
            let mut model = archive.model();
            state.links.add_to(&mut model, world.now());
            model
        })
        .collect();
    let broadcasts: Vec<_> = world
        .broadcasts()
        .iter()
        .rev()
        .take(MOST)
        .map(|broadcast| broadcast.model())
        .collect();
    let renders: Vec<_> = world
        .renders()
        .iter()
        .rev()
        .take(MOST)
        .map(|it| &it.model)
        .collect();
    let captions: Vec<_> = world
        .captions()
        .iter()
        .rev()
        .take(MOST)
        .map(|it| &it.model)
        .collect();
    json!({
        "now": world.now(),
        "running": world.clock().runs(),
        "projects": projects,
        "sessions": { "count": world.sessions().len(), "items": sessions },
        "archives": { "count": world.archives().len(), "items": archives },
        "broadcasts": { "count": world.broadcasts().len(), "items": broadcasts },
        "renders": { "count": world.renders().len(), "items": renders },
        "captions": { "count": world.captions().len(), "items": captions },
        "calls": world.calls().len(),
        "faults": state.faults.rules(),
    })
}
