//! `profiles`: credentials by name.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    options::Whose,
    output::Printer,
    profile::{
        file::{self, File, Profile},
        target::credentials_of,
    },
};

#[derive(Subcommand)]
pub(crate) enum Profiles {
    /// List the profiles
    List,
    /// Add a profile, or change one
    Add(Add),
    /// Use a profile unless another is named
    Use {
        /// The profile's name
        name: String,
    },
    /// Say which credentials a command would use, and where each value comes from
    Show {
        #[command(flatten)]
        whose: Whose,
    },
    /// Remove a profile; the files that it names stay
    Remove {
        /// The profile's name
        name: String,
    },
}

/// A profile holds paths and commands, never a key or a secret.
#[derive(Args)]
pub(crate) struct Add {
    /// The profile's name
    name: String,
    /// The Vonage application
    #[arg(
        long,
        value_name = "ID",
        conflicts_with = "api_key",
        required_unless_present = "api_key"
    )]
    application_id: Option<String>,
    /// The OpenTok API key
    #[arg(long, value_name = "KEY")]
    api_key: Option<String>,
    /// The application's private key, a PEM file
    #[arg(
        long,
        value_name = "FILE",
        group = "secret",
        requires = "application_id"
    )]
    private_key_file: Option<PathBuf>,
    /// A file that holds the API secret
    #[arg(long, value_name = "FILE", group = "secret", requires = "api_key")]
    secret_file: Option<PathBuf>,
    /// A command that prints the secret or the key, such as `pass show video`
    #[arg(long, value_name = "COMMAND", group = "secret")]
    secret_command: Option<String>,
    /// An environment variable that holds the secret or the key
    #[arg(long, value_name = "NAME", group = "secret")]
    secret_env: Option<String>,
    /// Where the API is, instead of the service itself
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Ask before something is deleted, stopped or disconnected
    #[arg(long)]
    confirm: bool,
    /// Use it unless another is named
    #[arg(long)]
    default: bool,
}

pub(crate) fn run(command: Profiles, printer: &Printer) -> Result<(), Failure> {
    match command {
        Profiles::List => list(printer),
        Profiles::Add(add) => self::add(add, printer),
        Profiles::Use { name } => change(&name, printer, "is the default", |file| {
            file.default = Some(name.clone());
        }),
        Profiles::Remove { name } => change(&name, printer, "is removed", |file| {
            file.profiles.remove(&name);
            file.default = file.default.take().filter(|default| *default != name);
        }),
        Profiles::Show { whose } => show(&whose, printer),
    }
}

fn list(printer: &Printer) -> Result<(), Failure> {
    let file = file::read()?;
    let row = |(name, profile): (&String, &Profile)| {
        json!({
            "id": name,
            "project": project(profile),
            "baseUrl": profile.base_url,
            "default": file.default.as_ref() == Some(name),
        })
    };
    let rows: Vec<Value> = file.profiles.iter().map(row).collect();
    printer.list("Profile", &rows)
}

fn project(profile: &Profile) -> Option<&String> {
    profile.application_id.as_ref().or(profile.api_key.as_ref())
}

fn add(add: Add, printer: &Printer) -> Result<(), Failure> {
    let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let profile = Profile {
        application_id: add.application_id,
        private_key_file: add.private_key_file.map(absolute),
        api_key: add.api_key,
        secret_file: add.secret_file.map(absolute),
        secret_command: add.secret_command,
        secret_env: add.secret_env,
        base_url: add.base_url,
        confirm: add.confirm,
    };
    // What cannot be used is not kept.
    credentials_of(&add.name, &profile)?;
    let mut file = file::read()?;
    if add.default || file.profiles.is_empty() {
        file.default = Some(add.name.clone());
    }
    file.profiles.insert(add.name.clone(), profile);
    file::write(&file)?;
    printer.done(&format!(
        "Profile {} is kept in {}.",
        add.name,
        file::path()?.display()
    ))
}

fn change(
    name: &str,
    printer: &Printer,
    done: &str,
    change: impl FnOnce(&mut File),
) -> Result<(), Failure> {
    let mut file = file::read()?;
    if !file.profiles.contains_key(name) {
        return Err(Failure::usage(format!("there is no profile `{name}`")));
    }
    change(&mut file);
    file::write(&file)?;
    printer.done(&format!("Profile {name} {done}."))
}

fn show(whose: &Whose, printer: &Printer) -> Result<(), Failure> {
    let target = whose.target(false)?;
    let credentials = &target.credentials;
    printer.one(
        "Target",
        &json!({
            "environment": credentials.environment().to_string(),
            "project": credentials.project(),
            "baseUrl": target.base_url.as_deref().unwrap_or("the service"),
            "from": target.origin.to_string(),
            "asksFirst": target.confirm,
        }),
    )
}
