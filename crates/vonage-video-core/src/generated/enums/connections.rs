// @generated from api/connections.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// Whether a client is connected.
    pub enum ConnectionState: str {
        /// `Connecting`: The client is connecting.
        Connecting = "Connecting",
        /// `Connected`: The client is in the session.
        Connected = "Connected",
        /// `Disconnected`: The client has left the session.
        Disconnected = "Disconnected",
    }
}

impl Default for ConnectionState {
    fn default() -> Self {
        Self::from("")
    }
}
