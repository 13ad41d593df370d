//! Custom layouts: streams are placed by a stylesheet. Each is an element `stream` in a container
//! of the size of the picture, in the order of priority, with its layout classes as classes.

mod flow;
mod scan;
mod selector;
mod style;
mod stylesheet;

use std::collections::HashSet;

pub(crate) use self::stylesheet::{Stylesheet, read_part};
use super::arrange::Place;

/// The streams that are shown and their places, the one in front last. `classes` are those of each
/// stream, of which there are 31 at most.
pub(super) fn places(
    sheet: &Stylesheet,
    classes: &[HashSet<&str>],
    width: u32,
    height: u32,
) -> Vec<(usize, Place)> {
    let units = |pixels: u32| i64::from(pixels) * style::UNITS;
    let styles = sheet.styles(classes);
    flow::areas(&styles, units(width), units(height))
        .into_iter()
        .filter_map(|area| {
            let (left, right) = pixels(area.x, area.width, width);
            let (top, bottom) = pixels(area.y, area.height, height);
            let place = Place {
                x: left,
                y: top,
                width: right.checked_sub(left)?,
                height: bottom.checked_sub(top)?,
            };
            (place.width > 0 && place.height > 0).then_some((area.index, place))
        })
        .collect()
}

/// The pixels of a length that are in the picture: each edge is at the nearest pixel.
fn pixels(start: i64, size: i64, whole: u32) -> (u32, u32) {
    let pixel = |units: i64| {
        let nearest = (units + style::UNITS / 2).div_euclid(style::UNITS);
        u32::try_from(nearest.clamp(0, i64::from(whole))).unwrap_or(0)
    };
    (pixel(start), pixel(start + size))
}

#[cfg(test)]
mod tests;
