//! Commands for people: a noun, a verb, and flags, all from the contract.

mod arguments;
mod extra;
mod short_ids;

use clap::{ArgMatches, FromArgMatches as _};
use serde_json::{Map, Value, json};

use crate::{
    failure::Failure,
    generated::NOUNS,
    input,
    options::{Common, Whose},
    output::Printer,
    progress::Progress,
    prompt, send, short,
    spec::{Command, Output},
};

/// The largest page that the API has.
const PAGE: u64 = 1000;

/// The clap command of each noun.
pub(crate) fn commands() -> impl Iterator<Item = clap::Command> {
    NOUNS.iter().map(|(noun, doc, commands)| {
        let mut built = clap::Command::new(*noun)
            .about(arguments::first_sentence(doc))
            .subcommand_required(true)
            .arg_required_else_help(true);
        for command in *commands {
            built = match command.verb.split_once(' ') {
                None => built.subcommand(arguments::verb(command.verb, command)),
                Some((group, verb)) => {
                    let command = arguments::verb(verb, command);
                    nested(built, group, command)
                }
            };
        }
        extra::commands(noun).fold(built, clap::Command::subcommand)
    })
}

/// Adds a command below a kind of the noun, such as `storage`.
fn nested(noun: clap::Command, group: &'static str, command: clap::Command) -> clap::Command {
    if noun.find_subcommand(group).is_some() {
        return noun.mut_subcommand(group, |group| group.subcommand(command));
    }
    noun.subcommand(
        clap::Command::new(group)
            .about("Where archives are kept")
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand(command),
    )
}

/// Runs a command of a noun; `None` when there is no such noun.
pub(crate) fn run(
    noun: &str,
    matches: &ArgMatches,
    common: &Common,
    printer: &Printer,
) -> Option<Result<(), Failure>> {
    let (_, _, commands) = NOUNS.iter().find(|(known, _, _)| *known == noun)?;
    let (mut verb, mut matches) = matches.subcommand()?;
    let group;
    if let Some((inner, deeper)) = matches.subcommand() {
        group = format!("{verb} {inner}");
        (verb, matches) = (&group, deeper);
    }
    let Some(command) = commands.iter().find(|command| command.verb == verb) else {
        return Some(extra::run(noun, verb, matches, common, printer));
    };
    Some(run_command(command, matches, common, printer))
}

fn run_command(
    command: &Command,
    matches: &ArgMatches,
    common: &Common,
    printer: &Printer,
) -> Result<(), Failure> {
    let whose =
        Whose::from_arg_matches(matches).map_err(|error| Failure::usage(error.to_string()))?;
    let mut given = arguments::read(command, matches)?;
    short_ids::resolve(&mut given, &whose, common)?;
    let operation = operation(command, &given);
    if command.needs_token && !given.contains_key("token") {
        let token = token(matches, &whose, &given, common)?;
        given.insert("token".to_owned(), token.into());
    }
    let destroys = ["delete", "stop", "disconnect"]
        .iter()
        .any(|verb| command.verb.contains(verb));
    if destroys && !common.dry_run && !common.curl {
        let what = format!("{} {}", command.noun, command.verb);
        prompt::confirm(&what, &whose, common)?;
    }
    let everything = arguments::has_offset(command)
        && matches!(command.output, Output::List(_))
        && matches.get_flag("all");
    let body = if everything {
        every_page(operation, given, &whose, common, printer)?
    } else {
        let text = Value::from(given.clone()).to_string();
        match send::prepare(operation, &text)?.send(&whose, common)? {
            Some(body) => body,
            None => return Ok(()),
        }
    };
    show(command, body, printer)
}

/// A session's whole id, by itself or by its short name.
pub(crate) fn whole_session(name: &str, whose: &Whose, common: &Common) -> Result<String, Failure> {
    short_ids::whole("sessionId", name, whose, common)
}

/// The operation that takes all that was given: of several, the one with the most fields comes
/// first.
fn operation(command: &Command, given: &Map<String, Value>) -> &'static str {
    let wanted = command.operations.iter().find(|operation| {
        let meta = vonage_video::ROUTES
            .iter()
            .find(|meta| meta.id == **operation);
        let required = meta.into_iter().flat_map(|meta| meta.fields);
        required
            .filter(|field| field.required && field.name != "token")
            .all(|field| given.contains_key(field.name))
    });
    wanted
        .or(command.operations.last())
        .copied()
        .unwrap_or_default()
}

/// The client token that was given, or one that is minted for the session.
fn token(
    matches: &ArgMatches,
    whose: &Whose,
    given: &Map<String, Value>,
    common: &Common,
) -> Result<String, Failure> {
    if let Some(token) = matches.get_one::<String>("token") {
        return input::secret(token);
    }
    if common.dry_run || common.curl {
        return Ok("TOKEN".to_owned());
    }
    let session = given
        .get("sessionId")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let credentials = whose.target(false)?.credentials;
    let token = credentials
        .token(session)
        .role(vonage_video::Role::Moderator)
        .sign();
    token.map_err(|error| Failure::Auth(error.to_string()))
}

/// Reads all pages of a list, and says how far it is when that takes long.
fn every_page(
    operation: &str,
    mut given: Map<String, Value>,
    whose: &Whose,
    common: &Common,
    printer: &Printer,
) -> Result<Value, Failure> {
    let mut items = Vec::new();
    let progress = Progress::state(printer);
    loop {
        given.insert("offset".to_owned(), json!(items.len()));
        given.insert("count".to_owned(), json!(PAGE));
        let text = Value::from(given.clone()).to_string();
        let Some(body) = send::prepare(operation, &text)?.send(whose, common)? else {
            return Ok(Value::Null);
        };
        let count = body.get("count").and_then(Value::as_u64).unwrap_or(0);
        let page = body
            .get("items")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let last = page.is_empty();
        items.extend(page);
        if last || items.len() as u64 >= count {
            progress.end();
            return Ok(json!({ "count": items.len(), "items": items }));
        }
        progress.say(&format!("{} of {count}", items.len()));
    }
}

fn show(command: &Command, body: Value, printer: &Printer) -> Result<(), Failure> {
    match command.output {
        Output::Nothing => printer.done(&format!("Done: {} {}.", command.noun, command.verb)),
        Output::List(model) => list(model, body, printer),
        Output::One(model) => {
            // The API answers some calls with an array of one.
            let item = match body {
                Value::Array(items) => items.into_iter().next().unwrap_or_default(),
                item => item,
            };
            if let Some(items) = item.get("items").and_then(Value::as_array) {
                return printer.list(model.strip_suffix("List").unwrap_or(model), items);
            }
            let made = ["start", "create", "dial", "connect", "register"];
            if made.contains(&command.verb) {
                let id = printer.id(model, &item);
                let next = match command.verb {
                    "start" => format!(
                        "Started. Stop it with: vonage-video {} stop {}",
                        command.noun,
                        // Captions have no list by which a short name could be found.
                        if command.noun == "captions" {
                            &id
                        } else {
                            short::id(&id)
                        }
                    ),
                    verb => format!("Done: {} {verb}.", command.noun),
                };
                printer.made(model, &item, &next)
            } else if item.is_null() {
                printer.done(&format!("Done: {} {}.", command.noun, command.verb))
            } else {
                printer.one(model, &item)
            }
        }
    }
}

fn list(model: &str, body: Value, printer: &Printer) -> Result<(), Failure> {
    let count = body.get("count").and_then(Value::as_u64);
    let items = match body {
        Value::Array(items) => items,
        mut page => match page.get_mut("items").map(Value::take) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        },
    };
    printer.list(model, &items)?;
    if let Some(count) = count.filter(|count| *count > items.len() as u64) {
        printer.note(format_args!(
            "{} of {count}. Show more with --count or --all.",
            items.len()
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_operation_has_a_command_and_every_command_an_example() {
        let commands = NOUNS.iter().flat_map(|(_, _, commands)| *commands);
        let with_commands: BTreeSet<&str> = commands
            .flat_map(|command| command.operations)
            .copied()
            .collect();
        let all: BTreeSet<&str> = vonage_video::ROUTES.iter().map(|meta| meta.id).collect();
        assert_eq!(with_commands, all);
    }

    #[test]
    fn the_one_operation_is_sent_that_takes_what_was_given() {
        let (_, _, commands) = NOUNS.iter().find(|(noun, ..)| *noun == "signals").unwrap();
        let mut given = Map::new();
        given.insert("sessionId".to_owned(), json!("s"));
        given.insert("data".to_owned(), json!("d"));
        assert_eq!(operation(&commands[0], &given), "signal_session");
        given.insert("connectionId".to_owned(), json!("c"));
        assert_eq!(operation(&commands[0], &given), "signal_connection");
    }
}
