//! Asks before something is destroyed.

use std::io::{self, IsTerminal as _, Write as _};

use crate::{
    failure::Failure,
    options::{Common, Whose},
};

/// Asks, where the profile wants it and somebody can answer.
pub(crate) fn confirm(what: &str, whose: &Whose, common: &Common) -> Result<(), Failure> {
    if common.yes || !whose.target(false).is_ok_and(|target| target.confirm) {
        return Ok(());
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() || std::env::var_os("CI").is_some()
    {
        return Err(Failure::usage(format!(
            "{what}: the profile wants a yes; say --yes"
        )));
    }
    let _ = write!(io::stderr(), "{what}? [y/N] ");
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer);
    if read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
        Ok(())
    } else {
        Err(Failure::usage(format!("{what}: not done")))
    }
}
