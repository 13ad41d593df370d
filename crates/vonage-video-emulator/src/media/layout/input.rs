//! What a layout arranges.

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    ConnectionId, StreamId,
    models::{LayoutType, Resolution, VideoType},
};

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

/// A layout and the streams to arrange.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LayoutInput {
    #[serde(rename = "type")]
    pub(crate) kind: Option<LayoutType>,
    pub(crate) screenshare_type: Option<LayoutType>,
    pub(crate) resolution: Option<Resolution>,
    /// In the order in which they were published.
    pub(crate) streams: Vec<StreamInput>,
}
