//! The picture of a composed archive or broadcast.

use vonage_video_core::{
    ArchiveId, BroadcastId, StreamId,
    models::{Layout, Resolution},
};

use crate::{
    media::layout::{LayoutInput, Picture, picture},
    world::{part::Part, session::Session, state::World},
};

impl World {
    /// The picture of an archive or broadcast, with the streams that are published now.
    pub(crate) fn picture_of(&self, id: &str) -> Option<Picture> {
        let input = if let Some(archive) = self.archives.get(&ArchiveId::from(id)) {
            let session = self.sessions.get(&archive.model.session_id)?;
            let resolution = archive.model.resolution.clone();
            let part = |stream: &StreamId| archive.part(stream);
            input(session, archive.layout.as_ref(), resolution, part)
        } else {
            let broadcast = self.broadcasts.get(&BroadcastId::from(id))?;
            let session = self.sessions.get(&broadcast.model.session_id)?;
            let resolution = broadcast.model.resolution.clone();
            let part = |stream: &StreamId| broadcast.part(stream);
            input(session, broadcast.layout.as_ref(), resolution, part)
        };
        Some(picture(&input))
    }
}

fn input(
    session: &Session,
    layout: Option<&Layout>,
    resolution: Option<Resolution>,
    part: impl Fn(&StreamId) -> Option<Part>,
) -> LayoutInput {
    let streams = session
        .streams
        .iter()
        .filter_map(|stream| Some(part(&stream.id)?.of(stream.to_input())))
        .collect();
    let mut input = LayoutInput {
        resolution,
        streams,
        ..LayoutInput::default()
    };
    if let Some(layout) = layout {
        input.set_layout(layout);
    }
    input
}
