// @generated from api/connections.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// Whether a client is connected.
    pub enum ConnectionState: str {
        /// `Connecting`: It is on its way in.
        Connecting = "Connecting",
        /// `Connected`: It is in the session.
        Connected = "Connected",
        /// `Disconnected`: It has left; seen in one SDK's test.
        Disconnected = "Disconnected",
    }
}

impl Default for ConnectionState {
    fn default() -> Self {
        Self::from("")
    }
}
