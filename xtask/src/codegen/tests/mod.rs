//! Small contracts and what is made from them.

mod documents;
mod files;
mod rust;
mod words;

use super::contract::Contract;

/// A contract with one of everything.
const CONTRACT: &str = include_str!("things.toml");

fn contract(text: &str) -> Contract {
    let files = [("api/things.toml".to_owned(), text.to_owned())];
    match Contract::parse(&files) {
        Ok(contract) => contract,
        Err(problems) => panic!("{problems:#?}"),
    }
}
