//! A writer of bits, with the variable-length integers of H.264.

/// Bits, most significant first.
#[derive(Clone, Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// The bits of the last byte, which is not full yet.
    last: u32,
    used: u32,
}

impl BitWriter {
    /// Writes the lowest `count` bits of a value.
    pub(super) fn put(&mut self, value: u32, count: u32) {
        let mut left = count;
        while left > 0 {
            let step = left.min(8 - self.used);
            left -= step;
            let part = value >> left & ((1 << step) - 1);
            self.last = self.last << step | part;
            self.used += step;
            if self.used == 8 {
                self.bytes.extend(u8::try_from(self.last));
                (self.last, self.used) = (0, 0);
            }
        }
    }

    /// Writes one bit.
    pub(super) fn flag(&mut self, value: bool) {
        self.put(u32::from(value), 1);
    }

    /// Writes an unsigned Exp-Golomb code.
    pub(super) fn unsigned(&mut self, value: u32) {
        let code = value.saturating_add(1);
        let length = 32 - code.leading_zeros();
        self.put(0, length - 1);
        self.put(code, length);
    }

    /// Writes a signed Exp-Golomb code.
    pub(super) fn signed(&mut self, value: i32) {
        let code = value.unsigned_abs().saturating_mul(2);
        self.unsigned(code.saturating_sub(u32::from(value > 0)));
    }

    /// The bytes, after the stop bit of a raw byte sequence payload.
    pub(super) fn payload(mut self) -> Vec<u8> {
        self.flag(true);
        self.bytes()
    }

    /// The bytes; the last is filled up with zeros.
    pub(super) fn bytes(mut self) -> Vec<u8> {
        if self.used > 0 {
            self.bytes
                .extend(u8::try_from(self.last << (8 - self.used)));
        }
        self.bytes
    }
}

/// A NAL unit: its header and a payload, in which no start code can be found.
pub(super) fn unit(header: u8, payload: &[u8]) -> Vec<u8> {
    let mut unit = Vec::with_capacity(payload.len() + 8);
    unit.push(header);
    let mut zeros = 0;
    for byte in payload {
        if zeros >= 2 && *byte <= 3 {
            unit.push(3);
            zeros = 0;
        }
        zeros = if *byte == 0 { zeros + 1 } else { 0 };
        unit.push(*byte);
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(write: impl FnOnce(&mut BitWriter)) -> Vec<u8> {
        let mut bits = BitWriter::default();
        write(&mut bits);
        bits.bytes()
    }

    #[test]
    fn exp_golomb_codes_are_those_of_the_standard() {
        for (value, code, length) in [(0, 1, 1), (1, 2, 3), (2, 3, 3), (3, 4, 5), (8, 9, 7)] {
            assert_eq!(
                bits(|it| it.unsigned(value)),
                bits(|it| it.put(code, length))
            );
        }
        for (value, code) in [(0, 0), (1, 1), (-1, 2), (2, 3), (-2, 4)] {
            assert_eq!(bits(|it| it.signed(value)), bits(|it| it.unsigned(code)));
        }
    }

    #[test]
    fn a_unit_never_contains_a_start_code() {
        let unit = unit(0x65, &[0, 0, 1, 0, 0, 0, 0, 7]);
        assert_eq!(unit, [0x65, 0, 0, 3, 1, 0, 0, 3, 0, 0, 7]);
    }
}
