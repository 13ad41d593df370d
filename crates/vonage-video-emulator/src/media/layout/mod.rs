//! The places of streams in a composed picture, as the layout guide describes them.

mod arrange;
mod custom;
mod input;
mod priority;

use std::collections::HashSet;

use serde::Serialize;
use vonage_video_core::{
    StreamId,
    models::{LayoutType, Resolution, VideoType},
};

use self::arrange::{MOST_STREAMS, Place};
pub(crate) use self::{
    custom::read_part,
    input::{LayoutInput, StreamInput},
};
use crate::media::colour::Colour;

/// A composed picture.
#[derive(Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// The arrangement in force: `screenshareType` while somebody shares a screen.
    #[serde(rename = "type")]
    pub(crate) kind: LayoutType,
    /// Later ones are in front.
    #[serde(rename = "boxes")]
    pub(crate) tiles: Vec<Tile>,
    /// Streams without a place.
    pub(crate) hidden: Vec<StreamId>,
}

/// A stream's place, in pixels.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tile {
    pub(crate) stream_id: StreamId,
    pub(crate) name: String,
    pub(crate) video_type: Option<VideoType>,
    pub(crate) x: u32,
    pub(crate) y: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Its colour in recordings.
    #[serde(rename = "color")]
    pub(crate) colour: Colour,
}

impl Tile {
    /// What a recording writes on it: the name, or the beginning of the id of a stream without one.
    pub(crate) fn label(&self) -> &str {
        let id = self.stream_id.as_str();
        match self.name.as_str() {
            "" => id.split('-').next().unwrap_or(id),
            name => name,
        }
    }
}

/// Arranges streams.
pub(crate) fn picture(input: &LayoutInput) -> Picture {
    let (width, height) = size(input.resolution.as_ref());
    let (kind, tiles, rest) = arranged(input);
    Picture {
        width,
        height,
        kind,
        tiles,
        hidden: rest.iter().map(|stream| stream.id.clone()).collect(),
    }
}

/// The tiles of [`picture`].
pub(crate) fn tiles(input: &LayoutInput) -> Vec<Tile> {
    arranged(input).1
}

/// The arrangement in force, the tiles, and the streams without a place.
fn arranged(input: &LayoutInput) -> (LayoutType, Vec<Tile>, Vec<&StreamInput>) {
    let (width, height) = size(input.resolution.as_ref());
    let visible: Vec<&StreamInput> = input
        .streams
        .iter()
        .filter(|stream| stream.video_type.is_some())
        .collect();
    let shares = visible
        .iter()
        .any(|stream| stream.video_type == Some(VideoType::Screen));
    let (kind, of_screens) = match (&input.kind, &input.screenshare_type) {
        (None | Some(LayoutType::BestFit), Some(kind)) if shares => (kind.clone(), true),
        (Some(kind), _) => (kind.clone(), false),
        (None, _) => (LayoutType::BestFit, false),
    };
    let number = |stream: &StreamInput| {
        let place = input.streams.iter().position(|it| it.id == stream.id);
        u32::try_from(place.unwrap_or(0)).unwrap_or(0)
    };
    let all = priority::ordered(&visible);
    let mut ordered = all.clone();
    priority::put_in_front(&kind, of_screens, &mut ordered);
    let places = match (&kind, &input.stylesheet) {
        (LayoutType::Custom, Some(sheet)) => {
            let classes: Vec<_> = ordered
                .iter()
                .take(MOST_STREAMS)
                .map(|it| it.classes())
                .collect();
            custom::places(sheet, &classes, width, height)
        }
        _ => {
            let places = arrange::places(&kind, width, height, ordered.len());
            places.into_iter().enumerate().collect()
        }
    };
    let tile = |(index, place): &(usize, Place)| {
        let stream = ordered.get(*index)?;
        Some(Tile {
            stream_id: stream.id.clone(),
            name: stream.name.clone(),
            video_type: stream.video_type.clone(),
            x: place.x,
            y: place.y,
            width: place.width,
            height: place.height,
            colour: Colour::of_stream(stream.number.unwrap_or_else(|| number(stream))),
        })
    };
    let tiles: Vec<Tile> = places.iter().filter_map(tile).collect();
    let shown: HashSet<&StreamId> = tiles.iter().map(|it| &it.stream_id).collect();
    let rest = all.into_iter().filter(|it| !shown.contains(&it.id));
    let rest = rest.collect();
    (kind, tiles, rest)
}

/// The width and height of a resolution; 640x480 unless it is set and known.
pub(crate) fn size(resolution: Option<&Resolution>) -> (u32, u32) {
    resolution
        .and_then(|resolution| {
            let (width, height) = resolution.as_str().split_once('x')?;
            Some((width.parse().ok()?, height.parse().ok()?))
        })
        .filter(|(width, height)| (1..=10_000).contains(width) && (1..=10_000).contains(height))
        .unwrap_or((640, 480))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene(kind: &str, streams: &[(&str, &str, &str, &str)]) -> LayoutInput {
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
            .tiles
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
        assert_eq!(composed.tiles[0].stream_id, "s");
        assert_eq!(composed.tiles[0].width, 1280);
        scene.screenshare_type = Some(LayoutType::BestFit);
        let composed = picture(&scene);
        assert_eq!(composed.tiles.len(), 1, "only screens");
        assert_eq!(
            (
                composed.tiles[0].stream_id.as_str(),
                composed.tiles[0].width
            ),
            ("s", 1280)
        );
        assert_eq!(composed.hidden, ["a"]);
        scene.streams.pop();
        assert_eq!(picture(&scene).kind, LayoutType::BestFit);
    }

    #[test]
    fn a_stylesheet_places_streams_in_the_order_of_priority_by_their_classes() {
        let mut input = scene(
            "custom",
            &[
                ("a", "1", "camera", ""),
                ("b", "2", "", "big"),
                ("c", "3", "screen", "tiny big"),
            ],
        );
        let sheet = "stream { width: 50%; height: 50% } .big.tiny { width: 100% }";
        input.stylesheet = Some(sheet.to_owned().into());
        let composed = picture(&input);
        let places: Vec<_> = composed
            .tiles
            .iter()
            .map(|it| (it.stream_id.as_str(), it.x, it.y, it.width, it.height))
            .collect();
        assert_eq!(places, [("c", 0, 0, 1280, 360), ("a", 0, 360, 640, 360)]);
        assert!(composed.hidden.is_empty());
        input.kind = Some(LayoutType::BestFit);
        assert_eq!(tiles(&input).len(), 2);
        assert_ne!(
            tiles(&input),
            composed.tiles,
            "only custom layouts have a stylesheet"
        );
        input.kind = Some(LayoutType::Custom);
        input.stylesheet = None;
        assert_eq!(tiles(&input)[0].width, 640, "shown as `bestFit`");
    }

    #[test]
    fn a_custom_layout_has_sixteen_streams_at_most() {
        let ids: Vec<String> = (0..40).map(|id| id.to_string()).collect();
        let streams: Vec<_> = ids
            .iter()
            .map(|id| (id.as_str(), id.as_str(), "camera", ""))
            .collect();
        let mut input = scene("custom", &streams);
        let sheet = "stream { position: absolute; height: 9px; width: 9px }";
        input.stylesheet = Some(sheet.to_owned().into());
        let picture = picture(&input);
        assert_eq!((picture.tiles.len(), picture.hidden.len()), (16, 24));
    }

    #[test]
    fn seventeen_streams_are_one_too_many() {
        let ids: Vec<String> = (0..17).map(|id| id.to_string()).collect();
        let streams: Vec<_> = ids
            .iter()
            .map(|id| (id.as_str(), id.as_str(), "camera", ""))
            .collect();
        let picture = picture(&scene("bestFit", &streams));
        assert_eq!(picture.tiles.len(), 16);
        assert_eq!(picture.hidden, ["16"]);
    }
}
