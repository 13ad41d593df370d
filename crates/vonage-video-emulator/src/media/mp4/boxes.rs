//! The boxes that MP4 files consist of (ISO/IEC 14496-12, section 4.2).

/// Boxes, one after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Boxes(Vec<u8>);

impl Boxes {
    /// Adds a box: its size, its type and its content.
    pub(super) fn put(&mut self, kind: &[u8; 4], content: impl FnOnce(&mut Self)) {
        let start = self.0.len();
        self.long(0);
        self.bytes(kind);
        content(self);
        let size = u32::try_from(self.0.len() - start).unwrap_or(u32::MAX);
        if let Some(place) = self.0.get_mut(start..start + 4) {
            place.copy_from_slice(&size.to_be_bytes());
        }
    }

    /// Adds a box with a version and flags before its content.
    pub(super) fn full(
        &mut self,
        kind: &[u8; 4],
        version: u8,
        flags: u32,
        content: impl FnOnce(&mut Self),
    ) {
        self.put(kind, |it| {
            it.long(u32::from(version) << 24 | flags);
            content(it);
        });
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn zeros(&mut self, count: usize) {
        self.0.resize(self.0.len() + count, 0);
    }

    pub(super) fn short(&mut self, value: u16) {
        self.bytes(&value.to_be_bytes());
    }

    pub(super) fn long(&mut self, value: u32) {
        self.bytes(&value.to_be_bytes());
    }

    pub(super) fn longs(&mut self, values: impl IntoIterator<Item = u32>) {
        values.into_iter().for_each(|value| self.long(value));
    }

    pub(super) fn wide(&mut self, value: u64) {
        self.bytes(&value.to_be_bytes());
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// A number of 32 bits; the largest for one that is larger.
pub(super) fn narrow<N: TryInto<u32>>(number: N) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}
