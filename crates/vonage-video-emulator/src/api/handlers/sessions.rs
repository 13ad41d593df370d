//! The creation of sessions.

use serde_json::Value;
use vonage_video_auth::Environment;
use vonage_video_core::{
    models::{ArchiveMode, MediaMode, Resolution, Session},
    operations::CreateSession,
};

use crate::{
    api::{
        operations::{Operations, unknown_value},
        refusal::{ApiResult, Refusal},
    },
    world::{AutoArchive, LATEST, Millis, NewSession, to_time},
};

impl Operations<'_> {
    pub(crate) fn create_session(&mut self, request: CreateSession) -> ApiResult<Session> {
        let relayed = match &request.media_mode {
            MediaMode::Routed => false,
            MediaMode::Relayed => true,
            // One SDK's word for relayed.
            MediaMode::Unknown(word) if word == "always" => true,
            MediaMode::Unknown(word) => return Err(unknown_value("p2p.preference", word)),
            _ => false,
        };
        let archived = match &request.archive_mode {
            Some(ArchiveMode::Always) => true,
            Some(ArchiveMode::Unknown(word)) => return Err(unknown_value("archiveMode", word)),
            _ => false,
        };
        if let Some(Resolution::Unknown(word)) = &request.archive_resolution {
            return Err(unknown_value("archiveResolution", word));
        }
        if archived && relayed {
            return Err(Refusal::bad_request(
                "A session with archiveMode always must be routed",
            ));
        }
        let auto_archive = archived.then(|| AutoArchive {
            // The service replaces these, by the OpenTok SDKs' documentation.
            name: request
                .archive_name
                .map(|name| name.replace(['~', '-', '_'], ":")),
            resolution: request.archive_resolution,
        });
        let new = NewSession {
            location: request.location.as_deref(),
            relayed,
            e2ee: request.e2ee == Some(true),
            auto_archive,
        };
        let id = self.world.create_session(&self.caller.project, new);

        let mut model = Session::new(id);
        model.project_id = Some(self.caller.project.clone());
        model.partner_id = Some(self.caller.project.clone());
        model.created = Some(date(self.world.now()));
        model.media_server_url =
            (self.caller.environment == Environment::OpenTok).then(String::new);
        model.session_segment_id = Some(self.world.random().uuid());
        model.ice_credential_expiration = Some(86_100);
        for null in [
            &mut model.session_status,
            &mut model.status_invalid,
            &mut model.media_server_hostname,
            &mut model.messaging_server_url,
            &mut model.messaging_url,
            &mut model.symphony_address,
            &mut model.properties,
            &mut model.ice_server,
            &mut model.ice_servers,
        ] {
            *null = Some(Value::Null);
        }
        Ok(model)
    }
}

/// `Sun Sep 15 21:56:28 UTC 2024`.
fn date(at: Millis) -> String {
    let text = httpdate::fmt_http_date(to_time(at.min(LATEST)));
    let parts: Vec<&str> = text.split([' ', ',']).filter(|it| !it.is_empty()).collect();
    match parts.as_slice() {
        [weekday, day, month, year, time, _] => {
            format!("{weekday} {month} {day} {time} UTC {year}")
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_written_as_the_service_does() {
        assert_eq!(
            super::date(1_726_462_588_647),
            "Mon Sep 16 04:56:28 UTC 2024"
        );
    }
}
