//! The elements that Matroska files consist of (RFC 8794).

/// Elements, one after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Elements(pub(super) Vec<u8>);

impl Elements {
    /// Adds an element: its id, its length and its content.
    pub(super) fn put(&mut self, id: u32, content: impl FnOnce(&mut Self)) {
        let mut inner = Self::default();
        content(&mut inner);
        self.bytes(id, &inner.0);
    }

    pub(super) fn bytes(&mut self, id: u32, content: &[u8]) {
        self.0.extend(significant(u64::from(id)));
        self.0.extend(length(content.len()));
        self.0.extend_from_slice(content);
    }

    pub(super) fn number(&mut self, id: u32, number: u64) {
        let bytes: Vec<u8> = significant(number).collect();
        self.bytes(id, &bytes);
    }

    pub(super) fn float(&mut self, id: u32, number: f64) {
        self.bytes(id, &number.to_be_bytes());
    }

    pub(super) fn text(&mut self, id: u32, text: &str) {
        self.bytes(id, text.as_bytes());
    }
}

/// A number without leading zeros, but one byte for zero.
fn significant(number: u64) -> impl Iterator<Item = u8> {
    let bytes = number.to_be_bytes();
    let zeros = bytes.iter().take(7).take_while(|byte| **byte == 0).count();
    bytes.into_iter().skip(zeros)
}

/// A length with its marker: one bit more than seven in each byte.
fn length(length: usize) -> Vec<u8> {
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    // A length of only ones means that it is not known.
    let size = (1..=8).find(|size| length < (1 << (7 * size)) - 1);
    let size = size.unwrap_or(8);
    let marked = length | 1 << (7 * size);
    let skipped = usize::try_from(8 - size).unwrap_or(0);
    marked.to_be_bytes().into_iter().skip(skipped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_numbers_are_those_of_the_standard() {
        assert_eq!(length(0), [0x80]);
        assert_eq!(length(126), [0xFE]);
        assert_eq!(length(127), [0x40, 0x7F]);
        assert_eq!(length(16_382), [0x7F, 0xFE]);
        assert_eq!(length(16_383), [0x20, 0x3F, 0xFF]);
        let mut elements = Elements::default();
        elements.number(0x4286, 1);
        elements.number(0xD7, 0);
        elements.number(0xE7, 0x0102);
        let expected = [0x42, 0x86, 0x81, 1, 0xD7, 0x81, 0, 0xE7, 0x82, 1, 2];
        assert_eq!(elements.0, expected);
    }
}
