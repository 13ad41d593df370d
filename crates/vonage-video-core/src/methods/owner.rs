//! One accessor for the owner, whichever of its three names a response has.

use crate::{
    id::ProjectId,
    models::{
        Archive, Broadcast, CaptionsEvent, ConnectionEvent, ConnectionList, ProjectDetails, Render,
        Session, SessionEvent, SipCall, SipCallEvent, StreamEvent,
    },
};

macro_rules! owners {
    ($($model:ident: $first:ident $(, $other:ident)*;)*) => {$(
        impl $model {
            /// Returns the owner: an application id on Vonage, an API key on OpenTok. Responses
            /// spell it `applicationId`, `projectId` or `partnerId`.
            pub fn owner(&self) -> Option<&ProjectId> {
                self.$first.as_ref()$(.or(self.$other.as_ref()))*
            }
        }
    )*};
}

owners! {
    Archive: application_id, project_id, partner_id;
    Broadcast: application_id, project_id, partner_id;
    Render: application_id, project_id;
    Session: project_id, application_id, partner_id;
    ConnectionList: application_id, project_id;
    ProjectDetails: application_id, id;
    SipCall: project_id;
    SessionEvent: project_id, application_id;
    ConnectionEvent: project_id, application_id;
    StreamEvent: project_id, application_id;
    SipCallEvent: project_id, application_id;
    CaptionsEvent: application_id, project_id;
}
