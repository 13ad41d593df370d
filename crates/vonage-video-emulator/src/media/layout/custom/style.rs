//! Declarations, and the style of a stream that they make. Properties and values are those of the
//! guide; others are ignored, one declaration at a time, as in browsers.

use super::scan::{cut, parts};

/// Units in a pixel, as in browsers.
pub(super) const UNITS: i64 = 64;

/// A length as it is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// `auto`; `none` for greatest sizes.
    Auto,
    /// Millionths of pixels.
    Pixels(i64),
    /// Millionths of per cent.
    Percent(i64),
}

/// What is declared of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Axis {
    pub(super) size: Length,
    pub(super) least: Length,
    pub(super) most: Length,
    /// `left` or `top`.
    pub(super) start: Length,
    /// `right` or `bottom`.
    pub(super) end: Length,
    pub(super) margin_start: Length,
    pub(super) margin_end: Length,
}

impl Default for Axis {
    fn default() -> Self {
        Self {
            size: Length::Auto,
            least: Length::Auto,
            most: Length::Auto,
            start: Length::Auto,
            end: Length::Auto,
            margin_start: Length::Pixels(0),
            margin_end: Length::Pixels(0),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Display {
    #[default]
    Block,
    Inline,
    None,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Position {
    #[default]
    Static,
    Relative,
    Absolute,
}

/// To which side a box floats, or below which floating boxes it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) left: bool,
    pub(super) right: bool,
}

/// The style of a stream; the default is that of the service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) horizontal: Axis,
    pub(super) vertical: Axis,
    pub(super) display: Display,
    pub(super) position: Position,
    pub(super) float: Sides,
    pub(super) clear: Sides,
    /// Later is in front; `None` for `auto`.
    pub(super) z_index: Option<i64>,
}

/// A declaration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declaration {
    pub(super) important: bool,
    change: Change,
}

/// Where a length is kept.
type Slot = fn(&mut Style) -> &mut Length;

#[derive(Clone, Copy, Debug)]
enum Change {
    Length(Slot, Length),
    Display(Display),
    Position(Position),
    Float(Sides),
    Clear(Sides),
    ZIndex(Option<i64>),
}

/// Which values a length may have besides numbers and percentages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Range {
    /// `auto`, and nothing negative.
    Size,
    /// `none`, and nothing negative.
    Most,
    /// `auto`.
    Any,
}

impl Length {
    /// Its units where 100 % are `whole`; `None` for `auto`.
    pub(super) fn of(self, whole: i64) -> Option<i64> {
        match self {
            Self::Auto => None,
            Self::Pixels(millionths) => Some((millionths * UNITS).div_euclid(1_000_000)),
            Self::Percent(millionths) => Some((millionths * whole).div_euclid(100_000_000)),
        }
    }

    fn parse(text: &str, range: Range) -> Option<Self> {
        let keyword = if range == Range::Most { "none" } else { "auto" };
        let length = if text == keyword {
            Self::Auto
        } else if let Some(number) = text.strip_suffix("px") {
            Self::Pixels(millionths(number)?)
        } else if let Some(number) = text.strip_suffix('%') {
            Self::Percent(millionths(number)?)
        } else {
            Self::Pixels(millionths(text).filter(|it| *it == 0)?)
        };
        match length {
            Self::Pixels(..0) | Self::Percent(..0) if range != Range::Any => None,
            length => Some(length),
        }
    }
}

/// A number in millionths. It is a million at most.
fn millionths(text: &str) -> Option<i64> {
    const MOST: f64 = 1e12;
    let known = |it: u8| it.is_ascii_digit() || b"+-.e".contains(&it);
    let is_number = text.bytes().all(known) && text.ends_with(|it: char| it.is_ascii_digit());
    let number: f64 = is_number.then(|| text.parse().ok())??;
    // Within what both types hold exactly.
    Some((number * 1e6).round().clamp(-MOST, MOST) as i64)
}

impl Sides {
    const LEFT: Self = Self {
        left: true,
        right: false,
    };
    const RIGHT: Self = Self {
        left: false,
        right: true,
    };
    const BOTH: Self = Self {
        left: true,
        right: true,
    };

    pub(super) fn any(self) -> bool {
        self.left || self.right
    }
}

impl Style {
    pub(super) fn apply(&mut self, declaration: &Declaration) {
        match declaration.change {
            Change::Length(slot, length) => *slot(self) = length,
            Change::Display(display) => self.display = display,
            Change::Position(position) => self.position = position,
            Change::Float(float) => self.float = float,
            Change::Clear(clear) => self.clear = clear,
            Change::ZIndex(z_index) => self.z_index = z_index,
        }
    }
}

/// The declarations of a rule that can be read.
pub(super) fn list(text: &str) -> Vec<Declaration> {
    let mut declarations = Vec::new();
    for text in parts(text, b';') {
        let (name, Some(_), value) = cut(text, b":") else {
            continue;
        };
        let (value, important) = match cut(value, b"!") {
            (value, None, _) => (value, false),
            (value, _, flag) if flag.trim_ascii().eq_ignore_ascii_case("important") => {
                (value, true)
            }
            _ => continue,
        };
        let name = name.trim_ascii().to_ascii_lowercase();
        let value = value.trim_ascii().to_ascii_lowercase();
        let changes = changes(&name, &value).unwrap_or_default().into_iter();
        declarations.extend(changes.map(|change| Declaration { important, change }));
    }
    declarations
}

/// What a declaration changes; `None` if it cannot be read.
fn changes(name: &str, value: &str) -> Option<Vec<Change>> {
    let change = match name {
        "margin" => return margins(value),
        "display" => Change::Display(match value {
            "block" => Display::Block,
            "inline" | "inline-block" => Display::Inline,
            "none" => Display::None,
            _ => return None,
        }),
        "position" => Change::Position(match value {
            "static" => Position::Static,
            "relative" => Position::Relative,
            "absolute" => Position::Absolute,
            _ => return None,
        }),
        "float" => Change::Float(match value {
            "none" => Sides::default(),
            "left" => Sides::LEFT,
            "right" => Sides::RIGHT,
            _ => return None,
        }),
        "clear" => Change::Clear(match value {
            "none" | "initial" | "inherit" => Sides::default(),
            "left" => Sides::LEFT,
            "right" => Sides::RIGHT,
            "both" => Sides::BOTH,
            _ => return None,
        }),
        "z-index" => Change::ZIndex(match value {
            "auto" => None,
            number => Some(number.parse().ok()?),
        }),
        _ => {
            let (slot, range) = slot(name)?;
            Change::Length(slot, Length::parse(value, range)?)
        }
    };
    Some(vec![change])
}

fn slot(name: &str) -> Option<(Slot, Range)> {
    let (slot, range): (Slot, Range) = match name {
        "width" => (|it| &mut it.horizontal.size, Range::Size),
        "height" => (|it| &mut it.vertical.size, Range::Size),
        "min-width" => (|it| &mut it.horizontal.least, Range::Size),
        "min-height" => (|it| &mut it.vertical.least, Range::Size),
        "max-width" => (|it| &mut it.horizontal.most, Range::Most),
        "max-height" => (|it| &mut it.vertical.most, Range::Most),
        "left" => (|it| &mut it.horizontal.start, Range::Any),
        "right" => (|it| &mut it.horizontal.end, Range::Any),
        "top" => (|it| &mut it.vertical.start, Range::Any),
        "bottom" => (|it| &mut it.vertical.end, Range::Any),
        "margin-left" => (|it| &mut it.horizontal.margin_start, Range::Any),
        "margin-right" => (|it| &mut it.horizontal.margin_end, Range::Any),
        "margin-top" => (|it| &mut it.vertical.margin_start, Range::Any),
        "margin-bottom" => (|it| &mut it.vertical.margin_end, Range::Any),
        _ => return None,
    };
    Some((slot, range))
}

/// All margins: of the top, the right, the bottom and the left, where those that are missing are
/// as the opposite ones.
fn margins(value: &str) -> Option<Vec<Change>> {
    let lengths: Option<Vec<Length>> = value
        .split_ascii_whitespace()
        .map(|text| Length::parse(text, Range::Any))
        .collect();
    let lengths = match lengths?[..] {
        [all] => [all; 4],
        [vertical, horizontal] => [vertical, horizontal, vertical, horizontal],
        [top, horizontal, bottom] => [top, horizontal, bottom, horizontal],
        [top, right, bottom, left] => [top, right, bottom, left],
        _ => return None,
    };
    let names = ["margin-top", "margin-right", "margin-bottom", "margin-left"];
    let slots = names.into_iter().filter_map(slot);
    let slots = slots.zip(lengths);
    Some(
        slots
            .map(|((slot, _), it)| Change::Length(slot, it))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(text: &str) -> Style {
        let mut style = Style::default();
        for declaration in list(text) {
            style.apply(&declaration);
        }
        style
    }

    #[test]
    fn lengths_are_pixels_or_per_cent() {
        for (text, expected) in [
            ("1px", Some(64)),
            ("+1.5px", Some(96)),
            (".5PX", Some(32)),
            ("1e1px", Some(640)),
            ("-2px", Some(-128)),
            ("0", Some(0)),
            ("-0", Some(0)),
            ("50%", Some(3_200)),
            ("33.33%", Some(2_133)),
            ("-10%", Some(-640)),
            ("1e300px", Some(64_000_000)),
            ("auto", None),
        ] {
            let found = style(&format!("right: 7px; left: {text}")).horizontal.start;
            assert_eq!(found.of(6_400), expected, "{text}");
        }
    }

    #[test]
    fn declarations_that_cannot_be_read_leave_the_others_alone() {
        let unreadable = " | ;; | width | width: | width: 5 | width: -5px | width: 5em | \
            width: nanpx | width: infpx | width: 5 px | width: 5px 5px | width: calc(1px + 2px) | \
            width: none | width: 1.px | width: 5px !ignored | width: 5px ! important x | \
            width: '5px;' | max-width: auto | min-width: none | min-height: -1px | height: -1% | \
            wid th: 5px | display: flex | position: fixed | float: center | clear: top | \
            z-index: 1.5 | z-index: 99999999999999999999 | margin: | margin: 1px 1px 1px 1px 1px | \
            margin: 1px x | color: red; background: url(data:;width:5px) | { width: 5px } | \
            width: 5px } | --x: 5px | width = 5px";
        for text in unreadable.split(" | ") {
            assert_eq!(style(text), Style::default(), "{text}");
            let with_more = format!("{text}; top: 5px; height: 5px");
            assert_eq!(style(&with_more), style("top: 5px; height: 5px"), "{text}");
        }
    }

    #[test]
    fn margins_are_one_to_four_lengths() {
        for (text, [top, right, bottom, left]) in [
            ("1px", [1, 1, 1, 1]),
            ("1px 2px", [1, 2, 1, 2]),
            ("1px 2px 3px", [1, 2, 3, 2]),
            ("1px\t2px\n3px 4px", [1, 2, 3, 4]),
        ] {
            let each = format!(
                "margin-top: {top}px; margin-right: {right}px; \
                 margin-bottom: {bottom}px; margin-left: {left}px"
            );
            assert_eq!(style(&format!("margin: {text}")), style(&each), "{text}");
        }
    }

    #[test]
    fn later_declarations_count_and_important_ones_are_marked() {
        assert_eq!(style("WIDTH: 1PX; width: 2px"), style("width:2px"));
        assert_eq!(style("top: 1px; top: x"), style("top: 1px"));
        let marked: Vec<bool> = list("top: 0; left: 0!IMPORTANT; right: 0 ! important")
            .iter()
            .map(|it| it.important)
            .collect();
        assert_eq!(marked, [false, true, true]);
    }
}
