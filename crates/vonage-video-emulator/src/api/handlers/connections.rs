//! Clients of a session.

use vonage_video_core::{
    Timestamp,
    models::{Connection, ConnectionList, ConnectionReason, ConnectionState},
    operations::{ForceDisconnect, ListConnections},
};

use crate::api::{
    operations::Operations,
    refusal::{ApiResult, Refusal},
    sdk::OwnerName,
};

impl Operations<'_> {
    pub(crate) fn list_connections(
        &mut self,
        request: ListConnections,
    ) -> ApiResult<ConnectionList> {
        let session = self.session(&request.session_id)?;
        let items: Vec<Connection> = session
            .connections
            .iter()
            .map(|connection| {
                let mut item = Connection::new(connection.id.clone());
                item.state = ConnectionState::Connected;
                item.created_at = Some(Timestamp::from_millis(connection.created));
                item
            })
            .collect();
        let mut list = ConnectionList::default();
        list.count = items.len() as u64;
        list.session_id = Some(request.session_id);
        // SDKs disagree about which of the two Vonage sends.
        let name = self.demands.owner;
        let application = self.caller.owner().application_id;
        if application.is_none() || name != OwnerName::ApplicationId {
            list.project_id = Some(self.caller.project.clone());
        }
        list.application_id = application.filter(|_| name != OwnerName::ProjectId);
        list.items = items;
        Ok(list)
    }

    pub(crate) fn force_disconnect(&mut self, request: ForceDisconnect) -> ApiResult<()> {
        self.session(&request.session_id)?;
        let was_there = self.world.remove_client(
            &request.session_id,
            &request.connection_id,
            ConnectionReason::ForceDisconnected,
        );
        if was_there {
            Ok(())
        } else {
            Err(not_connected())
        }
    }
}

pub(crate) fn not_connected() -> Refusal {
    Refusal::not_found("Not found. The client is not connected to the session.")
}
