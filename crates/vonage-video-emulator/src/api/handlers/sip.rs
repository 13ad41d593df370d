//! SIP calls, and telephone tones.

use vonage_video_core::{
    Timestamp,
    models::{SipCall, SipCallState, VideoType},
    operations::{Dial, PlayDtmfConnection, PlayDtmfSession},
};

use super::{connections::not_connected, streams::check_streams};
use crate::{
    api::{
        operations::{Operations, no_clients, no_session},
        refusal::{ApiResult, Refusal},
    },
    world::{
        Audience, CallRecord, ConnectionKind, LONGEST_CALL, Notice, Publication, Shape,
        never_exists, whole_millis,
    },
};

impl Operations<'_> {
    pub(crate) fn dial(&mut self, request: Dial) -> ApiResult<SipCall> {
        let is_sip = ["sip:", "sips:"].iter().any(|scheme| {
            let start = request.sip.uri.get(..scheme.len()).unwrap_or_default();
            start.eq_ignore_ascii_case(scheme)
        });
        if !is_sip {
            return Err(Refusal::bad_request("Invalid SIP URI"));
        }
        let session = self.session(&request.session_id)?;
        if session.relayed {
            return Err(Refusal::conflict("SIP calls need a routed session"));
        }
        check_streams(session, request.sip.streams.as_deref())?;
        let admission = self.admission_for_token(&request.session_id, &request.token)?;

        let mut call = SipCall::new(self.world.random().uuid());
        let session = &request.session_id;
        let connection = self
            .world
            .admit(session, ConnectionKind::SipCall(call.id.clone()), admission)
            .ok_or_else(no_session)?;
        let has_video = request.sip.video == Some(true);
        let publication = Publication {
            name: request.sip.from.clone().unwrap_or_default(),
            video_type: has_video.then_some(VideoType::Camera),
            has_audio: true,
            has_video,
            classes: None,
            has_captions: true,
            shape: Shape::default(),
        };
        let stream = self
            .world
            .add_stream(session, &connection, publication)
            .ok_or_else(no_session)?;
        let now = self.world.now();
        let step = whole_millis(self.world.timings().call_step);
        self.world.begin_call(CallRecord {
            id: call.id.clone(),
            project: self.caller.project.clone(),
            session: session.clone(),
            connection: connection.clone(),
            created: now,
            state: SipCallState::Dialing,
            next_state_at: Some(now.saturating_add(step)),
            ends_at: now.saturating_add(LONGEST_CALL),
            reachable: !never_exists(&request.sip.uri),
            observes_mute: request.sip.observe_force_mute == Some(true),
        });

        call.connection_id = connection;
        call.stream_id = stream;
        call.session_id = Some(request.session_id);
        call.project_id = Some(self.caller.project.clone());
        call.created_at = Some(Timestamp::from_millis(now));
        call.updated_at = call.created_at;
        Ok(call)
    }

    pub(crate) fn play_dtmf_session(&mut self, request: PlayDtmfSession) -> ApiResult<()> {
        if self.session(&request.session_id)?.connections.is_empty() {
            return Err(no_clients());
        }
        let tones = Notice::Dtmf {
            digits: request.digits,
        };
        self.world.tell(&request.session_id, Audience::All, tones);
        Ok(())
    }

    pub(crate) fn play_dtmf_connection(&mut self, request: PlayDtmfConnection) -> ApiResult<()> {
        let session = self.session(&request.session_id)?;
        if !session.connections.contains(&request.connection_id) {
            return Err(not_connected());
        }
        let to = Audience::Only(request.connection_id);
        let tones = Notice::Dtmf {
            digits: request.digits,
        };
        self.world.tell(&request.session_id, to, tones);
        Ok(())
    }
}
