//! What can be said on the command line, apart from the commands that the contract describes.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::{
    call::Call, doctor::Doctor, emulator, options::Common, profile::Profiles, token::Token,
    watch::Watch, webhooks::Webhooks,
};

/// The Vonage Video API (formerly OpenTok) at a terminal, and an emulator of it.
#[derive(Parser)]
#[command(
    name = "vonage-video",
    version,
    propagate_version = true,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "Topics: vonage-video help environment | output | exit-codes | profiles"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Call any operation by its name, JSON in and out, for programs
    Call(Call),
    /// Mint client tokens, and explain tokens
    #[command(subcommand)]
    Token(Token),
    /// Verify and send webhooks
    #[command(subcommand)]
    Webhooks(Webhooks),
    /// Run a local Video API, and steer it
    Emulator(Box<emulator::Arguments>),
    /// Watch a session: who is there and what happens, with keys to act
    Watch(Watch),
    /// Check credentials, clock, network and proxy, and say what to do
    Doctor(Doctor),
    /// Credentials by name
    #[command(subcommand)]
    Profiles(Profiles),
    /// Print a completion script
    Completions {
        /// The shell to complete in
        shell: clap_complete::Shell,
    },
    /// Write a manual page for each command
    Man {
        /// The folder to write to; it is created
        folder: PathBuf,
    },
    /// Explain environment, output, exit-codes or profiles, or a command
    Help {
        /// A topic, or the words of a command
        #[arg(value_name = "TOPIC|COMMAND")]
        words: Vec<String>,
    },
}
