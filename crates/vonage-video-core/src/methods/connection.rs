//! Participants of a session, and how to disconnect them.

use crate::{
    generated::ids::SessionId,
    models::{AudioConnector, Connection, SipCall},
    operations::ForceDisconnect,
};

impl Connection {
    /// Returns the operation that disconnects this participant from its session.
    pub fn disconnect(&self, session: impl Into<SessionId>) -> ForceDisconnect {
        ForceDisconnect::new(session, &self.id)
    }
}

impl SipCall {
    /// Returns the operation that hangs up the call.
    pub fn hang_up(&self, session: impl Into<SessionId>) -> ForceDisconnect {
        ForceDisconnect::new(session, &self.connection_id)
    }
}

impl AudioConnector {
    /// Returns the operation that stops the connector, by disconnecting it from its session.
    pub fn stop(&self, session: impl Into<SessionId>) -> ForceDisconnect {
        ForceDisconnect::new(session, &self.connection_id)
    }
}
