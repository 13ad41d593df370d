// @generated from api/audio_connector.toml by `cargo xtask codegen`; edit that file instead.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    check::{self, Invalid},
    decode_error::DecodeError,
    generated::enums::{AudioEncoding, AudioRate, AudioTransportType},
    id::{AudioConnectorId, ConnectionId, StreamId},
    lenient,
    output::{self, Output},
    redact,
};

/// A WebSocket server, and the audio it gets.
///
/// Source: SDKs say 8000 is the default rate, the guide 16000.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Websocket {
    /// The server's address. Begins with `ws://` or `wss://`.
    #[serde(deserialize_with = "lenient::value")]
    pub uri: String,
    /// The streams to send, mixed, at most 50; all unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub streams: Option<Vec<StreamId>>,
    /// Headers that your server gets with the connection; 512 bytes in all. At most 512 bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<BTreeMap<String, String>>,
    /// Samples a second. Sources dispute the default.
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
    /// What must be there, with all that is optional unset.
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            uri: uri.into(),
            streams: None,
            headers: None,
            audio_rate: None,
            bidirectional: None,
            audio_transport: None,
        }
    }

    /// Sets [`streams`](Self::streams).
    #[must_use]
    pub fn streams(mut self, streams: impl IntoIterator<Item = impl Into<StreamId>>) -> Self {
        self.streams = Some(streams.into_iter().map(Into::into).collect());
        self
    }

    /// Sets [`headers`](Self::headers).
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

    /// Sets [`audio_rate`](Self::audio_rate).
    #[must_use]
    pub fn audio_rate(mut self, audio_rate: impl Into<AudioRate>) -> Self {
        self.audio_rate = Some(audio_rate.into());
        self
    }

    /// Sets [`bidirectional`](Self::bidirectional).
    #[must_use]
    pub fn bidirectional(mut self, bidirectional: bool) -> Self {
        self.bidirectional = Some(bidirectional);
        self
    }

    /// Sets [`audio_transport`](Self::audio_transport).
    #[must_use]
    pub fn audio_transport(mut self, audio_transport: impl Into<AudioTransport>) -> Self {
        self.audio_transport = Some(audio_transport.into());
        self
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
    pub fn validate(&self) -> Result<(), Invalid> {
        check::starts("uri", &self.uri, &["ws://", "wss://"])?;
        if let Some(streams) = &self.streams {
            check::ids("streams", streams)?;
        }
        if let Some(headers) = &self.headers {
            check::map_bytes("headers", headers, ..=512)?;
        }
        if let Some(audio_transport) = &self.audio_transport {
            check::within("audioTransport", audio_transport.validate())?;
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
///
/// Source: Two SDKs and the official samples. Its members are snake_case, unlike all around them;
/// one SDK sends the whole as a string of JSON, by mistake.
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
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`transport`](Self::transport).
    #[must_use]
    pub fn transport(mut self, transport: impl Into<AudioTransportType>) -> Self {
        self.transport = Some(transport.into());
        self
    }

    /// Sets [`encoding`](Self::encoding).
    #[must_use]
    pub fn encoding(mut self, encoding: impl Into<AudioEncoding>) -> Self {
        self.encoding = Some(encoding.into());
        self
    }

    /// Sets [`audio_field`](Self::audio_field).
    #[must_use]
    pub fn audio_field(mut self, audio_field: impl Into<String>) -> Self {
        self.audio_field = Some(audio_field.into());
        self
    }

    /// Sets [`receive_audio_field`](Self::receive_audio_field).
    #[must_use]
    pub fn receive_audio_field(mut self, receive_audio_field: impl Into<String>) -> Self {
        self.receive_audio_field = Some(receive_audio_field.into());
        self
    }

    /// Sets [`static_fields`](Self::static_fields).
    #[must_use]
    pub fn static_fields(mut self, static_fields: impl Into<Value>) -> Self {
        self.static_fields = Some(static_fields.into());
        self
    }

    /// Checks every limit. The error names the first field found wrong, its rule and what it holds.
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
///
/// Source: Captured answers; one SDK's fixture says `captionsId`, a slip.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AudioConnector {
    /// Names it.
    pub id: AudioConnectorId,
    /// Its connection: stop it with `force_disconnect`.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub connection_id: ConnectionId,
}

impl AudioConnector {
    /// What is always there, with all else absent.
    pub fn new(id: impl Into<AudioConnectorId>) -> Self {
        Self {
            id: id.into(),
            connection_id: ConnectionId::default(),
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
