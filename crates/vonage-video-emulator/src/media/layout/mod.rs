//! Where the streams stand in a composed picture, as the layout guide describes it.
//!
//! The stylesheets of custom layouts are not read: they are shown as `bestFit`.

mod arrange;
mod priority;

use serde::{Deserialize, Serialize};
use vonage_video_core::models::{Layout, LayoutType, Resolution, VideoType};

use crate::world::{Session, World};

/// A stream that may be shown.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shown {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) name: String,
    /// Whose it is; streams of one client belong together.
    #[serde(default)]
    pub(crate) connection_id: String,
    /// `None` for audio alone, which has no place in the picture.
    pub(crate) video_type: Option<VideoType>,
    #[serde(default)]
    pub(crate) layout_class_list: Vec<String>,
}

/// What is to be arranged.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Scene {
    #[serde(rename = "type")]
    pub(crate) kind: Option<LayoutType>,
    pub(crate) screenshare_type: Option<LayoutType>,
    pub(crate) resolution: Option<Resolution>,
    /// In the order in which they came.
    pub(crate) streams: Vec<Shown>,
}

/// A composed picture.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// The arrangement that is in force, which is `screenshareType` while somebody shares a screen.
    #[serde(rename = "type")]
    pub(crate) kind: LayoutType,
    /// Later ones stand in front.
    pub(crate) boxes: Vec<Tile>,
    /// Streams for which there is no room.
    pub(crate) hidden: Vec<String>,
}

/// A stream's place, in pixels.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tile {
    pub(crate) stream_id: String,
    pub(crate) name: String,
    pub(crate) video_type: Option<VideoType>,
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Arranges a scene.
pub(crate) fn picture(scene: &Scene) -> Picture {
    let (width, height) = size(scene.resolution.as_ref());
    let visible: Vec<&Shown> = scene
        .streams
        .iter()
        .filter(|stream| stream.video_type.is_some())
        .collect();
    let shares = visible
        .iter()
        .any(|stream| stream.video_type == Some(VideoType::Screen));
    let kind = match (&scene.kind, &scene.screenshare_type) {
        (None | Some(LayoutType::BestFit), Some(kind)) if shares => kind.clone(),
        (Some(kind), _) => kind.clone(),
        (None, _) => LayoutType::BestFit,
    };
    let ordered = priority::ordered(&visible);
    let places = arrange::places(&kind, width, height, ordered.len());
    let boxes: Vec<Tile> = ordered
        .iter()
        .zip(&places)
        .map(|(stream, place)| Tile {
            stream_id: stream.id.clone(),
            name: stream.name.clone(),
            video_type: stream.video_type.clone(),
            x: place.x,
            y: place.y,
            width: place.width,
            height: place.height,
        })
        .collect();
    let hidden = ordered
        .iter()
        .skip(boxes.len())
        .map(|stream| stream.id.clone())
        .collect();
    Picture {
        width,
        height,
        kind,
        boxes,
        hidden,
    }
}

fn size(resolution: Option<&Resolution>) -> (u32, u32) {
    resolution
        .and_then(|resolution| {
            let (width, height) = resolution.as_str().split_once('x')?;
            Some((width.parse().ok()?, height.parse().ok()?))
        })
        .filter(|(width, height)| (1..=10_000).contains(width) && (1..=10_000).contains(height))
        .unwrap_or((640, 480))
}

impl World {
    /// The picture of a composed archive or broadcast, with the streams that are there now.
    pub(crate) fn picture_of(&self, id: &str) -> Option<Picture> {
        let scene = if let Some(archive) = self.archives.get(id) {
            let session = self.sessions.get(archive.model.session_id.as_str())?;
            let resolution = archive.model.resolution.clone();
            let takes = |stream: &str| archive.takes(stream);
            scene(session, archive.layout.as_ref(), resolution, takes)
        } else {
            let broadcast = self.broadcasts.get(id)?;
            let session = self.sessions.get(broadcast.model.session_id.as_str())?;
            let resolution = broadcast.model.resolution.clone();
            let takes = |stream: &str| broadcast.takes(stream);
            scene(session, broadcast.layout.as_ref(), resolution, takes)
        };
        Some(picture(&scene))
    }
}

fn scene(
    session: &Session,
    layout: Option<&Layout>,
    resolution: Option<Resolution>,
    takes: impl Fn(&str) -> bool,
) -> Scene {
    let streams = session
        .streams
        .iter()
        .filter(|stream| takes(&stream.id))
        .map(|stream| Shown {
            id: stream.id.clone(),
            name: stream.name.clone(),
            connection_id: stream.connection.clone(),
            video_type: stream.video_type.clone(),
            layout_class_list: stream.classes.clone(),
        })
        .collect();
    Scene {
        kind: layout.map(|layout| layout.kind.clone()),
        screenshare_type: layout.and_then(|layout| layout.screenshare_type.clone()),
        resolution,
        streams,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(kind: &str, streams: &[(&str, &str, &str, &str)]) -> Scene {
        let streams: Vec<_> = streams
            .iter()
            .map(|(id, client, video, class)| {
                serde_json::json!({
                    "id": id,
                    "connectionId": client,
                    "videoType": if video.is_empty() { None } else { Some(*video) },
                    "layoutClassList": if class.is_empty() { vec![] } else { vec![*class] },
                })
            })
            .collect();
        let scene =
            serde_json::json!({ "type": kind, "resolution": "1280x720", "streams": streams });
        serde_json::from_value(scene).unwrap()
    }

    #[test]
    fn the_focus_is_large_and_audio_has_no_place() {
        let picture = picture(&scene(
            "horizontalPresentation",
            &[
                ("a", "1", "camera", ""),
                ("b", "2", "", ""),
                ("c", "3", "camera", "focus"),
            ],
        ));
        let places: Vec<_> = picture
            .boxes
            .iter()
            .map(|it| (it.stream_id.as_str(), it.width, it.height))
            .collect();
        assert_eq!(places, [("c", 1280, 576), ("a", 256, 144)]);
        assert!(picture.hidden.is_empty());
    }

    #[test]
    fn a_shared_screen_brings_its_own_layout() {
        let mut scene = scene(
            "bestFit",
            &[("a", "1", "camera", ""), ("s", "2", "screen", "")],
        );
        scene.screenshare_type = Some(LayoutType::Pip);
        let composed = picture(&scene);
        assert_eq!(composed.kind, LayoutType::Pip);
        assert_eq!(composed.boxes[0].stream_id, "s");
        assert_eq!(composed.boxes[0].width, 1280);
        scene.streams.pop();
        assert_eq!(picture(&scene).kind, LayoutType::BestFit);
    }

    #[test]
    fn seventeen_streams_are_one_too_many() {
        let ids: Vec<String> = (0..17).map(|id| id.to_string()).collect();
        let streams: Vec<_> = ids
            .iter()
            .map(|id| (id.as_str(), id.as_str(), "camera", ""))
            .collect();
        let picture = picture(&scene("bestFit", &streams));
        assert_eq!(picture.boxes.len(), 16);
        assert_eq!(picture.hidden, ["16"]);
    }
}
