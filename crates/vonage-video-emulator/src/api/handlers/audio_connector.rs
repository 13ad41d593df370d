//! Audio Connectors.

use vonage_video_core::{
    models::{AudioConnector, AudioEncoding, AudioRate, AudioTransportType, Websocket},
    operations::ConnectWebsocket,
};

use super::streams::check_streams;
use crate::{
    api::{
        operations::{Operations, no_session, unknown_value},
        refusal::{ApiResult, Refusal},
    },
    world::{ConnectionKind, Publication, Shape, never_exists},
};

impl Operations<'_> {
    pub(crate) fn connect_websocket(
        &mut self,
        request: ConnectWebsocket,
    ) -> ApiResult<AudioConnector> {
        check_values(&request.websocket)?;
        let session = self.session(&request.session_id)?;
        if session.relayed {
            return Err(Refusal::conflict(
                "The Audio Connector needs a routed session",
            ));
        }
        check_streams(session, request.websocket.streams.as_deref())?;
        let admission = self.admission_for_token(&request.session_id, &request.token)?;
        if never_exists(&request.websocket.uri) {
            return Err(Refusal::bad_request(
                "The WebSocket server did not answer within 6 seconds",
            ));
        }

        let mut connector = AudioConnector::new(self.world.random().uuid());
        let session = &request.session_id;
        let kind = ConnectionKind::AudioConnector(connector.id.clone());
        let connection = self
            .world
            .admit(session, kind, admission)
            .ok_or_else(no_session)?;
        if request.websocket.bidirectional == Some(true) {
            let publication = Publication {
                name: String::new(),
                video_type: None,
                has_audio: true,
                has_video: false,
                classes: None,
                has_captions: true,
                shape: Shape::default(),
            };
            self.world.add_stream(session, &connection, publication);
        }
        connector.connection_id = connection;
        Ok(connector)
    }
}

fn check_values(websocket: &Websocket) -> ApiResult<()> {
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
