//! Streams of a session.

use http::StatusCode;
use vonage_video_core::{
    Page, StreamId,
    models::Stream,
    operations::{GetStream, ListStreams, SetStreamClassLists},
};

use crate::{
    api::{
        operations::Operations,
        refusal::{ApiResult, Refusal},
    },
    world::Session,
};

impl Operations<'_> {
    pub(crate) fn list_streams(&mut self, request: ListStreams) -> ApiResult<Page<Stream>> {
        let session = self.session(&request.session_id)?;
        if !session.had_streams {
            return Err(Refusal::no_session());
        }
        Ok(page(session))
    }

    pub(crate) fn get_stream(&mut self, request: GetStream) -> ApiResult<Stream> {
        self.session(&request.session_id)?
            .streams
            .get(&request.stream_id)
            .map(|stream| stream.model())
            .ok_or_else(|| no_stream(&request.stream_id))
    }

    pub(crate) fn set_stream_class_lists(
        &mut self,
        request: SetStreamClassLists,
    ) -> ApiResult<Page<Stream>> {
        let session = self.session(&request.session_id)?;
        // All or nothing: a missing stream leaves the others as they are.
        let ids = request.items.iter().map(|item| &item.stream_id);
        if let Some(missing) = session.missing(ids) {
            return Err(Refusal::not_found(format!("Stream {missing} not found")));
        }
        for item in request.items {
            self.world
                .set_classes(&request.session_id, &item.stream_id, item.classes);
        }
        self.session(&request.session_id).map(page)
    }
}

fn page(session: &Session) -> Page<Stream> {
    let items: Vec<Stream> = session.streams.iter().map(|it| it.model()).collect();
    Page::new(items.len() as u64, items)
}

/// Checks that streams chosen in a request are published in the session.
pub(super) fn check_streams(session: &Session, streams: Option<&[StreamId]>) -> ApiResult<()> {
    match session.missing(streams.unwrap_or_default()) {
        Some(id) => Err(Refusal::bad_request(format!("Stream {id} not found"))),
        None => Ok(()),
    }
}

/// The response for a missing stream: 404, or 408 when the id is not a UUID, as documented.
pub(super) fn no_stream(id: &StreamId) -> Refusal {
    if is_uuid(id.as_str()) {
        Refusal::not_found("Stream not found")
    } else {
        Refusal::new(StatusCode::REQUEST_TIMEOUT, "Invalid stream ID").code(-1)
    }
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
