//! Things that hold a place in a session, and how to take it from them.

use crate::{
    generated::ids::SessionId,
    models::{AudioConnector, Connection, SipCall},
    operations::ForceDisconnect,
};

impl Connection {
    /// Throws this client out of its session.
    pub fn disconnect(&self, session: impl Into<SessionId>) -> ForceDisconnect {
        ForceDisconnect::new(session, &self.id)
    }
}

impl SipCall {
    /// Hangs up.
    pub fn hang_up(&self, session: impl Into<SessionId>) -> ForceDisconnect {
        ForceDisconnect::new(session, &self.connection_id)
    }
}

impl AudioConnector {
    /// Stops it: there is no operation of its own for that.
    pub fn stop(&self, session: impl Into<SessionId>) -> ForceDisconnect {
        ForceDisconnect::new(session, &self.connection_id)
    }
}
