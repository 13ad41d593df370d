//! What is measured.

/// What a contender does once: mint a token, and return its length so that nothing is optimised
/// away.
pub type Mint = Box<dyn Fn() -> usize + Send + Sync>;
