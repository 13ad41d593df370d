//! Streams of audio and video.

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    ConnectionId, StreamId, Timestamp,
    models::{EventStream, Stream as StreamModel, VideoType},
};

use crate::{
    media::layout::StreamInput,
    world::{
        clock::Millis,
        connection::Connection,
        notice::{Notice, StreamChange},
        participation::{Publish, VideoDimensions},
    },
};

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Stream {
    pub(crate) id: StreamId,
    /// How many streams its session had before it.
    pub(crate) number: u32,
    pub(crate) connection: ConnectionId,
    pub(crate) name: String,
    /// `None` for audio only.
    pub(crate) video_type: Option<VideoType>,
    pub(crate) has_audio: bool,
    pub(crate) has_video: bool,
    /// Whether its audio was muted by force and not switched on again.
    pub(crate) muted: bool,
    pub(crate) classes: Vec<String>,
    pub(crate) created: Millis,
    /// Whether captions of it are sent.
    pub(crate) has_captions: bool,
    pub(crate) shape: Shape,
}

/// A stream to publish.
#[derive(Clone, Debug)]
pub(crate) struct Publication {
    pub(crate) name: String,
    pub(crate) video_type: Option<VideoType>,
    pub(crate) has_audio: bool,
    pub(crate) has_video: bool,
    /// Layout classes instead of those in the token.
    pub(crate) classes: Option<Vec<String>>,
    pub(crate) has_captions: bool,
    pub(crate) shape: Shape,
}

/// What a publisher tells about the look of its stream.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shape {
    pub(crate) dimensions: Option<VideoDimensions>,
    pub(crate) frame_rate: Option<u32>,
    pub(crate) initials: Option<String>,
}

impl Stream {
    pub(crate) fn model(&self) -> StreamModel {
        let mut model = StreamModel::new(self.id.clone());
        model.video_type.clone_from(&self.video_type);
        model.name = Some(self.name.clone());
        model.layout_class_list.clone_from(&self.classes);
        model
    }

    /// As layouts arrange it.
    pub(super) fn to_input(&self) -> StreamInput {
        StreamInput {
            id: self.id.clone(),
            name: self.name.clone(),
            connection_id: self.connection.clone(),
            video_type: self.video_type.clone(),
            layout_class_list: self.classes.clone(),
            number: Some(self.number),
        }
    }

    /// Changes what is set.
    pub(super) fn change(&mut self, change: Publish) {
        if let Some(name) = change.name {
            self.name = name;
        }
        if let Some(has_video) = change.has_video {
            self.has_video = has_video;
        }
        if let Some(has_audio) = change.has_audio {
            self.has_audio = has_audio;
            self.muted &= !has_audio;
        }
        if let Some(classes) = change.layout_class_list {
            self.classes = classes;
        }
        if let Some(has_captions) = change.has_captions {
            self.has_captions = has_captions;
        }
        self.shape.dimensions = change.video_dimensions.or(self.shape.dimensions);
        self.shape.frame_rate = change.frame_rate.or(self.shape.frame_rate);
        if let Some(kind) = change.video_type {
            self.video_type = Some(kind);
        } else if self.has_video && self.video_type.is_none() {
            self.video_type = Some(VideoType::Camera);
        }
        if !self.has_video {
            self.video_type = None;
        }
    }

    /// Whether others hear it.
    fn sends_audio(&self) -> bool {
        self.has_audio && !self.muted
    }

    /// The notice of a change.
    pub(super) fn changes_since(&self, before: &Self) -> Vec<StreamChange> {
        let mut changes = Vec::new();
        if self.sends_audio() != before.sends_audio() {
            changes.push(StreamChange::HasAudio(self.sends_audio()));
        }
        if self.has_video != before.has_video {
            changes.push(StreamChange::HasVideo(self.has_video));
        }
        if self.video_type != before.video_type {
            changes.push(StreamChange::VideoType(self.video_type.clone()));
        }
        if self.shape.dimensions != before.shape.dimensions {
            changes.extend(self.shape.dimensions.map(StreamChange::VideoDimensions));
        }
        if self.has_captions != before.has_captions {
            changes.push(StreamChange::HasCaptions(self.has_captions));
        }
        changes
    }

    pub(super) fn created_notice(&self) -> Notice {
        Notice::StreamCreated {
            stream_id: self.id.clone(),
            connection_id: self.connection.clone(),
            name: self.name.clone(),
            video_type: self.video_type.clone(),
            has_audio: self.sends_audio(),
            has_video: self.has_video,
            has_captions: self.has_captions,
            video_dimensions: self.shape.dimensions,
            frame_rate: self.shape.frame_rate,
            initials: self.shape.initials.clone(),
            created_at: self.created,
        }
    }

    /// As webhooks show it.
    pub(super) fn event_model(&self, publisher: Option<&Connection>) -> EventStream {
        let mut model = EventStream::default();
        model.id = self.id.clone();
        model.created_at = Some(Timestamp::from_millis(self.created));
        model.name = Some(self.name.clone());
        model.video_type.clone_from(&self.video_type);
        if let Some(publisher) = publisher {
            model.connection = publisher.event_model();
        }
        model
    }
}
