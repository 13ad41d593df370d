//! The picture of a composed archive or broadcast.

use vonage_video_core::{
    ArchiveId, BroadcastId, StreamId,
    models::{Layout, Resolution},
};

use crate::{
    media::layout::{LayoutInput, Picture, StreamInput, picture},
    world::{session::Session, state::World},
};

impl World {
    /// The picture of an archive or broadcast, with the streams that are published now.
    pub(crate) fn picture_of(&self, id: &str) -> Option<Picture> {
        let input = if let Some(archive) = self.archives.get(&ArchiveId::from(id)) {
            let session = self.sessions.get(&archive.model.session_id)?;
            let resolution = archive.model.resolution.clone();
            let takes = |stream: &StreamId| archive.takes(stream);
            input(session, archive.layout.as_ref(), resolution, takes)
        } else {
            let broadcast = self.broadcasts.get(&BroadcastId::from(id))?;
            let session = self.sessions.get(&broadcast.model.session_id)?;
            let resolution = broadcast.model.resolution.clone();
            let takes = |stream: &StreamId| broadcast.takes(stream);
            input(session, broadcast.layout.as_ref(), resolution, takes)
        };
        Some(picture(&input))
    }
}

fn input(
    session: &Session,
    layout: Option<&Layout>,
    resolution: Option<Resolution>,
    takes: impl Fn(&StreamId) -> bool,
) -> LayoutInput {
    let streams = session
        .streams
        .iter()
        .filter(|stream| takes(&stream.id))
        .map(|stream| StreamInput {
            id: stream.id.clone(),
            name: stream.name.clone(),
            connection_id: stream.connection.clone(),
            video_type: stream.video_type.clone(),
            layout_class_list: stream.classes.clone(),
        })
        .collect();
    LayoutInput {
        kind: layout.map(|layout| layout.kind.clone()),
        screenshare_type: layout.and_then(|layout| layout.screenshare_type.clone()),
        resolution,
        streams,
    }
}
