//! What must hold for every operation there is, not for those that somebody thought of: the list is
//! the contract's.

mod any;
mod deadlines;
mod replays;
