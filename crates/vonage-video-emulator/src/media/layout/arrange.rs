//! Places for a number of streams.

use vonage_video_core::models::LayoutType;

/// A place, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Most streams in a picture.
pub(super) const MOST_STREAMS: usize = 16;

/// Places in the order of priority; fewer than `count` when there is no room for more.
pub(super) fn places(kind: &LayoutType, width: u32, height: u32, count: usize) -> Vec<Place> {
    match kind {
        _ if count == 0 => Vec::new(),
        LayoutType::Pip => picture_in_picture(width, height, count),
        LayoutType::HorizontalPresentation => horizontal(width, height, count),
        LayoutType::VerticalPresentation => vertical(width, height, count),
        _ => grid(width, height, count.min(MOST_STREAMS)),
    }
}

/// One tile in full size, and a small one in its lower right corner.
fn picture_in_picture(width: u32, height: u32, count: usize) -> Vec<Place> {
    let full = Place {
        x: 0,
        y: 0,
        width,
        height,
    };
    let small = Place {
        x: width * 7 / 10,
        y: height * 7 / 10,
        width: width / 4,
        height: height / 4,
    };
    [full, small].into_iter().take(count).collect()
}

/// One large tile above a row of five small ones; seven in full HD, three in portrait.
fn horizontal(width: u32, height: u32, count: usize) -> Vec<Place> {
    let most = match (width > height, is_full_hd(width, height)) {
        (true, false) => 5,
        (true, true) => 7,
        (false, _) => 3,
    };
    let row = height / 5;
    let large = Place {
        x: 0,
        y: 0,
        width,
        height: height - row,
    };
    let small = (0..most).map(|at| Place {
        x: at * width / most,
        y: height - row,
        width: width / most,
        height: row,
    });
    std::iter::once(large).chain(small).take(count).collect()
}

/// One large tile beside a column of five small ones; seven in full HD, in portrait eight or ten.
fn vertical(width: u32, height: u32, count: usize) -> Vec<Place> {
    let most = match (width > height, is_full_hd(width, height)) {
        (true, false) => 5,
        (true, true) => 7,
        (false, false) => 8,
        (false, true) => 10,
    };
    let column = width / 5;
    let large = Place {
        x: column,
        y: 0,
        width: width - column,
        height,
    };
    let small = (0..most).map(|at| Place {
        x: 0,
        y: at * height / most,
        width: column,
        height: height / most,
    });
    std::iter::once(large).chain(small).take(count).collect()
}

/// The grid in which pictures of 4:3 are largest. The last row is centred.
fn grid(width: u32, height: u32, count: usize) -> Vec<Place> {
    let count = u32::try_from(count).unwrap_or(1);
    let columns = (1..=count)
        .max_by_key(|columns| {
            let rows = count.div_ceil(*columns);
            let (tile_width, tile_height) = (width / columns, height / rows);
            // What a picture of 4:3 fills of the tile.
            tile_width.min(tile_height * 4 / 3) * tile_height.min(tile_width * 3 / 4)
        })
        .unwrap_or(1);
    let rows = count.div_ceil(columns);
    let (tile_width, tile_height) = (width / columns, height / rows);
    (0..count)
        .map(|index| {
            let (row, column) = (index / columns, index % columns);
            let in_row = if row + 1 == rows {
                count - row * columns
            } else {
                columns
            };
            Place {
                x: (width - in_row * tile_width) / 2 + column * tile_width,
                y: row * tile_height,
                width: tile_width,
                height: tile_height,
            }
        })
        .collect()
}

fn is_full_hd(width: u32, height: u32) -> bool {
    width.max(height) >= 1920
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: [(u32, u32); 6] = [
        (640, 480),
        (480, 640),
        (1280, 720),
        (720, 1280),
        (1920, 1080),
        (1080, 1920),
    ];

    fn overlap(one: &Place, other: &Place) -> bool {
        one.x < other.x + other.width
            && other.x < one.x + one.width
            && one.y < other.y + other.height
            && other.y < one.y + one.height
    }

    #[test]
    fn every_place_is_inside_and_only_picture_in_picture_overlaps() {
        let kinds = [
            LayoutType::BestFit,
            LayoutType::Pip,
            LayoutType::HorizontalPresentation,
            LayoutType::VerticalPresentation,
            LayoutType::Custom,
        ];
        for kind in kinds {
            for (width, height) in SIZES {
                for count in 0..=20 {
                    let places = places(&kind, width, height, count);
                    assert!(places.len() <= count);
                    for place in &places {
                        assert!(place.width > 0 && place.height > 0);
                        assert!(place.x + place.width <= width, "{kind} {place:?}");
                        assert!(place.y + place.height <= height, "{kind} {place:?}");
                    }
                    let apart = places
                        .iter()
                        .enumerate()
                        .all(|(at, one)| places[at + 1..].iter().all(|other| !overlap(one, other)));
                    assert_eq!(
                        apart,
                        kind != LayoutType::Pip || count < 2,
                        "{kind} {count}"
                    );
                }
            }
        }
    }

    #[test]
    fn there_is_room_for_as_many_as_the_guide_says() {
        let most = |kind, size: (u32, u32)| places(&kind, size.0, size.1, 99).len();
        assert_eq!(most(LayoutType::BestFit, (640, 480)), 16);
        assert_eq!(most(LayoutType::Pip, (640, 480)), 2);
        assert_eq!(most(LayoutType::HorizontalPresentation, (1280, 720)), 6);
        assert_eq!(most(LayoutType::HorizontalPresentation, (1920, 1080)), 8);
        assert_eq!(most(LayoutType::HorizontalPresentation, (720, 1280)), 4);
        assert_eq!(most(LayoutType::VerticalPresentation, (1280, 720)), 6);
        assert_eq!(most(LayoutType::VerticalPresentation, (720, 1280)), 9);
        assert_eq!(most(LayoutType::VerticalPresentation, (1080, 1920)), 11);
    }

    #[test]
    fn grids_are_as_square_as_the_picture_lets_them() {
        let shape = |count| {
            let places = places(&LayoutType::BestFit, 640, 480, count);
            (640 / places[0].width, 480 / places[0].height)
        };
        assert_eq!(shape(1), (1, 1));
        assert_eq!(shape(4), (2, 2));
        assert_eq!(shape(9), (3, 3));
        assert_eq!(shape(16), (4, 4));
    }
}
