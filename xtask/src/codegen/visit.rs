//! `visit.rs`: from an operation's name at run time to its type, for the program's `call` and for
//! tests of all operations.

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

/// A generic function over operation types, for [`visit`].
pub trait Visitor {{
    /// What [`visit`](Self::visit) returns.
    type Output;

    /// Called with the operation's type.
    fn visit<O: Operation>(self) -> Self::Output;
}}

/// Calls the visitor with the type of the operation of this name, such as `start_archive`. Returns
/// `None` if there is no such operation.
pub fn visit<V: Visitor>(id: &str, visitor: V) -> Option<V::Output> {{
    Some(match id {{
{arms}        _ => return None,
    }})
}}
",
        rust::header("api/*.toml")
    )
}
