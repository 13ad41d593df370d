//! Live captions.

use vonage_video_auth::Environment;
use vonage_video_auth::Role;
use vonage_video_core::{
    CaptionsId, ProjectId, Timestamp,
    models::{Captions, CaptionsEvent, CaptionsLanguage, CaptionsState},
    operations::{StartCaptions, StopCaptions},
};

use super::unknown_value;
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{CaptionsRecord, World, clock::Millis},
};

const ALREADY_ON: i64 = 60003;
/// Seconds, unless the request says otherwise.
const MAX_DURATION: u32 = 14_400;

impl World {
    pub(in crate::api) fn start_captions(
        &mut self,
        caller: &Caller,
        request: StartCaptions,
    ) -> Reply<Captions> {
        let language = request
            .language_code
            .unwrap_or(CaptionsLanguage::from("en-US"));
        if !is_language(language.as_str()) {
            return Err(unknown_value("languageCode", language));
        }
        let session = self.session(caller, &request.session_id)?;
        if session.relayed {
            return Err(Refusal::conflict(
                "Captions are only available in routed sessions",
            ));
        }
        let running = session.captions.is_some();
        let pass = self.bearer(&request.session_id, &request.token)?;
        if pass.role != Role::Moderator {
            return Err(Refusal::forbidden("The token must have the role moderator"));
        }
        if running {
            let message = "Audio captioning is already enabled";
            return Err(Refusal::conflict(message)
                .code(ALREADY_ON)
                .description(message));
        }

        let mut model = CaptionsEvent::new(self.random.uuid());
        let owner = ProjectId::from(caller.project.as_str());
        match caller.environment {
            Environment::Vonage => model.application_id = Some(owner),
            Environment::OpenTok => model.project_id = Some(owner),
        }
        model.status = CaptionsState::Started;
        model.session_id = request.session_id;
        model.created_at = Some(Timestamp::from_millis(self.now));
        model.updated_at = model.created_at;
        model.duration = Some(0);
        model.language_code = Some(language);
        model.provider = Some("aws-transcribe".to_owned());
        let seconds = Millis::from(request.max_duration.unwrap_or(MAX_DURATION));
        let id = model.id.clone();
        self.begin_captions(CaptionsRecord {
            project: caller.project.clone(),
            model,
            callback_url: request.status_callback_url,
            started: self.now,
            ends_at: self.now.saturating_add(seconds.saturating_mul(1000)),
        });
        Ok(Captions::new(id))
    }

    pub(in crate::api) fn stop_captions(
        &mut self,
        caller: &Caller,
        request: StopCaptions,
    ) -> Reply<()> {
        self.running_captions(caller, &request.captions_id)?;
        self.end_captions(request.captions_id.as_str());
        Ok(())
    }

    fn running_captions(&self, caller: &Caller, id: &CaptionsId) -> Reply<()> {
        self.captions
            .get(id.as_str())
            .filter(|captions| {
                captions.project == caller.project
                    && captions.model.status == CaptionsState::Started
            })
            .map(drop)
            .ok_or_else(|| Refusal::not_found("Captions not found, or stopped already"))
    }
}

/// A language and a country: the current list is longer than any that is at hand, so the form decides.
fn is_language(code: &str) -> bool {
    code.split_once('-').is_some_and(|(language, country)| {
        matches!(language.len(), 2 | 3)
            && country.len() == 2
            && code
                .bytes()
                .all(|byte| byte == b'-' || byte.is_ascii_alphabetic())
    })
}
