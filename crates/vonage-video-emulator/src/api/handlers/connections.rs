//! Clients of a session.

use vonage_video_auth::Environment;
use vonage_video_core::{
    ProjectId, Timestamp,
    models::{Connection, ConnectionList, ConnectionReason, ConnectionState},
    operations::{ForceDisconnect, ListConnections},
};

use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::World,
};

impl World {
    pub(in crate::api) fn list_connections(
        &mut self,
        caller: &Caller,
        request: ListConnections,
    ) -> Reply<ConnectionList> {
        let session = self.session(caller, &request.session_id)?;
        let items: Vec<Connection> = session
            .connections
            .iter()
            .map(|connection| {
                let mut item = Connection::new(connection.id.as_str());
                item.state = ConnectionState::Connected;
                item.created_at = Some(Timestamp::from_millis(connection.created));
                item
            })
            .collect();
        let mut list = ConnectionList::default();
        list.count = items.len() as u64;
        list.session_id = Some(request.session_id);
        let owner = ProjectId::from(caller.project.as_str());
        // SDKs disagree which of the two Vonage sends: it sends both here.
        list.application_id = (caller.environment == Environment::Vonage).then(|| owner.clone());
        list.project_id = Some(owner);
        list.items = items;
        Ok(list)
    }

    pub(in crate::api) fn force_disconnect(
        &mut self,
        caller: &Caller,
        request: ForceDisconnect,
    ) -> Reply<()> {
        self.session(caller, &request.session_id)?;
        let was_there = self.remove_client(
            request.session_id.as_str(),
            request.connection_id.as_str(),
            ConnectionReason::ForceDisconnected,
        );
        if was_there {
            Ok(())
        } else {
            Err(not_connected())
        }
    }
}

pub(in crate::api) fn not_connected() -> Refusal {
    Refusal::not_found("Not found. The client is not connected to the session.")
}
