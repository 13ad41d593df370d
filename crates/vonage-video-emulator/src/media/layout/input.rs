//! What a layout arranges.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    ConnectionId, StreamId,
    models::{Layout, LayoutType, Resolution, VideoType},
};

use super::custom::Stylesheet;

/// A stream that may be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StreamInput {
    pub(crate) id: StreamId,
    #[serde(default)]
    pub(crate) name: String,
    /// Its client; streams of one client are kept together.
    #[serde(default)]
    pub(crate) connection_id: ConnectionId,
    /// `None` for audio only, which has no place in the picture.
    pub(crate) video_type: Option<VideoType>,
    #[serde(default)]
    pub(crate) layout_class_list: Vec<String>,
    /// How many streams its session had before it, by which its colour is chosen; its place in the
    /// list unless set.
    pub(crate) number: Option<u32>,
}

impl StreamInput {
    /// Its layout classes, as those of an element.
    pub(super) fn classes(&self) -> HashSet<&str> {
        let lists = self.layout_class_list.iter();
        lists.flat_map(|it| it.split_ascii_whitespace()).collect()
    }
}

/// A layout and the streams to arrange.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LayoutInput {
    #[serde(rename = "type")]
    pub(crate) kind: Option<LayoutType>,
    pub(crate) screenshare_type: Option<LayoutType>,
    /// That of custom layouts; without one, they are shown as `bestFit`.
    pub(crate) stylesheet: Option<Stylesheet>,
    pub(crate) resolution: Option<Resolution>,
    /// In the order in which they were published.
    pub(crate) streams: Vec<StreamInput>,
}

impl LayoutInput {
    /// Gives it another layout.
    pub(crate) fn set_layout(&mut self, layout: &Layout) {
        self.kind = Some(layout.kind.clone());
        self.screenshare_type.clone_from(&layout.screenshare_type);
        self.stylesheet = layout.stylesheet.as_deref().map(Stylesheet::parse);
    }
}
