//! Creating sessions.

use serde_json::Value;
use vonage_video_auth::Environment;
use vonage_video_core::{
    ProjectId,
    models::{ArchiveMode, MediaMode, Resolution, Session},
    operations::CreateSession,
};

use super::unknown_value;
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{
        World,
        clock::{Millis, to_time},
        session::AutoArchive,
    },
};

impl World {
    pub(in crate::api) fn create_session(
        &mut self,
        caller: &Caller,
        request: CreateSession,
    ) -> Reply<Session> {
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
        let id = self.make_session(&caller.project, request.location.as_deref(), relayed);
        let segment = self.random.uuid();
        if let Some(session) = self.sessions.get_mut(&id) {
            session.e2ee = request.e2ee == Some(true);
            session.auto_archive = archived.then(|| AutoArchive {
                // The service replaces these, by the OpenTok SDKs' documentation.
                name: request
                    .archive_name
                    .map(|name| name.replace(['~', '-', '_'], ":")),
                resolution: request.archive_resolution,
            });
        }

        let mut answer = Session::new(id);
        let owner = ProjectId::from(caller.project.as_str());
        answer.project_id = Some(owner.clone());
        answer.partner_id = Some(owner);
        answer.created = Some(date(self.now));
        answer.media_server_url = (caller.environment == Environment::OpenTok).then(String::new);
        answer.session_segment_id = Some(segment);
        answer.ice_credential_expiration = Some(86_100);
        for null in [
            &mut answer.session_status,
            &mut answer.status_invalid,
            &mut answer.media_server_hostname,
            &mut answer.messaging_server_url,
            &mut answer.messaging_url,
            &mut answer.symphony_address,
            &mut answer.properties,
            &mut answer.ice_server,
            &mut answer.ice_servers,
        ] {
            *null = Some(Value::Null);
        }
        Ok(answer)
    }
}

/// `Sun Sep 15 21:56:28 UTC 2024`.
fn date(at: Millis) -> String {
    let text = httpdate::fmt_http_date(to_time(at));
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
