//! Events as the service writes them.

use serde_json::{Value, json};
use vonage_video_core::{ProjectId, Timestamp, WebhookEvent, models::RenderReason};

/// The body of a webhook.
pub(super) fn of(project: &ProjectId, event: WebhookEvent) -> Value {
    match event {
        WebhookEvent::Archive(mut archive) => {
            // The guide: in callbacks, the time of the start request, rounded to a second.
            archive.created_at = archive
                .created_at
                .map(|at| Timestamp::from_millis(at.as_millis() / 1000 * 1000));
            if archive.partner_id.is_none() {
                archive.partner_id = Some(project.clone());
            }
            written(&WebhookEvent::Archive(archive))
        }
        // The guide's example has these members and no `event`.
        WebhookEvent::Render(render) => {
            let mut body = json!({
                "id": render.id,
                "sessionId": render.session_id,
                "status": render.status,
            });
            if let Some(members) = body.as_object_mut() {
                let optional = [
                    ("streamId", render.stream_id.map(|id| id.to_string())),
                    ("reason", render.reason.map(in_callback)),
                ];
                for (name, value) in optional {
                    if let Some(value) = value {
                        members.insert(name.to_owned(), value.into());
                    }
                }
            }
            body
        }
        // One SDK's fixture has no `event`.
        WebhookEvent::Captions(captions) => serde_json::to_value(captions).unwrap_or(Value::Null),
        event => written(&event),
    }
}

/// The guide to callbacks spells two reasons differently.
fn in_callback(reason: RenderReason) -> String {
    let reason = match reason {
        RenderReason::MaxDuration => RenderReason::MaxDurationInWebhook,
        RenderReason::StopRequested => RenderReason::StopRequestedInWebhook,
        other => other,
    };
    reason.to_string()
}

fn written(event: &WebhookEvent) -> Value {
    serde_json::to_value(event).unwrap_or(Value::Null)
}
