//! How SIP calls are dialled, answered and hung up.

use vonage_video_core::{
    SipCallId, Timestamp, WebhookEvent,
    models::{ConnectionReason, SipCallDetails, SipCallEvent, SipCallReason, SipCallState},
};

use crate::world::{
    call::CallRecord,
    state::{Reminder, World},
};

impl World {
    /// Begins to dial.
    pub(crate) fn begin_call(&mut self, record: CallRecord) {
        let id = record.id.clone();
        let event = WebhookEvent::CallCreated(self.call_event(&record, "callCreated"));
        let project = record.project.clone();
        self.calls.insert(id.clone(), record);
        self.happen(&project, None, event);
        self.announce_call_state(&id);
        self.settle_call(&id);
    }

    /// Does what is due with a call, and notes when to look again.
    pub(in crate::world) fn settle_call(&mut self, id: &SipCallId) {
        let now = self.now;
        let Some(call) = self.calls.get(id) else {
            return;
        };
        if now >= call.ends_at {
            self.hang_up(
                id,
                SipCallReason::MaximumDuration,
                "Maximum duration exceeded",
            );
            return;
        }
        match call.next_state_at {
            Some(due) if now >= due => self.next_call_state(id),
            Some(due) => self.agenda.add(due, Reminder::Call(id.clone())),
            None => self.agenda.add(call.ends_at, Reminder::Call(id.clone())),
        }
    }

    /// From dialling to ringing to active; or the far end is not found.
    fn next_call_state(&mut self, id: &SipCallId) {
        let next = self.after(self.timings.call_step);
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        if !call.reachable {
            self.hang_up(id, SipCallReason::from("404"), "Not Found");
            return;
        }
        (call.state, call.next_state_at) = match call.state {
            SipCallState::Dialing => (SipCallState::Ringing, Some(next)),
            _ => (SipCallState::Active, None),
        };
        self.announce_call_state(id);
        self.settle_call(id);
    }

    /// Ends a call from the service's or the far end's side: its client leaves the session.
    fn hang_up(&mut self, id: &SipCallId, reason: SipCallReason, words: &str) {
        if let Some(call) = self.end_call(id, reason, words) {
            self.remove_client(
                &call.session,
                &call.connection,
                ConnectionReason::ClientDisconnected,
            );
        }
    }

    /// Ends a call whose client left the session.
    pub(in crate::world) fn call_left(&mut self, id: &SipCallId) {
        self.end_call(id, SipCallReason::NormalClearing, "Normal call clearing");
    }

    fn end_call(
        &mut self,
        id: &SipCallId,
        reason: SipCallReason,
        words: &str,
    ) -> Option<CallRecord> {
        let call = self.calls.remove(id)?;
        let mut event = self.call_event(&call, "callDestroyed");
        event.reason_code = Some(reason);
        event.reason_message = Some(words.to_owned());
        self.happen(&call.project, None, WebhookEvent::CallDestroyed(event));
        Some(call)
    }

    /// Announces that a call was muted, if its request asked for that.
    pub(in crate::world) fn call_was_muted(&mut self, id: &SipCallId) {
        let Some(call) = self.calls.get(id).filter(|call| call.observes_mute) else {
            return;
        };
        let event = WebhookEvent::MuteForced(self.call_event(call, "muteForced"));
        let project = call.project.clone();
        self.happen(&project, None, event);
    }

    fn announce_call_state(&mut self, id: &SipCallId) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        let mut event = self.call_event(call, "callUpdated");
        event.state = Some(call.state.clone());
        let project = call.project.clone();
        self.happen(&project, None, WebhookEvent::CallUpdated(event));
    }

    fn call_event(&self, call: &CallRecord, name: &str) -> SipCallEvent {
        let mut event = SipCallEvent::default();
        event.event = name.to_owned();
        event.session_id = call.session.clone();
        event.project_id = Some(call.project.clone());
        event.timestamp = Some(Timestamp::from_millis(self.now));
        event.call = SipCallDetails::default();
        event.call.id = call.id.clone();
        event.call.connection_id = call.connection.clone();
        event.call.created_at = Some(Timestamp::from_millis(call.created));
        event
    }
}
