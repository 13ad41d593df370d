//! Credentials by name: the file that holds them, and which of them a command uses.

mod commands;
mod file;
mod secret;
mod target;

pub(crate) use self::{
    commands::{Profiles, run},
    target::Target,
};
