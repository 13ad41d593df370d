//! An event of every kind, as an emulator sends it: what happens in a session is played through in
//! memory.

use std::time::Duration;

use serde_json::Value;
use vonage_video::{
    Client, Credentials, Role, WebhookEvent,
    models::{BroadcastOutputs, Hls, SipTarget},
    operations::{
        CreateSession, Dial, ForceDisconnect, MuteAll, StartArchive, StartBroadcast, StartCaptions,
        StartRender, StopArchive, StopBroadcast, StopCaptions, StopRender,
    },
    transport::ServiceTransport,
};
use vonage_video_emulator::{Emulator, Project, Publish, WebhookTarget};

use crate::{failure::Failure, send::nearest};

/// The statuses that events have.
const STATUSES: &[(&str, &[&str])] = &[
    (
        "archive",
        &[
            "available",
            "deleted",
            "expired",
            "failed",
            "paused",
            "started",
            "stopped",
            "uploaded",
        ],
    ),
    ("broadcast", &["failed", "started", "stopped"]),
    ("captions", &["failed", "started", "stopped"]),
    ("render", &["failed", "started", "starting", "stopped"]),
];

/// What a session made happen, in order.
pub(super) struct Samples(Vec<Value>);

/// Plays a session through, of a project where there is one.
pub(super) async fn all(credentials: Option<&Credentials>) -> Result<Samples, Failure> {
    let failed = |error: &dyn std::error::Error| Failure::Emulator(error.to_string());
    // Nothing is sent: every delivery is far in the future.
    let target = WebhookTarget::new("http://127.0.0.1/").late(u32::MAX);
    let mut builder = Emulator::builder().stand_still().webhook(target);
    if let Some(project) = credentials.and_then(Project::of) {
        builder = builder.project(project);
    }
    let emulator = builder.in_memory().map_err(|error| failed(&error))?;
    let project = emulator.projects().iter().find_map(Project::credentials);
    let credentials = credentials.or(project);
    let credentials = credentials.ok_or_else(|| Failure::Auth("no credentials".to_owned()))?;
    let client = Client::builder(credentials.clone())
        .base_url(emulator.url())
        .allow_plain_http()
        .transport(ServiceTransport::new(emulator.service()))
        .build()?;
    play(&emulator, &client, credentials).await?;
    let deliveries = emulator.deliveries();
    Ok(Samples(
        deliveries
            .iter()
            .map(vonage_video_emulator::Delivery::json)
            .collect(),
    ))
}

async fn play(
    emulator: &Emulator,
    client: &Client,
    credentials: &Credentials,
) -> Result<(), Failure> {
    let refused = |error: vonage_video_emulator::JoinError| Failure::Emulator(error.to_string());
    let second = || emulator.advance(Duration::from_secs(1));
    let session = client.send(CreateSession::new()).await?.id;
    let token = credentials
        .token(&session)
        .role(Role::Moderator)
        .data("name=Ada")
        .sign();
    let token = token.map_err(|error| Failure::Auth(error.to_string()))?;
    let ada = emulator.join(session.clone(), &token).map_err(refused)?;
    let camera = ada.publish(Publish::camera("Ada"));
    let archive = client
        .send(StartArchive::new(&session).name("Sample"))
        .await?;
    let outputs = BroadcastOutputs::new().hls(Hls::new());
    let broadcast = client.send(StartBroadcast::new(&session, outputs)).await?;
    let page = StartRender::new(&session, &token, "https://example.com/");
    let render = client.send(page).await?;
    let captions = client.send(StartCaptions::new(&session, &token)).await?;
    let target = SipTarget::new("sip:user@example.com").observe_force_mute(true);
    let call = client.send(Dial::new(&session, &token, target)).await?;
    second().await;
    client.send(MuteAll::new(&session)).await?;
    emulator
        .announce_rotation(session.clone())
        .map_err(refused)?;
    client.send(StopArchive::new(&archive.id)).await?;
    client.send(StopBroadcast::new(&broadcast.id)).await?;
    client.send(StopCaptions::new(&captions.id)).await?;
    client.send(StopRender::new(&render.id)).await?;
    second().await;
    client
        .send(ForceDisconnect::new(&session, &call.connection_id))
        .await?;
    if let Ok(camera) = camera {
        // The client is there until it leaves.
        let _ = ada.unpublish(&camera);
    }
    let _ = ada.leave();
    second().await;
    Ok(())
}

impl Samples {
    /// The names of all events, those with a status too.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for kind in WebhookEvent::KINDS {
            match STATUSES.iter().find(|(known, _)| known == kind) {
                Some((_, statuses)) => {
                    names.extend(statuses.iter().map(|status| format!("{kind}.{status}")));
                }
                None => names.push((*kind).to_owned()),
            }
        }
        names
    }

    /// The event of a name: the one that happened, or for a status that did not, one like it.
    pub(super) fn event(&self, name: &str) -> Result<Value, Failure> {
        let (kind, status) = match name.split_once('.') {
            Some((kind, status)) => (kind, Some(status)),
            None => (name, None),
        };
        let names = self.names();
        let is_known = match status {
            Some(_) => names.iter().any(|known| known == name),
            None => WebhookEvent::KINDS.contains(&kind),
        };
        let of_kind = |event: &&Value| kind_of(event) == kind;
        let found = self.0.iter().filter(of_kind).rfind(|event| {
            status.is_none_or(|status| event.get("status") == Some(&Value::from(status)))
        });
        let like = || self.0.iter().rfind(of_kind);
        let Some(mut event) = found.or_else(like).filter(|_| is_known).cloned() else {
            let known = names.iter().map(String::as_str);
            let hint = nearest(name, known.chain(WebhookEvent::KINDS.iter().copied()));
            let hint = hint.map_or_else(
                || "`webhooks send --list` lists all".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
            return Err(Failure::usage(format!(
                "there is no event `{name}`; {hint}"
            )));
        };
        if let (Some(status), Some(members)) = (status, event.as_object_mut()) {
            members.insert("status".to_owned(), status.into());
        }
        Ok(event)
    }
}

fn kind_of(event: &Value) -> String {
    let event = serde_json::from_value::<WebhookEvent>(event.clone());
    event
        .map(|event| event.kind().to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use vonage_video::models::{ArchiveStatus, BroadcastStatus, CaptionsState, RenderStatus};

    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn there_is_one_of_every_kind_in_both_environments_with_statuses_that_exist() {
        let demo = [
            Project::demo_opentok().unwrap(),
            Project::demo_vonage().unwrap(),
        ];
        for project in &demo {
            let samples = all(project.credentials()).await.unwrap();
            for kind in WebhookEvent::KINDS {
                let event = samples.event(kind).unwrap();
                assert_eq!(kind_of(&event), *kind);
                assert!(samples.0.contains(&event), "{kind} happened");
            }
            for name in samples.names() {
                let event = samples.event(&name).unwrap();
                let unknown = match serde_json::from_value(event).unwrap() {
                    WebhookEvent::Archive(it) => matches!(it.status, ArchiveStatus::Unknown(_)),
                    WebhookEvent::Broadcast(it) => matches!(it.status, BroadcastStatus::Unknown(_)),
                    WebhookEvent::Captions(it) => matches!(it.status, CaptionsState::Unknown(_)),
                    WebhookEvent::Render(it) => matches!(it.status, RenderStatus::Unknown(_)),
                    WebhookEvent::Unknown(_) => true,
                    _ => false,
                };
                assert!(!unknown, "{name}");
            }
            for (name, why) in [
                ("archive.availible", "archive.available"),
                ("streamcreated", "streamCreated"),
                ("archive.connecting", "there is no event"),
                ("", "there is no event"),
            ] {
                let error = samples.event(name).unwrap_err().to_text();
                assert!(error.contains(why), "{error}");
            }
        }
    }
}
