//! `overview`, `counts`: where the emulator is, how SDKs are pointed at it, how much there is.

use serde_json::{Value, json};
use vonage_video_auth::Environment;
use vonage_video_core::{ROUTES, WebhookEvent};

use super::{
    clock,
    curl::export,
    snippets::snippets,
    words::{ACTIONS, presets},
};
use crate::{site::State, world::ProjectState};

/// Variables that hold no secret.
const PUBLIC: [&str; 3] = [
    "VONAGE_VIDEO_BASE_URL",
    "VONAGE_APPLICATION_ID",
    "OPENTOK_API_KEY",
];

pub(super) fn show(state: &State, url: &str) -> Value {
    let projects = state.world.projects().iter();
    let projects: Vec<Value> = projects.map(|known| project(known, url)).collect();
    let mut operations: Vec<&str> = ROUTES.iter().map(|meta| meta.id).collect();
    operations.sort_unstable();
    json!({
        "url": url,
        "version": env!("CARGO_PKG_VERSION"),
        "projects": projects,
        "operations": operations,
        "faultActions": ACTIONS,
        "faultPresets": presets(),
        "webhookEvents": WebhookEvent::KINDS,
        "clock": clock::show(state),
        "counts": counts(state),
    })
}

pub(super) fn counts(state: &State) -> Value {
    let world = &state.world;
    let (mut clients, mut streams) = (0, 0);
    for session in world.sessions().iter() {
        clients += session.connections.len();
        streams += session.streams.len();
    }
    let refused = state.journal.after(0).filter(|it| it.is_refused());
    let undelivered = state.webhooks.after(0).filter(|it| !it.arrived());
    json!({
        "sessions": world.sessions().len(),
        "clients": clients,
        "streams": streams,
        "archives": world.archives().len(),
        "recording": world.archives().iter().filter(|it| it.is_running()).count(),
        "broadcasts": world.broadcasts().len(),
        "live": world.broadcasts().iter().filter(|it| it.is_running()).count(),
        "requests": state.journal.len(),
        "refused": refused.count(),
        "targets": state.webhooks.targets().len(),
        "webhooks": state.webhooks.len(),
        "undelivered": undelivered.count(),
        "faults": state.faults.rules().len(),
    })
}

/// A project, and how to call as it. The values of secrets are shown only where everybody knows
/// them.
fn project(known: &ProjectState, url: &str) -> Value {
    let project = &known.project;
    let public = |name: &str| project.is_demo() || PUBLIC.contains(&name);
    let address = ("VONAGE_VIDEO_BASE_URL", url.to_owned());
    let variables = std::iter::once(address).chain(project.variables());
    let shell: Vec<String> = variables
        .map(|(name, value)| {
            if public(name) {
                export(name, &value)
            } else {
                format!("# {name}: the one that the emulator was started with")
            }
        })
        .collect();
    let code = snippets(project, url, None);
    #[cfg(feature = "browser")]
    let code: Vec<_> = code.into_iter().chain(super::web_snippets(url)).collect();
    json!({
        "id": project.id(),
        "name": project.name(),
        "environment": match project.environment() {
            Environment::Vonage => "vonage",
            Environment::OpenTok => "opentok",
        },
        "suspended": known.suspended,
        "demo": project.is_demo(),
        "signs": project.credentials().is_some(),
        "shell": shell.join("\n"),
        "snippets": code,
    })
}
