//! Live captions.

use vonage_video_auth::Role;
use vonage_video_core::{
    CaptionsId, Timestamp,
    models::{Captions, CaptionsEvent, CaptionsLanguage, CaptionsState},
    operations::{StartCaptions, StopCaptions},
};

use crate::{
    api::{
        operations::{Operations, unknown_value},
        refusal::{ApiResult, Refusal},
    },
    world::{CaptionsRecord, Millis},
};

const ALREADY_ON: i64 = 60003;
/// Seconds, unless the request sets another duration.
const MAX_DURATION: u32 = 14_400;

impl Operations<'_> {
    pub(crate) fn start_captions(&mut self, request: StartCaptions) -> ApiResult<Captions> {
        let language = request
            .language_code
            .unwrap_or(CaptionsLanguage::from("en-US"));
        if !is_language(language.as_str()) {
            return Err(unknown_value("languageCode", language));
        }
        let session = self.session(&request.session_id)?;
        if session.relayed {
            return Err(Refusal::conflict(
                "Captions are only available in routed sessions",
            ));
        }
        let running = session.captions.is_some();
        let admission = self.admission_for_token(&request.session_id, &request.token)?;
        if admission.role != Role::Moderator {
            return Err(Refusal::forbidden("The token must have the role moderator"));
        }
        if running {
            let message = "Audio captioning is already enabled";
            return Err(Refusal::conflict(message).code(ALREADY_ON).repeated());
        }

        let now = self.world.now();
        let owner = self.caller.owner();
        let mut model = CaptionsEvent::new(self.world.random().uuid());
        model.application_id = owner.application_id;
        model.project_id = owner.project_id;
        model.status = CaptionsState::Started;
        model.session_id = request.session_id;
        model.created_at = Some(Timestamp::from_millis(now));
        model.updated_at = model.created_at;
        model.duration = Some(0);
        model.language_code = Some(language);
        model.provider = Some("aws-transcribe".to_owned());
        let seconds = Millis::from(request.max_duration.unwrap_or(MAX_DURATION));
        let id = model.id.clone();
        self.world.begin_captions(CaptionsRecord {
            project: self.caller.project.clone(),
            model,
            callback_url: request.status_callback_url,
            started: now,
            ends_at: now.saturating_add(seconds.saturating_mul(1000)),
        });
        Ok(Captions::new(id))
    }

    pub(crate) fn stop_captions(&mut self, request: StopCaptions) -> ApiResult<()> {
        self.check_running(&request.captions_id)?;
        self.world.end_captions(&request.captions_id);
        Ok(())
    }

    fn check_running(&self, id: &CaptionsId) -> ApiResult<()> {
        self.world
            .captions()
            .get(id)
            .filter(|captions| {
                captions.project == self.caller.project
                    && captions.model.status == CaptionsState::Started
            })
            .map(drop)
            .ok_or_else(|| Refusal::not_found("Captions not found, or stopped already"))
    }
}

/// Whether a code has a language and a country. The service's list is longer than any documented
/// one, so the form decides.
fn is_language(code: &str) -> bool {
    code.split_once('-').is_some_and(|(language, country)| {
        matches!(language.len(), 2 | 3)
            && country.len() == 2
            && code
                .bytes()
                .all(|byte| byte == b'-' || byte.is_ascii_alphabetic())
    })
}
