//! The integer transform of 4x4 blocks and its quantization (clause 8.5 of the standard), at the
//! one quantization parameter that is used, 30, where the scale is 32 times that of the tables.

/// Rows of samples, differences or coefficients.
pub(super) type Block = [[i32; 4]; 4];

/// The quantization parameter of every macroblock.
pub(super) const QUANTIZER: i32 = 30;
/// What chroma's parameter is looked up for in addition, so that it is 30 too (table 8-15).
pub(super) const CHROMA_OFFSET: i32 = 1;

/// What coefficients are multiplied with to quantize them, in units of 2^-20.
const QUANTIZE: Block = [
    [13107, 8066, 13107, 8066],
    [8066, 5243, 8066, 5243],
    [13107, 8066, 13107, 8066],
    [8066, 5243, 8066, 5243],
];
/// What quantized coefficients are multiplied with.
const SCALE: Block = [
    [320, 416, 320, 416],
    [416, 512, 416, 512],
    [320, 416, 320, 416],
    [416, 512, 416, 512],
];

/// The coefficients of differences, not quantized.
pub(super) fn forward(block: Block) -> Block {
    let line = |[a, b, c, d]: [i32; 4]| {
        let (outer, inner) = (a + d, b + c);
        let (far, near) = (a - d, b - c);
        [outer + inner, 2 * far + near, outer - inner, far - 2 * near]
    };
    transposed(transposed(block.map(line)).map(line))
}

/// The differences of coefficients that are scaled, as every decoder computes them.
pub(super) fn inverse(block: Block) -> Block {
    let line = |[a, b, c, d]: [i32; 4]| {
        let (even, odd) = (a + c, a - c);
        let (near, far) = ((b >> 1) - d, b + (d >> 1));
        [even + far, odd + near, odd - near, even - far]
    };
    let block = transposed(transposed(block.map(line)).map(line));
    block.map(|row| row.map(|value| (value + 32) >> 6))
}

/// Quantizes coefficients; small ones become zero.
pub(super) fn quantized(block: Block) -> Block {
    each(block, QUANTIZE, |value, factor| {
        let level = (value.abs() * factor + (1 << 20) / 3) >> 20;
        level * value.signum()
    })
}

/// Quantized coefficients at their scale.
pub(super) fn scaled(block: Block) -> Block {
    each(block, SCALE, |level, scale| level * scale)
}

/// The quantized DC coefficients of a chroma plane, of those of its four blocks.
pub(super) fn chroma_dc([a, b, c, d]: [i32; 4]) -> [i32; 4] {
    hadamard([a, b, c, d]).map(|value| {
        let level = (value.abs() * 13107 + (1 << 21) / 2) >> 21;
        level * value.signum()
    })
}

/// The DC coefficients of the four blocks at their scale, of quantized ones.
pub(super) fn scaled_chroma_dc(levels: [i32; 4]) -> [i32; 4] {
    hadamard(levels).map(|value| value * 160)
}

/// The quantized DC coefficient of a macroblock that differs from its prediction by one value.
pub(super) fn flat_level(difference: i32) -> i32 {
    (difference * 8 + 5).div_euclid(10)
}

/// The difference that such a coefficient makes.
pub(super) fn flat_difference(level: i32) -> i32 {
    (level * 80 + 32) >> 6
}

/// Coefficients in the order in which they are coded.
pub(super) fn zigzag(block: Block) -> [i32; 16] {
    let [[a, b, c, d], [e, f, g, h], [i, j, k, l], [m, n, o, p]] = block;
    [a, b, e, i, f, c, d, g, j, m, n, k, h, l, o, p]
}

fn hadamard([a, b, c, d]: [i32; 4]) -> [i32; 4] {
    [a + b + c + d, a - b + c - d, a + b - c - d, a - b - c + d]
}

fn transposed(block: Block) -> Block {
    let [[a, b, c, d], [e, f, g, h], [i, j, k, l], [m, n, o, p]] = block;
    [[a, e, i, m], [b, f, j, n], [c, g, k, o], [d, h, l, p]]
}

fn each(block: Block, factors: Block, compute: impl Fn(i32, i32) -> i32) -> Block {
    let mut result = block;
    for (row, factors) in result.iter_mut().zip(factors) {
        for (value, factor) in row.iter_mut().zip(factors) {
            *value = compute(*value, factor);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quantized_and_scaled_again_is_nearly_the_same() {
        for block in [
            [[100; 4]; 4],
            [[200, 200, -50, -50]; 4],
            [
                [9, -60, 31, 0],
                [80, 7, -99, 120],
                [0, 0, 1, 255],
                [3, 1, 4, -255],
            ],
        ] {
            let again = inverse(scaled(quantized(forward(block))));
            for (one, other) in block.iter().flatten().zip(again.iter().flatten()) {
                assert!((one - other).abs() <= 12, "{block:?} {again:?}");
            }
        }
    }

    #[test]
    fn flat_differences_come_within_one() {
        for difference in -255..=255 {
            let again = flat_difference(flat_level(difference));
            assert!((difference - again).abs() <= 1, "{difference} {again}");
        }
    }

    #[test]
    fn chroma_comes_within_four() {
        for values in [[5, 5, 5, 5], [-100, 30, 0, 120], [1, 0, 0, 0]] {
            let levels = chroma_dc(values.map(|value| value * 16));
            for (value, dc) in values.iter().zip(scaled_chroma_dc(levels)) {
                assert!((value - ((dc + 32) >> 6)).abs() <= 4, "{values:?}");
            }
        }
    }
}
