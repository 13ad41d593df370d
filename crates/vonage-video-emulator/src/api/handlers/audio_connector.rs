//! Audio Connectors.

use vonage_video_core::{
    models::{AudioConnector, AudioEncoding, AudioRate, AudioTransportType, Websocket},
    operations::ConnectWebsocket,
};

use super::{unknown_streams, unknown_value};
use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::{Publication, World, address::never_exists, session::ConnectionKind},
};

impl World {
    pub(in crate::api) fn connect_websocket(
        &mut self,
        caller: &Caller,
        request: ConnectWebsocket,
    ) -> Reply<AudioConnector> {
        known_values(&request.websocket)?;
        let session = self.session(caller, &request.session_id)?;
        if session.relayed {
            return Err(Refusal::conflict(
                "The Audio Connector needs a routed session",
            ));
        }
        unknown_streams(session, request.websocket.streams.as_deref())?;
        let pass = self.bearer(&request.session_id, &request.token)?;
        if never_exists(&request.websocket.uri) {
            return Err(Refusal::bad_request(
                "The WebSocket server did not answer within 6 seconds",
            ));
        }

        let id = self.random.uuid();
        let session = request.session_id.as_str();
        let connection = self
            .admit(session, ConnectionKind::Connector(id.clone()), pass)
            .ok_or_else(|| Refusal::not_found("Session not found"))?;
        if request.websocket.bidirectional == Some(true) {
            let publication = Publication {
                name: String::new(),
                video_type: None,
                has_audio: true,
                has_video: false,
                classes: None,
            };
            self.add_stream(session, &connection, publication);
        }
        let mut connector = AudioConnector::new(id);
        connector.connection_id = connection.into();
        Ok(connector)
    }
}

fn known_values(websocket: &Websocket) -> Reply<()> {
    if let Some(AudioRate::Unknown(value)) = &websocket.audio_rate {
        return Err(unknown_value("audioRate", value));
    }
    let Some(transport) = &websocket.audio_transport else {
        return Ok(());
    };
    if let Some(AudioTransportType::Unknown(value)) = &transport.transport {
        return Err(unknown_value("audioTransport.transport", value));
    }
    if let Some(AudioEncoding::Unknown(value)) = &transport.encoding {
        return Err(unknown_value("audioTransport.encoding", value));
    }
    Ok(())
}
