//! `emulator env`: variables as shells evaluate them.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use serde_json::Value;

use crate::{failure::Failure, output::print, running::Running, send::quoted};

#[derive(Args)]
pub(super) struct Env {
    /// Who evaluates it
    #[arg(long, default_value = "posix")]
    pub(super) shell: Syntax,
    /// Only the OpenTok project
    #[arg(long, conflicts_with = "vonage")]
    pub(super) opentok: bool,
    /// Only the Vonage application
    #[arg(long)]
    pub(super) vonage: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Syntax {
    #[value(alias = "sh", alias = "bash", alias = "zsh")]
    Posix,
    Fish,
    Powershell,
    Dotenv,
    Json,
}

pub(super) fn run(env: &Env, running: Running) -> Result<(), Failure> {
    let hidden = if env.opentok {
        Some("VONAGE_APPLICATION_ID VONAGE_PRIVATE_KEY")
    } else if env.vonage {
        Some("OPENTOK_API_KEY OPENTOK_API_SECRET")
    } else {
        None
    };
    let hidden = |name: &str| hidden.is_some_and(|all| all.split(' ').any(|one| one == name));
    let mut variables = running.variables;
    variables.retain(|(name, _)| !hidden(name));
    print(assignments(env.shell, &variables))
}

/// Sets variables, one a line; in JSON, one object in one line.
pub(super) fn assignments(syntax: Syntax, variables: &[(String, String)]) -> String {
    let assignments: Vec<String> = variables
        .iter()
        .map(|(name, value)| assignment(syntax, name, value))
        .collect();
    match syntax {
        Syntax::Json => format!("{{{}}}", assignments.join(",")),
        _ => assignments.join("\n"),
    }
}

/// Sets a variable, whatever its value holds.
fn assignment(syntax: Syntax, name: &str, value: &str) -> String {
    match syntax {
        Syntax::Posix => format!("export {name}={}", quoted(value)),
        Syntax::Fish => {
            format!(
                "set -gx {name} '{}'",
                value.replace('\\', "\\\\").replace('\'', "\\'")
            )
        }
        Syntax::Powershell => format!("$env:{name} = '{}'", value.replace('\'', "''")),
        Syntax::Dotenv => format!("{name}={}", dotenv(value)),
        Syntax::Json => format!("{}:{}", Value::from(name), Value::from(value)),
    }
}

/// In double quotes, as most readers of such files take it.
fn dotenv(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' | '$' | '`' => {
                let _ = write!(out, "\\{c}");
            }
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_shell_runs_a_value() {
        let value = "0123';touch$IFS`F`\\";
        for (shell, line) in [
            (Syntax::Posix, "export A='0123'\\'';touch$IFS`F`\\'"),
            (Syntax::Fish, "set -gx A '0123\\';touch$IFS`F`\\\\'"),
            (Syntax::Powershell, "$env:A = '0123'';touch$IFS`F`\\'"),
            (Syntax::Dotenv, "A=\"0123';touch\\$IFS\\`F\\`\\\\\""),
            (Syntax::Json, "{\"A\":\"0123';touch$IFS`F`\\\\\"}"),
        ] {
            let variables = [("A".to_owned(), value.to_owned())];
            assert_eq!(assignments(shell, &variables), line);
        }
    }
}
