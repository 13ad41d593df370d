//! The tokens that sign calls of the REST API.

mod cache;
mod token;
mod turn;

pub use cache::RestTokens;
pub use token::{DEFAULT_LEEWAY, RestToken};
