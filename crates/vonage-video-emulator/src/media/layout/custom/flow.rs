//! Places boxes as CSS 2.1 does: blocks below each other, floating boxes, boxes in lines, and
//! absolutely positioned boxes. Boxes have no content, so a size that is not declared is zero,
//! except for the width of blocks. A unit is a 64th of a pixel.

use super::style::{Axis, Display, Length, Position, Sides, Style};

/// Where a box is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    /// Which of the styles it has.
    pub(super) index: usize,
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    pub(super) height: i64,
    /// Greater is in front; equal ones are in their order.
    layer: (Layer, i64),
}

/// What is in front of what (CSS 2.1, appendix E).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    /// A negative `z-index`.
    Behind,
    Block,
    Float,
    Line,
    /// A `z-index` of `auto` or 0.
    Placed,
    /// A positive `z-index`.
    Front,
}

/// The areas of boxes that are shown, the one in front last.
pub(super) fn areas(styles: &[Style], width: i64, height: i64) -> Vec<Area> {
    let mut flow = Flow {
        width,
        height,
        ..Flow::default()
    };
    for (index, style) in styles.iter().enumerate() {
        flow.add(index, style);
    }
    flow.end_line();
    flow.areas.sort_by_key(|area| (area.layer, area.index));
    flow.areas
}

/// How far the boxes are placed.
#[derive(Debug, Default)]
struct Flow {
    /// The size of the container.
    width: i64,
    height: i64,
    /// The lower edge of the blocks so far, without the margin below them.
    y: i64,
    margin: Margin,
    floats: Vec<Float>,
    /// The boxes of the line that is not complete.
    line: Vec<Outer>,
    /// Boxes that float and have no room beside the line: they go below it.
    waiting: Vec<(Outer, Sides, Sides)>,
    areas: Vec<Area>,
}

/// A box with its margins, before it has a place.
#[derive(Clone, Copy, Debug)]
struct Outer {
    area: Area,
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
}

/// The margin box of what floats.
#[derive(Clone, Copy, Debug)]
struct Float {
    on_left: bool,
    /// Its edge that others stand beside.
    edge: i64,
    top: i64,
    bottom: i64,
}

/// Margins that collapse: the greatest and the least of them.
#[derive(Clone, Copy, Debug, Default)]
struct Margin {
    most: i64,
    least: i64,
}

impl Margin {
    fn add(&mut self, margin: i64) {
        self.most = self.most.max(margin);
        self.least = self.least.min(margin);
    }

    fn size(self) -> i64 {
        self.most + self.least
    }
}

impl Outer {
    fn width(&self) -> i64 {
        self.left + self.area.width + self.right
    }

    fn height(&self) -> i64 {
        self.top + self.area.height + self.bottom
    }

    /// Its area, with its margin box at a place.
    fn at(mut self, x: i64, y: i64) -> Area {
        self.area.x += x + self.left;
        self.area.y += y + self.top;
        self.area
    }
}

impl Flow {
    fn add(&mut self, index: usize, style: &Style) {
        if style.display == Display::None {
            return;
        }
        if style.position == Position::Absolute {
            self.place(index, style);
        } else if style.float.any() {
            let outer = self.outer(index, style, Layer::Float, 0);
            self.float(outer, style.float, style.clear);
        } else if style.display == Display::Inline {
            let outer = self.outer(index, style, Layer::Line, 0);
            self.put_in_line(outer);
        } else {
            self.put_below(index, style);
        }
    }

    /// The size and margins of a box; `auto` margins are 0. `width` is what an `auto` width is.
    fn outer(&self, index: usize, style: &Style, layer: Layer, width: i64) -> Outer {
        let (x, y) = match style.position {
            Position::Relative => (
                shift(&style.horizontal, self.width),
                shift(&style.vertical, self.height),
            ),
            _ => (0, 0),
        };
        let area = Area {
            index,
            x,
            y,
            width: size(&style.horizontal, self.width, width),
            height: size(&style.vertical, self.height, 0),
            layer: layer_of(style, layer),
        };
        let margin = |it: Length| it.of(self.width).unwrap_or(0);
        Outer {
            area,
            left: margin(style.horizontal.margin_start),
            right: margin(style.horizontal.margin_end),
            top: margin(style.vertical.margin_start),
            bottom: margin(style.vertical.margin_end),
        }
    }

    /// Places a block below the ones before it.
    fn put_below(&mut self, index: usize, style: &Style) {
        self.end_line();
        let mut outer = self.outer(index, style, Layer::Block, 0);
        let auto = self.width - outer.left - outer.right;
        outer = self.outer(index, style, Layer::Block, auto);
        let free = (self.width - outer.width()).max(0);
        let axis = &style.horizontal;
        match (axis.margin_start, axis.margin_end) {
            (Length::Auto, Length::Auto) => outer.left = free / 2,
            (Length::Auto, _) => outer.left = free,
            _ => {}
        }
        self.margin.add(outer.top);
        let clear = self.below_floats(style.clear);
        if self.y + self.margin.size() < clear {
            // Clearance: margins above it do not collapse with those below.
            self.y = clear;
            self.margin = Margin::default();
        }
        let top = self.y + self.margin.size();
        self.areas.push(outer.at(0, top - outer.top));
        if outer.area.height > 0 {
            self.y = top + outer.area.height;
            self.margin = Margin::default();
        }
        self.margin.add(outer.bottom);
    }

    /// Places a box that floats to a side.
    fn float(&mut self, outer: Outer, side: Sides, clear: Sides) {
        let mut y = self.y + self.margin.size();
        if !self.line.is_empty() {
            let (left, right) = self.free_at(y);
            let fits = self.line_width() + outer.width() <= right - left;
            if !fits || !self.waiting.is_empty() || self.below_floats(clear) > y {
                self.waiting.push((outer, side, clear));
                return;
            }
        }
        // Not above what floats already.
        let highest = self.floats.iter().map(|it| it.top).max();
        y = y.max(highest.unwrap_or(y)).max(self.below_floats(clear));
        y = self.fitting(y, outer.width());
        let (left, right) = self.free_at(y);
        let x = match side.left {
            true => left,
            false => right - outer.width(),
        };
        self.floats.push(Float {
            on_left: side.left,
            edge: if side.left { x + outer.width() } else { x },
            top: y,
            bottom: y + outer.height(),
        });
        self.areas.push(outer.at(x, y));
    }

    /// Places a box beside the one before it in a line.
    fn put_in_line(&mut self, outer: Outer) {
        if !self.line.is_empty() {
            let (left, right) = self.free_at(self.y);
            if self.line_width() + outer.width() > right - left {
                self.end_line();
            }
        }
        if self.line.is_empty() {
            self.y = self.fitting(self.y + self.margin.size(), outer.width());
            self.margin = Margin::default();
        }
        self.line.push(outer);
    }

    /// Places the boxes of a line, which stand on its lower edge.
    fn end_line(&mut self) {
        let height = self
            .line
            .iter()
            .map(Outer::height)
            .max()
            .unwrap_or(0)
            .max(0);
        let (mut x, _) = self.free_at(self.y);
        for outer in std::mem::take(&mut self.line) {
            self.areas
                .push(outer.at(x, self.y + height - outer.height()));
            x += outer.width();
        }
        self.y += height;
        for (outer, side, clear) in std::mem::take(&mut self.waiting) {
            self.float(outer, side, clear);
        }
    }

    /// Places a box by its declared edges. Where none is declared, it stays where it would be in
    /// the normal flow.
    fn place(&mut self, index: usize, style: &Style) {
        let mut y = self.y + self.margin.size();
        let x = match style.display {
            Display::Inline => self.free_at(y).0 + self.line_width(),
            _ => {
                y += self.line.iter().map(Outer::height).max().unwrap_or(0);
                0
            }
        };
        let (x, width) = between(&style.horizontal, self.width, self.width, x);
        let (y, height) = between(&style.vertical, self.height, self.width, y);
        self.areas.push(Area {
            index,
            x,
            y,
            width,
            height,
            layer: layer_of(style, Layer::Placed),
        });
    }

    fn line_width(&self) -> i64 {
        self.line.iter().map(Outer::width).sum()
    }

    /// The edges of the room between what floats at a height.
    fn free_at(&self, y: i64) -> (i64, i64) {
        let beside = self.floats.iter().filter(|it| it.top <= y && y < it.bottom);
        beside.fold((0, self.width), |(left, right), it| match it.on_left {
            true => (left.max(it.edge), right),
            false => (left, right.min(it.edge)),
        })
    }

    /// The height, from `y` on, at which a width fits beside what floats, or nothing floats.
    fn fitting(&self, mut y: i64, width: i64) -> i64 {
        loop {
            let (left, right) = self.free_at(y);
            let ends = self.floats.iter().filter(|it| it.top <= y && y < it.bottom);
            match ends.map(|it| it.bottom).min() {
                Some(next) if right - left < width => y = next,
                _ => return y,
            }
        }
    }

    /// The lower edge of what floats to some sides.
    fn below_floats(&self, clear: Sides) -> i64 {
        let sides = self.floats.iter().filter(|it| match it.on_left {
            true => clear.left,
            false => clear.right,
        });
        sides.map(|it| it.bottom).max().unwrap_or(i64::MIN)
    }
}

fn layer_of(style: &Style, flat: Layer) -> (Layer, i64) {
    match style.z_index.unwrap_or(0) {
        _ if style.position == Position::Static => (flat, 0),
        0 => (Layer::Placed, 0),
        index if index < 0 => (Layer::Behind, index),
        index => (Layer::Front, index),
    }
}

/// A size within its limits; `auto` is what it is where it is not declared.
fn size(axis: &Axis, whole: i64, auto: i64) -> i64 {
    let size = axis.size.of(whole).unwrap_or(auto);
    let size = axis.most.of(whole).map_or(size, |most| size.min(most));
    size.max(axis.least.of(whole).unwrap_or(0)).max(0)
}

/// How far `position: relative` moves.
fn shift(axis: &Axis, whole: i64) -> i64 {
    let end = || axis.end.of(whole).map(|end| -end);
    axis.start.of(whole).or_else(end).unwrap_or(0)
}

/// The start and size of a box that is placed by its edges. Margins are of `margins`, and `here` is
/// where it starts without edges.
fn between(axis: &Axis, whole: i64, margins: i64, here: i64) -> (i64, i64) {
    let (start, end) = (axis.start.of(whole), axis.end.of(whole));
    let declared = [axis.margin_start, axis.margin_end].map(|it| it.of(margins));
    let [before, after] = declared.map(|it| it.unwrap_or(0));
    let room = start
        .zip(end)
        .map(|(start, end)| whole - start - end - before - after);
    let size = size(axis, whole, room.unwrap_or(0));
    let at = match (start, end) {
        (Some(start), Some(_)) => {
            let free = room.unwrap_or(0) - size;
            match declared {
                [None, None] => start + free.max(0) / 2,
                [None, _] => start + free,
                _ => start + before,
            }
        }
        (Some(start), None) => start + before,
        (None, Some(end)) => whole - end - after - size,
        (None, None) => here + before,
    };
    (at, size)
}
