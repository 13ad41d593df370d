//! SIP calls, and telephone tones.

use vonage_video_core::{
    ProjectId, Timestamp,
    models::{SipCall, SipCallState, VideoType},
    operations::{Dial, PlayDtmfConnection, PlayDtmfSession},
};

use super::{connections::not_connected, unknown_streams};
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{
        CallRecord, Publication, World,
        address::never_exists,
        nobody,
        notice::Notice,
        session::ConnectionKind,
        timings::{LONGEST_CALL, millis},
    },
};

impl World {
    pub(in crate::api) fn dial(&mut self, caller: &Caller, request: Dial) -> Reply<SipCall> {
        let is_sip = ["sip:", "sips:"].iter().any(|scheme| {
            let start = request.sip.uri.get(..scheme.len()).unwrap_or_default();
            start.eq_ignore_ascii_case(scheme)
        });
        if !is_sip {
            return Err(Refusal::bad_request("Invalid SIP URI"));
        }
        let session = self.session(caller, &request.session_id)?;
        if session.relayed {
            return Err(Refusal::conflict("SIP calls need a routed session"));
        }
        unknown_streams(session, request.sip.streams.as_deref())?;
        let pass = self.bearer(&request.session_id, &request.token)?;

        let id = self.random.uuid();
        let session = request.session_id.as_str();
        let gone = || Refusal::not_found("Session not found");
        let connection = self
            .admit(session, ConnectionKind::Call(id.clone()), pass)
            .ok_or_else(gone)?;
        let has_video = request.sip.video == Some(true);
        let publication = Publication {
            name: request.sip.from.clone().unwrap_or_default(),
            video_type: has_video.then_some(VideoType::Camera),
            has_audio: true,
            has_video,
            classes: None,
        };
        let stream = self
            .add_stream(session, &connection, publication)
            .ok_or_else(gone)?;
        let now = self.now;
        self.begin_call(CallRecord {
            id: id.clone(),
            project: caller.project.clone(),
            session: session.to_owned(),
            connection: connection.clone(),
            created: now,
            state: SipCallState::Dialing,
            next_state_at: Some(now.saturating_add(millis(self.timings.call_step))),
            ends_at: now.saturating_add(LONGEST_CALL),
            reachable: !never_exists(&request.sip.uri),
            observes_mute: request.sip.observe_force_mute == Some(true),
        });

        let mut call = SipCall::new(id);
        call.connection_id = connection.into();
        call.stream_id = stream.into();
        call.session_id = Some(request.session_id);
        call.project_id = Some(ProjectId::from(caller.project.as_str()));
        call.created_at = Some(Timestamp::from_millis(now));
        call.updated_at = call.created_at;
        Ok(call)
    }

    pub(in crate::api) fn play_dtmf_session(
        &mut self,
        caller: &Caller,
        request: PlayDtmfSession,
    ) -> Reply<()> {
        let session = self.session(caller, &request.session_id)?;
        if session.connections.is_empty() {
            return Err(nobody());
        }
        session.tell_all(&Notice::Dtmf {
            digits: request.digits,
        });
        Ok(())
    }

    pub(in crate::api) fn play_dtmf_connection(
        &mut self,
        caller: &Caller,
        request: PlayDtmfConnection,
    ) -> Reply<()> {
        let session = self.session(caller, &request.session_id)?;
        let id = request.connection_id.as_str();
        if !session.connections.contains(id) {
            return Err(not_connected());
        }
        let digits = request.digits;
        session.tell(id, Notice::Dtmf { digits });
        Ok(())
    }
}
