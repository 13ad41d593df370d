//! `state`: all there is, in short.

use serde_json::{Value, json};
use vonage_video_auth::Environment;

use super::sessions::summary;
use crate::world::World;

/// Most of each kind that is shown, the newest first.
const MOST: usize = 50;

pub(super) fn show(world: &World) -> Value {
    let projects: Vec<Value> = world
        .projects
        .iter()
        .take(MOST)
        .map(|state| {
            json!({
                "id": state.project.id(),
                "name": state.project.name(),
                "environment": match state.project.environment() {
                    Environment::Vonage => "vonage",
                    Environment::OpenTok => "opentok",
                },
                "suspended": state.suspended,
            })
        })
        .collect();
    let sessions: Vec<Value> = world
        .sessions
        .iter()
        .rev()
        .take(MOST)
        .map(summary)
        .collect();
    let archives: Vec<_> = world
        .archives
        .iter()
        .rev()
        .take(MOST)
        .map(|archive| world.archive_model(archive))
        .collect();
    let broadcasts: Vec<_> = world
        .broadcasts
        .iter()
        .rev()
        .take(MOST)
        .map(|broadcast| broadcast.answer())
        .collect();
    let renders: Vec<_> = world
        .renders
        .iter()
        .rev()
        .take(MOST)
        .map(|it| &it.model)
        .collect();
    let captions: Vec<_> = world
        .captions
        .iter()
        .rev()
        .take(MOST)
        .map(|it| &it.model)
        .collect();
    json!({
        "now": world.now,
        "running": world.clock.runs(),
        "projects": projects,
        "sessions": { "count": world.sessions.len(), "items": sessions },
        "archives": { "count": world.archives.len(), "items": archives },
        "broadcasts": { "count": world.broadcasts.len(), "items": broadcasts },
        "renders": { "count": world.renders.len(), "items": renders },
        "captions": { "count": world.captions.len(), "items": captions },
        "calls": world.calls.len(),
        "faults": world.faults.rules(),
    })
}
