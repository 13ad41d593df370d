//! What was measured.

/// What a contender measured in one round.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Of processor time, on one core.
    pub nanoseconds: f64,
    /// All cores at once; time on the wall divided by the number of tokens.
    pub all_cores: f64,
    pub allocations: f64,
    /// The time divided by the limit's, which ran in the same process in turns of a millisecond;
    /// for an official SDK by the limit's of the same round.
    pub ratio: f64,
}

/// One sample a round for each contender of each group, in their order, the official ones last.
/// `None` where it did not run.
pub type Samples = Vec<Vec<(String, Vec<Option<Sample>>)>>;
