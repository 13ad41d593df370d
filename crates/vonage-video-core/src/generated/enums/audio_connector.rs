// @generated from api/audio_connector.toml by `cargo xtask codegen`; edit that file instead.

use crate::open_enum::open_enum;

open_enum! {
    /// Samples a second of 16-bit PCM.
    pub enum AudioRate: u32 {
        /// `8000`: 8 kHz, telephone quality.
        Hz8000 = 8000,
        /// `16000`: 16 kHz, wideband.
        Hz16000 = 16000,
        /// `24000`: What some speech services take.
        Hz24000 = 24000,
    }
}

open_enum! {
    /// The kind of WebSocket messages that carry audio.
    pub enum AudioTransportType: str {
        /// `binary`: Binary messages of raw audio.
        Binary = "binary",
        /// `json`: Text messages of JSON.
        Json = "json",
    }
}

open_enum! {
    /// How audio is written in JSON.
    pub enum AudioEncoding: str {
        /// `base64`: Base64 of the raw audio.
        Base64 = "base64",
    }
}
