//! The tokens that sign calls of the REST API.

mod nearby;
mod token;
mod tokens;
mod turn;

pub use token::{DEFAULT_LEEWAY, RestToken};
pub use tokens::RestTokens;
