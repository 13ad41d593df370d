//! Globs of the facade shadow nothing that a program relies on.
#![allow(
    unused_imports,
    reason = "the globs are there for what they must not shadow"
)]

use vonage_video::prelude::*;
use vonage_video::*;

/// A macro that writes `core::` without leading colons, as many do.
macro_rules! swap {
    ($a:expr, $b:expr) => {
        core::mem::swap(&mut $a, &mut $b)
    };
}

/// A module and types of the user's own win over those of the globs.
mod http {
    pub(super) const OWN: &str = "own";
}

struct Archive;

#[test]
fn a_glob_of_the_facade_shadows_neither_core_nor_a_module_of_one_s_own() {
    let (mut a, mut b) = (1, 2);
    core::mem::swap(&mut a, &mut b);
    swap!(a, b);
    assert_eq!((a, b), (1, 2));
    assert_eq!(http::OWN, "own");
    let Archive = Archive;
    let length = std::mem::size_of::<alloc_free::Option<u8>>();
    assert_eq!(length, 2);
}

/// Paths that start with `core` and `std` mean those crates.
mod alloc_free {
    pub(super) use core::option::Option;
}

#[test]
fn operations_are_named_through_the_prelude_and_at_their_module() {
    assert_eq!(CreateSession::new(), operations::CreateSession::new());
    assert_eq!(CreateSession::META.id, "create_session");
}
