//! What a composed picture showed, and when: changes are noted as they happen, which costs the
//! same however many streams there are; pictures are made from them when a file is.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use vonage_video_core::{
    StreamId,
    models::{Layout, Resolution},
};

use crate::media::layout::{LayoutInput, StreamInput, Tile, read_part, size, tiles};

/// The changes of a composed picture. Times are milliseconds of the film: it stands still while
/// its archive is paused.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Film {
    changes: Vec<(u64, Change)>,
}

/// A change of a composed picture.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Change {
    /// A stream appears, or looks different.
    Shows(StreamInput),
    /// A stream ends.
    Ends(StreamId),
    /// The layout.
    Layout(Layout),
}

/// What is shown for some time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scene {
    pub(crate) from: u64,
    pub(crate) to: u64,
    pub(crate) tiles: Vec<Tile>,
}

/// Changes that follow each other faster, in milliseconds, are shown at once.
const SHORTEST: u64 = 100;

/// A film with more changes than this shows them in as many steps.
const MOST_STEPS: usize = 1_000;

impl Film {
    /// Notes a change. Times do not go back.
    pub(crate) fn note(&mut self, at: u64, change: Change) {
        self.changes.push((at, change));
    }

    /// Notes another layout.
    pub(crate) fn note_layout(&mut self, at: u64, layout: &Layout) {
        let mut layout = layout.clone();
        let stylesheet = layout.stylesheet.take();
        layout.stylesheet = stylesheet.map(|text| read_part(&text).to_owned());
        self.note(at, Change::Layout(layout));
    }

    /// The film of a stream alone.
    pub(crate) fn of_stream(&self, id: &StreamId) -> Self {
        let own = |change: &Change| match change {
            Change::Shows(stream) => stream.id == *id,
            Change::Ends(stream) => stream == id,
            Change::Layout(..) => false,
        };
        let changes = self.changes.iter();
        Self {
            changes: changes.filter(|(_, it)| own(it)).cloned().collect(),
        }
    }

    /// What is shown from one time to another, without gaps.
    pub(crate) fn scenes(&self, resolution: Option<&Resolution>, from: u64, to: u64) -> Vec<Scene> {
        let mut input = LayoutInput {
            resolution: resolution.cloned(),
            ..LayoutInput::default()
        };
        let steps = u64::try_from(MOST_STEPS).unwrap_or(u64::MAX);
        let shortest = match self.changes.len() {
            ..=MOST_STEPS => SHORTEST,
            _ => SHORTEST.max(to.saturating_sub(from) / steps),
        };
        let mut scenes: Vec<Scene> = Vec::new();
        let mut rest = self.changes.as_slice();
        let mut now = from;
        while now < to {
            let (past, future) = rest.split_at(rest.partition_point(|(at, _)| *at <= now));
            apply(&mut input, past);
            rest = future;
            let next = future.first().map_or(to, |(at, _)| {
                (*at).max(now.saturating_add(shortest)).min(to)
            });
            let tiles = tiles(&input);
            match scenes.last_mut() {
                Some(last) if last.tiles == tiles => last.to = next,
                _ => scenes.push(Scene {
                    from: now,
                    to: next,
                    tiles,
                }),
            }
            now = next;
        }
        scenes
    }

    /// The width and height of a film.
    pub(crate) fn size(resolution: Option<&Resolution>) -> (usize, usize) {
        let (width, height) = size(resolution);
        let whole = |pixels| usize::try_from(pixels).unwrap_or(0);
        (whole(width), whole(height))
    }
}

/// Applies changes, in time that does not grow with their number times that of streams.
fn apply(input: &mut LayoutInput, changes: &[(u64, Change)]) {
    let mut latest: HashMap<&StreamId, Option<&StreamInput>> = HashMap::new();
    let mut layout = None;
    for (_, change) in changes {
        match change {
            Change::Layout(newer) => layout = Some(newer),
            Change::Shows(stream) => {
                latest.insert(&stream.id, Some(stream));
            }
            Change::Ends(id) => {
                latest.insert(id, None);
            }
        }
    }
    if let Some(layout) = layout {
        input.set_layout(layout);
    }
    if latest.is_empty() {
        return;
    }
    input
        .streams
        .retain_mut(|stream| match latest.remove(&stream.id) {
            Some(Some(newer)) => {
                stream.clone_from(newer);
                true
            }
            Some(None) => false,
            None => true,
        });
    for (_, change) in changes {
        if let Change::Shows(stream) = change
            && let Some(Some(newest)) = latest.remove(&stream.id)
        {
            input.streams.push(newest.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vonage_video_core::models::{LayoutType, VideoType};

    fn stream(id: &str, name: &str) -> StreamInput {
        StreamInput {
            id: id.into(),
            name: name.to_owned(),
            connection_id: id.into(),
            video_type: Some(VideoType::Camera),
            layout_class_list: Vec::new(),
            number: Some(0),
        }
    }

    /// When each scene begins and ends, and whom it shows.
    fn shown(film: &Film, from: u64, to: u64) -> Vec<(u64, u64, String)> {
        let scenes = film.scenes(None, from, to);
        let names = |scene: &Scene| {
            let names: Vec<_> = scene.tiles.iter().map(|tile| tile.name.as_str()).collect();
            names.join("+")
        };
        let scenes = scenes.iter();
        scenes.map(|it| (it.from, it.to, names(it))).collect()
    }

    #[test]
    fn scenes_change_when_streams_come_and_leave_and_look_different() {
        let mut film = Film::default();
        film.note(0, Change::Shows(stream("a", "Ann")));
        film.note(5_000, Change::Shows(stream("b", "Bob")));
        film.note(7_000, Change::Shows(stream("b", "Bob")));
        film.note(9_000, Change::Shows(stream("b", "Bobby")));
        film.note(10_000, Change::Ends("a".into()));
        film.note_layout(12_000, &Layout::new(LayoutType::Pip));
        let scene = |from, to, names: &str| (from, to, names.to_owned());
        let all = [
            scene(0, 5_000, "Ann"),
            scene(5_000, 9_000, "Ann+Bob"),
            scene(9_000, 10_000, "Ann+Bobby"),
            scene(10_000, 20_000, "Bobby"),
        ];
        assert_eq!(shown(&film, 0, 20_000), all);
        let part = [
            scene(8_000, 9_000, "Ann+Bob"),
            scene(9_000, 9_500, "Ann+Bobby"),
        ];
        assert_eq!(shown(&film, 8_000, 9_500), part);
        assert!(shown(&film, 5, 5).is_empty());
    }

    #[test]
    fn changes_at_nearly_the_same_time_are_one() {
        let mut film = Film::default();
        for (at, id) in ["a", "b", "c"].into_iter().enumerate() {
            film.note(1_000 + at as u64, Change::Shows(stream(id, id)));
        }
        film.note(1_050, Change::Ends("a".into()));
        let scenes = shown(&film, 0, 3_000);
        let expected = [(0, 1_000, ""), (1_000, 1_100, "a"), (1_100, 3_000, "b+c")];
        assert_eq!(
            scenes,
            expected.map(|(from, to, it)| (from, to, it.to_owned()))
        );
    }

    #[test]
    fn a_hundred_thousand_changes_are_shown_in_a_thousand_steps() {
        let mut film = Film::default();
        for at in 0..100_000 {
            let number = at % 3;
            film.note(10 * at, Change::Shows(stream("a", &number.to_string())));
        }
        let scenes = film.scenes(None, 0, 1_000_000);
        assert!((500..=1_001).contains(&scenes.len()), "{}", scenes.len());
    }
}
