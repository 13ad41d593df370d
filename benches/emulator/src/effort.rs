//! How much is measured.

/// How much is done.
#[derive(Clone, Copy)]
pub struct Effort {
    pub rounds: usize,
    /// Sessions in the full emulator, with ten clients and streams each.
    pub sessions: usize,
}
