//! Blocks of quantized coefficients as CAVLC codes them (clause 9.2 of the standard).

use super::{
    bits::BitWriter,
    codes::{CHROMA_COEFFICIENTS, CHROMA_ZEROS, COEFFICIENTS, RUNS, ZEROS},
};

/// Which codes fit a block.
#[derive(Clone, Copy, Debug)]
pub(super) enum Context {
    /// The mean number of coefficients in the neighbouring blocks.
    Neighbours(u8),
    /// The four DC coefficients of a chroma plane.
    ChromaDc,
}

/// Writes coefficients that are in zigzag order.
pub(super) fn write(out: &mut BitWriter, coefficients: &[i32], context: Context) {
    // The coefficients that are not zero, from the last to the first, with their positions.
    let found: Vec<(usize, i32)> = coefficients
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, level)| *level != 0)
        .rev()
        .collect();
    let ones = found
        .iter()
        .take(3)
        .take_while(|(_, level)| level.abs() == 1)
        .count();
    count(out, found.len(), ones, context);
    for (_, level) in found.iter().take(ones) {
        out.flag(*level < 0);
    }
    levels(out, &found, ones);
    let Some((last, _)) = found.first() else {
        return;
    };
    let mut zeros = (last + 1).saturating_sub(found.len());
    if found.len() < coefficients.len() {
        let table: &[&str] = match context {
            Context::ChromaDc => &CHROMA_ZEROS,
            Context::Neighbours(_) => &ZEROS,
        };
        word(out, table, found.len() - 1, zeros);
    }
    for pair in found.windows(2) {
        let [(position, _), (before, _)] = pair else {
            continue;
        };
        if zeros == 0 {
            break;
        }
        let run = position - before - 1;
        word(out, &RUNS, zeros.min(7) - 1, run);
        zeros -= run;
    }
}

/// Writes `coeff_token`.
fn count(out: &mut BitWriter, total: usize, ones: usize, context: Context) {
    let [few, some, many] = &COEFFICIENTS;
    let table = match context {
        Context::ChromaDc => &CHROMA_COEFFICIENTS,
        Context::Neighbours(0..2) => few,
        Context::Neighbours(2..4) => some,
        Context::Neighbours(4..8) => many,
        Context::Neighbours(8..) => {
            let total = u32::try_from(total).unwrap_or(0);
            let ones = u32::try_from(ones).unwrap_or(0);
            let code = total.checked_sub(1).map_or(3, |less| less << 2 | ones);
            out.put(code, 6);
            return;
        }
    };
    word(out, table, ones, total - ones);
}

/// Writes the coefficients that are not trailing ones.
fn levels(out: &mut BitWriter, found: &[(usize, i32)], ones: usize) {
    let mut suffix = u32::from(found.len() > 10 && ones < 3);
    for (at, (_, level)) in found.iter().enumerate().skip(ones) {
        let size = level.unsigned_abs();
        let mut code = size * 2 - 1 - u32::from(*level > 0);
        if at == ones && ones < 3 {
            code -= 2;
        }
        // Where the codes of four more bits begin, and those of twelve.
        let (long, longest) = match suffix {
            0 => (14, 30),
            _ => (15 << suffix, 15 << suffix),
        };
        let (prefix, rest, length) = if code < long {
            (code >> suffix, code & ((1 << suffix) - 1), suffix)
        } else if code < longest {
            (14, code - long, 4)
        } else {
            (15, code - longest, 12)
        };
        out.put(1, prefix + 1);
        out.put(rest, length);
        suffix = suffix.max(1);
        if size > 3 << (suffix - 1) && suffix < 6 {
            suffix += 1;
        }
    }
}

/// Writes a word of a table.
fn word(out: &mut BitWriter, table: &[&str], row: usize, column: usize) {
    let word = table
        .get(row)
        .and_then(|words| words.split(' ').nth(column));
    for bit in word.unwrap_or_default().bytes() {
        out.flag(bit == b'1');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(coefficients: &[i32], context: Context) -> String {
        let mut out = BitWriter::default();
        write(&mut out, coefficients, context);
        // A one, so that the zeros at the end are seen.
        out.flag(true);
        let text: String = out.bytes().iter().map(|it| format!("{it:08b}")).collect();
        text.trim_end_matches('0')
            .strip_suffix('1')
            .unwrap()
            .to_owned()
    }

    #[test]
    fn blocks_are_coded_as_in_the_examples_of_textbooks() {
        // Richardson, H.264 and MPEG-4 Video Compression, section 6.4.13.2.
        let block = |start: &[i32]| {
            let mut block = [0; 16];
            block[..start.len()].copy_from_slice(start);
            bits(&block, Context::Neighbours(0))
        };
        assert_eq!(
            block(&[0, 3, 0, 1, -1, -1, 0, 1]),
            "000010001110010111101101"
        );
        assert_eq!(
            block(&[-2, 4, 3, -3, 0, 0, -1]),
            "000000011010001001000010111001100"
        );
        assert_eq!(block(&[0, 0, 0, 1, 0, 1, 0, 0, 0, -1]), "0001110001110010");
        assert_eq!(block(&[]), "1");
        assert_eq!(bits(&[0; 4], Context::ChromaDc), "01");
    }

    #[test]
    fn no_word_of_a_table_begins_another() {
        let tokens = COEFFICIENTS.iter().chain([&CHROMA_COEFFICIENTS]);
        let tables = tokens.map(|table| table.join(" "));
        let others = ZEROS.iter().chain(&CHROMA_ZEROS).chain(&RUNS);
        for table in tables.chain(others.map(|words| (*words).to_owned())) {
            let words: Vec<&str> = table.split(' ').collect();
            for (at, word) in words.iter().enumerate() {
                let begun = |(other, it): (usize, &&str)| other != at && it.starts_with(word);
                assert!(!words.iter().enumerate().any(begun), "{word} in {table}");
            }
        }
    }
}
