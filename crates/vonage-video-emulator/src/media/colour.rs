//! The colours of drawings.

use serde::{Serialize, Serializer};

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Colour(pub(crate) [u8; 3]);

impl Colour {
    pub(crate) const BLACK: Self = Self([0; 3]);
    pub(crate) const WHITE: Self = Self([255; 3]);

    /// The colour of the `number`th stream of a session. Hues are as far from each other as they
    /// can be for any number of streams: each is a golden angle from the one before. Bright letters
    /// are read well on all of them.
    pub(crate) fn of_stream(number: u32) -> Self {
        /// The golden angle, in thousandths of the sixth of a circle.
        const STEP: u32 = 2292;
        let hue = (number % 6000).wrapping_mul(STEP) % 6000;
        let (dark, bright) = match number % 3 {
            0 => (40, 170),
            1 => (70, 150),
            _ => (20, 130),
        };
        let rising = dark + (bright - dark) * (hue % 1000) / 1000;
        let falling = dark + bright - rising;
        let colour = match hue / 1000 {
            0 => [bright, rising, dark],
            1 => [falling, bright, dark],
            2 => [dark, bright, rising],
            3 => [dark, falling, bright],
            4 => [rising, dark, bright],
            _ => [bright, dark, falling],
        };
        Self(colour.map(|value| u8::try_from(value).unwrap_or(u8::MAX)))
    }

    /// The brightness and the differences of blue and red, as BT.601 has them, from 16 to 235.
    pub(crate) fn to_video(self) -> [u8; 3] {
        let [red, green, blue] = self.0.map(i32::from);
        let parts = [
            (66 * red + 129 * green + 25 * blue, 16),
            (-38 * red - 74 * green + 112 * blue, 128),
            (112 * red - 94 * green - 18 * blue, 128),
        ];
        parts.map(|(sum, offset)| {
            let value = ((sum + 128) >> 8) + offset;
            u8::try_from(value.clamp(0, 255)).unwrap_or_default()
        })
    }

    /// As in style sheets: `#rrggbb`.
    fn to_hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_streams_are_told_apart() {
        let colours: Vec<[u8; 3]> = (0..16).map(|it| Colour::of_stream(it).0).collect();
        for (at, one) in colours.iter().enumerate() {
            for other in &colours[..at] {
                let apart: u32 = one
                    .iter()
                    .zip(other)
                    .map(|(one, other)| u32::from(one.abs_diff(*other)))
                    .sum();
                assert!(apart >= 30, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn white_and_black_are_the_ends_of_the_range() {
        assert_eq!(Colour::WHITE.to_video(), [235, 128, 128]);
        assert_eq!(Colour::BLACK.to_video(), [16, 128, 128]);
        assert_eq!(Colour([255, 0, 128]).to_hex(), "#ff0080");
    }
}
