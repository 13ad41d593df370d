//! Drawings of composed pictures: a tile for each stream, in its colour and with its name.

mod text;

use crate::media::{colour::Colour, h264::Drawing, layout::Tile};

/// The pixels between a name and the edges of its tile.
const MARGIN: usize = 8;

/// Draws tiles on black; later ones are in front.
pub(crate) fn draw(width: usize, height: usize, tiles: &[Tile]) -> Drawing {
    let mut drawing = Drawing::new(width, height, Colour::BLACK.to_video());
    for tile in tiles {
        let [x, y, wide, high] =
            [tile.x, tile.y, tile.width, tile.height].map(|it| usize::try_from(it).unwrap_or(0));
        let place = Place {
            left: x,
            top: y,
            right: (x + wide).min(width),
            bottom: (y + high).min(height),
        };
        fill(&mut drawing, &place, tile.colour);
        name(&mut drawing, &place, tile.label());
    }
    drawing
}

/// A rectangle of pixels.
struct Place {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

/// Fills a rectangle. Colour has half the resolution: a pixel at an odd edge has that of its
/// neighbour.
fn fill(drawing: &mut Drawing, place: &Place, colour: Colour) {
    let [luma, blue, red] = colour.to_video();
    let (x, y) = (place.left..place.right, place.top..place.bottom);
    drawing.luma.fill(x, y, luma);
    let half = |from: usize, to: usize| from.div_ceil(2)..to.div_ceil(2);
    let (x, y) = (half(place.left, place.right), half(place.top, place.bottom));
    drawing.blue.fill(x.clone(), y.clone(), blue);
    drawing.red.fill(x, y, red);
}

/// Writes a name into the lower left corner of a tile: as large as fits, and cut where it does not.
/// Letters are bright and have the colour of the tile, which costs half of the bytes of white ones;
/// so does that their dots lie on the grid of the encoder's blocks.
fn name(drawing: &mut Drawing, place: &Place, name: &str) {
    let width = place.right.saturating_sub(place.left + 2 * MARGIN);
    let height = place.bottom.saturating_sub(place.top + 2 * MARGIN);
    let letters = text::glyphs(name);
    let fits = |size: &usize| letters.len() * 8 * size <= width && 8 * size * 4 <= height;
    let size = [4, 2].into_iter().find(fits).unwrap_or(1);
    if 8 * size > height {
        return;
    }
    let [bright, ..] = Colour::WHITE.to_video();
    let top = (place.bottom - MARGIN - 8 * size) / 4 * 4;
    let start = (place.left + MARGIN).next_multiple_of(4);
    for (number, glyph) in letters.iter().take(width / (8 * size)).enumerate() {
        let left = start + number * 8 * size;
        for (x, y) in text::dots(*glyph) {
            let (left, top) = (left + x * size, top + y * size);
            let (x, y) = (left..left + size, top..top + size);
            drawing.luma.fill(x, y, bright);
        }
    }
}
