//! `ids.rs`: one type for each kind of identifier.

use super::{contract::Contract, rust, text};

pub fn file(contract: &Contract) -> String {
    let mut ids: Vec<_> = contract.ids().collect();
    ids.sort_by_key(|id| &id.name);
    let mut types = String::new();
    for id in ids {
        text::doc(&mut types, 4, &id.doc);
        types.push_str(&format!("    {}\n", id.name));
    }
    format!(
        "{}use crate::id::ids;\n\nids! {{\n{types}}}\n",
        rust::header("api/*.toml")
    )
}
