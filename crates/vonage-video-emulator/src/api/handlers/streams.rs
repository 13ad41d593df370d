//! Streams of a session.

use http::StatusCode;
use vonage_video_core::{
    Page,
    models::Stream,
    operations::{GetStream, ListStreams, SetStreamClassLists},
};

use crate::{
    api::reply::{Caller, Refusal, Reply},
    world::World,
};

impl World {
    pub(in crate::api) fn list_streams(
        &mut self,
        caller: &Caller,
        request: ListStreams,
    ) -> Reply<Page<Stream>> {
        let session = self.session(caller, &request.session_id)?;
        if !session.had_streams {
            return Err(Refusal::not_found("Session not found"));
        }
        let items: Vec<Stream> = session.streams.iter().map(|it| it.model()).collect();
        Ok(Page::new(items.len() as u64, items))
    }

    pub(in crate::api) fn get_stream(
        &mut self,
        caller: &Caller,
        request: GetStream,
    ) -> Reply<Stream> {
        let session = self.session(caller, &request.session_id)?;
        let id = request.stream_id.as_str();
        session
            .streams
            .get(id)
            .map(|stream| stream.model())
            .ok_or_else(|| no_stream(id))
    }

    pub(in crate::api) fn set_stream_class_lists(
        &mut self,
        caller: &Caller,
        request: SetStreamClassLists,
    ) -> Reply<Page<Stream>> {
        let session = self.session(caller, &request.session_id)?;
        // All or nothing: a stream that is not there leaves the others as they are.
        if let Some(missing) = request
            .items
            .iter()
            .find(|item| !session.streams.contains(item.stream_id.as_str()))
        {
            return Err(Refusal::not_found(format!(
                "Stream {} not found",
                missing.stream_id
            )));
        }
        for item in request.items {
            if let Some(stream) = session.streams.get_mut(item.stream_id.as_str()) {
                stream.classes = item.classes;
            }
        }
        let items: Vec<Stream> = session.streams.iter().map(|it| it.model()).collect();
        Ok(Page::new(items.len() as u64, items))
    }
}

/// A stream that is not there: 408 when the id cannot be one, as the documents have it, else 404.
pub(in crate::api) fn no_stream(id: &str) -> Refusal {
    if is_uuid(id) {
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
