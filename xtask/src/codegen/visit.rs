//! The way from an operation's name to its type, for whoever has the name only when it runs: the program's `call`, and tests of all operations.

use super::{contract::Contract, rust};

pub fn file(contract: &Contract) -> String {
    let arms: String = contract
        .operations()
        .map(|operation| {
            let (id, name) = (&operation.id, &operation.rust);
            format!("        {id:?} => visitor.visit::<super::{name}>(),\n")
        })
        .collect();
    format!(
        "{}use crate::operation::Operation;

/// Something to do with an operation whose type is known only by name.
pub trait Visitor {{
    /// What comes of it.
    type Output;

    /// Does it, with the type.
    fn visit<O: Operation>(self) -> Self::Output;
}}

/// Does something with the operation of this name, such as `start_archive`; `None` when there is none.
pub fn visit<V: Visitor>(id: &str, visitor: V) -> Option<V::Output> {{
    Some(match id {{
{arms}        _ => return None,
    }})
}}
",
        rust::header("api/*.toml")
    )
}
