//! Gets archives with this SDK and with its peers, side by side over loopback.
//!
//! Each contender runs in a process of its own, for a short while a round, against a server in
//! another process that always answers the same. The rounds are interleaved, and what counts is the
//! median over the rounds of a contender's figure divided by the limit's of the same round: the
//! machine's moods hit both.

pub mod archives;
pub mod cold;
pub mod collect;
pub mod contenders;
pub mod cores;
pub mod decode;
#[path = "../../shared/facts.rs"]
pub mod facts;
#[path = "../../shared/figures.rs"]
pub mod figures;
pub mod groups;
pub mod histogram;
pub mod instructions;
pub mod load;
pub mod machine;
pub mod make;
pub mod official;
pub mod paced;
pub mod root;
pub mod rounds;
pub mod server;
pub mod table;
