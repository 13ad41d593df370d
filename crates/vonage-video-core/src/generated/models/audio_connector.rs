// @generated from api/audio_connector.toml by `cargo xtask codegen`; edit that file instead.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    check,
    decode_error::DecodeError,
    generated::{
        enums::{AudioEncoding, AudioRate, AudioTransportType},
        ids::{AudioConnectorId, ConnectionId, StreamId},
    },
    invalid::Invalid,
    lenient,
    output::{self, Output},
    redact,
};

/// A WebSocket server, and the audio it gets.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Websocket {
    /// The URI of your WebSocket server. Begins with `ws://` or `wss://`.
    #[serde(deserialize_with = "lenient::value")]
    pub uri: String,
    /// The streams to send, mixed, at most 50; all unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub streams: Option<Vec<StreamId>>,
    /// Headers that your server gets with the connection; 512 bytes in all. At most 512 bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<BTreeMap<String, String>>,
    /// The sample rate, in Hz. Set it: the documentation disagrees about the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_rate: Option<AudioRate>,
    /// Whether audio from your server is played in the session. Default: `false`.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bidirectional: Option<bool>,
    /// How audio is put into messages; binary unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_transport: Option<AudioTransport>,
}

impl Websocket {
    /// Creates a value; optional fields are unset.
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            uri: uri.into(),
            ..Self::default()
        }
    }

    /// The streams to send, mixed, at most 50; all unless set.
    #[must_use]
    pub fn streams(mut self, streams: impl IntoIterator<Item = impl Into<StreamId>>) -> Self {
        self.streams = Some(streams.into_iter().map(Into::into).collect());
        self
    }

    /// Headers that your server gets with the connection; 512 bytes in all. At most 512 bytes.
    #[must_use]
    pub fn headers(
        mut self,
        headers: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        self.headers = Some(
            headers
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        );
        self
    }

    /// The sample rate, in Hz. Set it: the documentation disagrees about the default.
    #[must_use]
    pub fn audio_rate(mut self, audio_rate: impl Into<AudioRate>) -> Self {
        self.audio_rate = Some(audio_rate.into());
        self
    }

    /// Whether audio from your server is played in the session. Default: `false`.
    #[must_use]
    pub fn bidirectional(mut self, bidirectional: bool) -> Self {
        self.bidirectional = Some(bidirectional);
        self
    }

    /// How audio is put into messages; binary unless set.
    #[must_use]
    pub fn audio_transport(mut self, audio_transport: impl Into<AudioTransport>) -> Self {
        self.audio_transport = Some(audio_transport.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::starts("uri", &self.uri, &["ws://", "wss://"])?;
        if let Some(streams) = &self.streams {
            check::ids("streams", streams)?;
        }
        if let Some(headers) = &self.headers {
            check::map_bytes("headers", headers, ..=512)?;
        }
        if let Some(audio_transport) = &self.audio_transport {
            check::within(
                ("audio_transport", "audioTransport"),
                audio_transport.validate(),
            )?;
        }
        Ok(())
    }
}

impl fmt::Debug for Websocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("Websocket", self, f)
    }
}

/// How audio is put into WebSocket messages.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AudioTransport {
    /// Raw audio, or JSON. Default: `binary`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transport: Option<AudioTransportType>,
    /// How audio is written in JSON. Required with `transport = json`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<AudioEncoding>,
    /// The member that holds audio sent to your server.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_field: Option<String>,
    /// The member that holds audio sent by your server.
    #[serde(default, deserialize_with = "lenient::option")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receive_audio_field: Option<String>,
    /// An object whose members go into every message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub static_fields: Option<Value>,
}

impl AudioTransport {
    /// Creates a value with no field set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Raw audio, or JSON. Default: `binary`.
    #[must_use]
    pub fn transport(mut self, transport: impl Into<AudioTransportType>) -> Self {
        self.transport = Some(transport.into());
        self
    }

    /// How audio is written in JSON. Required with `transport = json`.
    #[must_use]
    pub fn encoding(mut self, encoding: impl Into<AudioEncoding>) -> Self {
        self.encoding = Some(encoding.into());
        self
    }

    /// The member that holds audio sent to your server.
    #[must_use]
    pub fn audio_field(mut self, audio_field: impl Into<String>) -> Self {
        self.audio_field = Some(audio_field.into());
        self
    }

    /// The member that holds audio sent by your server.
    #[must_use]
    pub fn receive_audio_field(mut self, receive_audio_field: impl Into<String>) -> Self {
        self.receive_audio_field = Some(receive_audio_field.into());
        self
    }

    /// An object whose members go into every message.
    #[must_use]
    pub fn static_fields(mut self, static_fields: impl Into<Value>) -> Self {
        self.static_fields = Some(static_fields.into());
        self
    }

    /// Checks every limit that the API documents.
    ///
    /// # Errors
    ///
    /// Returns the first field that breaks a rule, with the rule and the value.
    pub fn validate(&self) -> Result<(), Invalid> {
        let json = check::when(
            "transport = json",
            self.transport == Some(AudioTransportType::Json),
        );
        check::needed("encoding", &self.encoding, json)
    }
}

impl fmt::Debug for AudioTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("AudioTransport", self, f)
    }
}

/// A session connected to a WebSocket.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AudioConnector {
    /// Identifies the Audio Connector.
    #[serde(deserialize_with = "lenient::filled")]
    pub id: AudioConnectorId,
    /// Its connection: stop it with `force_disconnect`.
    #[serde(default, deserialize_with = "lenient::odd_as_default")]
    pub connection_id: ConnectionId,
}

impl AudioConnector {
    /// Creates a value with what is always present; the other fields are empty. For tests and for
    /// servers.
    pub fn new(id: impl Into<AudioConnectorId>) -> Self {
        Self {
            id: id.into(),
            ..Self::default()
        }
    }
}

impl Output for AudioConnector {
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        output::json(body)
    }

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        output::to_json(self)
    }
}

impl fmt::Debug for AudioConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        redact::debug("AudioConnector", self, f)
    }
}
