//! From the generated table to clap's commands, and from what was given to an operation's input.

use clap::{Arg, ArgAction, ArgMatches, Args as _, value_parser};
use serde_json::{Map, Value, json};

use crate::{
    duration,
    failure::Failure,
    generated::NOUNS,
    input,
    options::Whose,
    spec::{Argument, Command, Kind, Output},
};

/// Values that are longer together stand in the help, where lines wrap, instead of the name.
const LONGEST: usize = 60;
/// Beyond this many elements of a list, a pair or a map, a flag is repeated.
const SEPARATOR: char = ',';

/// The clap command of a verb.
pub(super) fn verb(name: &'static str, command: &Command) -> clap::Command {
    let mut built = clap::Command::new(name);
    for argument in command.arguments {
        built = built.arg(arg(argument));
    }
    if command.needs_token {
        built = built.arg(
            Arg::new("token")
                .long("token")
                .value_name("TOKEN|@FILE")
                .help("A client token for the session; one is minted unless given"),
        );
    }
    if matches!(command.output, Output::List(_)) && has_offset(command) {
        built = built.arg(
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["offset", "count"])
                .help("Every page"),
        );
    }
    built = built.arg(
        Arg::new("input")
            .long("input")
            .value_name("JSON|@FILE|-")
            .allow_hyphen_values(true)
            .help("One JSON object under the flags: fields by their names in the API"),
    );
    Whose::augment_args(built)
        .about(first_sentence(&plain(command.about)))
        .long_about(plain(command.about))
        .after_help(examples(command))
}

/// Whether a list comes in pages.
pub(super) fn has_offset(command: &Command) -> bool {
    command
        .arguments
        .iter()
        .any(|argument| argument.flag == "offset")
}

/// The example as help shows it.
fn examples(command: &Command) -> String {
    let line = format!("{} {} {}", command.noun, command.verb, command.example);
    format!("Example:\n  vonage-video {}", line.trim_end())
}

/// A documentation for a terminal: links to operations become the commands that send them.
fn plain(doc: &str) -> String {
    let mut out = String::new();
    let mut rest = doc;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else {
            break;
        };
        out += before;
        let commands = NOUNS.iter().flat_map(|(_, _, commands)| *commands);
        let named = |command: &&Command| command.operations.iter().any(|it| is_named(it, name));
        out += &match commands.into_iter().find(named) {
            Some(command) => format!("`{} {}`", command.noun, command.verb),
            None => format!("`{name}`"),
        };
        rest = after;
    }
    out + rest
}

/// Whether an operation such as `mute_all` is what Rust calls `MuteAll`.
fn is_named(operation: &str, name: &str) -> bool {
    operation.replace('_', "").eq_ignore_ascii_case(name)
}

/// The summary of a documentation.
pub(super) fn first_sentence(text: &str) -> String {
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    text.get(..end)
        .unwrap_or(text)
        .trim_end_matches('.')
        .to_owned()
}

fn arg(argument: &Argument) -> Arg {
    let mut arg = Arg::new(argument.flag).help(help(argument));
    if argument.positional {
        // What begins with a hyphen is a flag, perhaps a misspelled one, unless `--` is before it.
        arg = arg.required(true).value_name(argument.value);
        return match argument.kind {
            Kind::Pairs(..) => arg
                .num_args(1..)
                .value_name("STREAM=CLASS,CLASS")
                .action(ArgAction::Append),
            _ => arg,
        };
    }
    match argument.kind {
        Kind::Bool(true) => arg
            .long(format!("no-{}", argument.flag))
            .action(ArgAction::SetTrue),
        Kind::Bool(false) | Kind::Object => arg.long(argument.flag).action(ArgAction::SetTrue),
        Kind::Number(min, max) => arg
            .long(argument.flag)
            .value_name("N")
            .value_parser(value_parser!(u64).range(min..=max)),
        Kind::Seconds => arg
            .long(argument.flag)
            .value_name("DURATION")
            .value_parser(duration::parse),
        Kind::OneOf(values) | Kind::NumberOf(values) => {
            let joined = values.join("|");
            let fits = joined.len() <= LONGEST;
            arg.long(argument.flag)
                .value_name(if fits { joined } else { "VALUE".to_owned() })
        }
        Kind::List => arg
            .long(argument.flag)
            .value_name("VALUE,VALUE")
            .value_delimiter(SEPARATOR)
            .action(ArgAction::Append),
        Kind::Map => arg
            .long(argument.flag.strip_suffix('s').unwrap_or(argument.flag))
            .value_name("KEY=VALUE")
            .action(ArgAction::Append),
        Kind::Pairs(..) | Kind::Items(_) => arg
            .long(argument.flag)
            .value_name("KEY=VALUE,…")
            .action(ArgAction::Append),
        Kind::Json => arg
            .long(argument.flag)
            .value_name("JSON")
            .allow_hyphen_values(true),
        Kind::Secret => arg.long(argument.flag).value_name("TEXT|@FILE"),
        Kind::Text => arg
            .long(argument.flag)
            .value_name("TEXT")
            .allow_hyphen_values(true),
    }
}

/// The field's documentation, with its values, limits and default.
fn help(argument: &Argument) -> String {
    let mut help = plain(argument.doc.trim_end_matches('.'));
    if let (Kind::Bool(default), Some(what)) = (argument.kind, help.strip_prefix("Whether to ")) {
        help = if default {
            format!("Do not {what}")
        } else {
            capitalized(what)
        };
    }
    if let Kind::Items(keys) = argument.kind {
        let keys: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
        help += &format!("; keys: {}", keys.join(", "));
    }
    if let Kind::OneOf(values) | Kind::NumberOf(values) = argument.kind
        && values.join("|").len() > LONGEST
    {
        help += &format!("; one of {}", values.join(", "));
    }
    if let Kind::Number(min, max) = argument.kind
        && max != u64::MAX
    {
        help += &format!(" [{min} to {max}]");
    }
    if let Some(default) = argument.default {
        help += &format!(" [default: {default}]");
    }
    help
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().to_string() + chars.as_str()
    })
}

/// The input that was given: `--input`, and the flags over it.
pub(super) fn read(command: &Command, matches: &ArgMatches) -> Result<Map<String, Value>, Failure> {
    let mut given = match matches.get_one::<String>("input") {
        Some(text) => match serde_json::from_str(&input::read(text)?) {
            Ok(Value::Object(given)) => given,
            Ok(_) => return Err(Failure::usage("--input must be one JSON object")),
            Err(error) => return Err(Failure::usage(format!("--input is not JSON: {error}"))),
        },
        None => Map::new(),
    };
    for argument in command.arguments {
        if let Some(value) = value(argument, matches)? {
            put(&mut given, argument.path, value);
        }
    }
    Ok(given)
}

/// What was given for an argument, as JSON.
fn value(argument: &Argument, matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let text = || matches.get_one::<String>(argument.flag).cloned();
    let many = || {
        matches
            .get_many::<String>(argument.flag)
            .into_iter()
            .flatten()
            .cloned()
    };
    let wrong = |text: &str, wanted: &str| {
        Failure::usage(format!("--{}: `{text}` is not {wanted}", argument.flag))
    };
    Ok(match argument.kind {
        Kind::Bool(default) => matches.get_flag(argument.flag).then_some(json!(!default)),
        Kind::Object => matches.get_flag(argument.flag).then(|| json!({})),
        Kind::Number(..) if argument.positional => {
            let text = text().unwrap_or_default();
            Some(json!(
                text.parse::<u64>().map_err(|_| wrong(&text, "a number"))?
            ))
        }
        Kind::Number(..) => matches
            .get_one::<u64>(argument.flag)
            .map(|number| json!(number)),
        Kind::Seconds => matches
            .get_one::<std::time::Duration>(argument.flag)
            .map(|duration| json!(duration.as_secs())),
        Kind::NumberOf(_) => match text() {
            Some(text) => Some(json!(
                text.parse::<u64>().map_err(|_| wrong(&text, "a number"))?
            )),
            None => None,
        },
        Kind::Text | Kind::OneOf(_) => text().map(Value::from),
        Kind::Secret => text()
            .map(|text| input::secret(&text))
            .transpose()?
            .map(Value::from),
        Kind::Json => match text() {
            Some(text) => Some(serde_json::from_str(&text).map_err(|_| wrong(&text, "JSON"))?),
            None => None,
        },
        Kind::List => {
            let list: Vec<Value> = many().map(Value::from).collect();
            (!list.is_empty()).then(|| list.into())
        }
        Kind::Map => {
            let mut map = Map::new();
            for pair in many() {
                let (key, value) = pair
                    .split_once('=')
                    .ok_or_else(|| wrong(&pair, "KEY=VALUE"))?;
                map.insert(key.to_owned(), value.into());
            }
            (!map.is_empty()).then(|| map.into())
        }
        Kind::Pairs(thing, list) => {
            let mut items = Vec::new();
            for pair in many() {
                let (key, values) = pair
                    .split_once('=')
                    .ok_or_else(|| wrong(&pair, "THING=VALUE,VALUE"))?;
                let values: Vec<&str> = values
                    .split(SEPARATOR)
                    .filter(|value| !value.is_empty())
                    .collect();
                items.push(json!({ thing: key, list: values }));
            }
            (!items.is_empty()).then(|| items.into())
        }
        Kind::Items(keys) => {
            let items = many()
                .map(|text| item(&text, keys))
                .collect::<Result<Vec<_>, _>>();
            let items = items.map_err(|wanted| wrong(&wanted.0, &wanted.1))?;
            (!items.is_empty()).then(|| items.into())
        }
    })
}

/// Reads `KEY=VALUE,KEY=VALUE`. The error is the text that is wrong and what it should be.
fn item(text: &str, keys: &[(&str, &str)]) -> Result<Value, (String, String)> {
    let mut object = Map::new();
    for pair in text.split(SEPARATOR) {
        let known = pair.split_once('=').and_then(|(key, value)| {
            let (_, member) = keys.iter().find(|(known, _)| *known == key)?;
            Some((*member, value))
        });
        let Some((member, value)) = known else {
            let keys: Vec<String> = keys.iter().map(|(key, _)| format!("{key}=VALUE")).collect();
            return Err((pair.to_owned(), keys.join(", ")));
        };
        let value = input::secret(value).map_err(|_| (value.to_owned(), "a file".to_owned()))?;
        object.insert(member.to_owned(), value.into());
    }
    Ok(object.into())
}

/// Puts a value where its path leads; objects on the way are made.
fn put(object: &mut Map<String, Value>, path: &[&str], value: Value) {
    let Some((first, rest)) = path.split_first() else {
        return;
    };
    if rest.is_empty() {
        // An object that flags have begun to fill stays.
        let begun = value.as_object().is_some_and(Map::is_empty) && object.contains_key(*first);
        if !begun {
            object.insert((*first).to_owned(), value);
        }
        return;
    }
    let inner = object.entry(*first).or_insert_with(|| json!({}));
    if !inner.is_object() {
        *inner = json!({});
    }
    if let Some(inner) = inner.as_object_mut() {
        put(inner, rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_where_their_paths_lead() {
        let mut object = Map::new();
        put(&mut object, &["outputs", "hls"], json!({}));
        put(&mut object, &["outputs", "hls", "dvr"], json!(true));
        put(&mut object, &["outputs", "hls"], json!({}));
        put(&mut object, &["name"], json!("n"));
        assert_eq!(
            json!(object),
            json!({"outputs": {"hls": {"dvr": true}}, "name": "n"})
        );
    }

    #[test]
    fn an_item_has_known_keys_only() {
        let keys = &[("server-url", "serverUrl"), ("id", "id")];
        assert_eq!(
            item("server-url=rtmp://a/b,id=x", keys).unwrap(),
            json!({"serverUrl": "rtmp://a/b", "id": "x"})
        );
        assert!(
            item("url=rtmp://a/b", keys)
                .unwrap_err()
                .1
                .contains("server-url=VALUE")
        );
        assert!(item("rtmp://a/b", keys).is_err());
    }

    #[test]
    fn help_names_commands_where_the_documentation_links_to_operations() {
        assert_eq!(
            plain("Until [`DisableForceMute`] is sent; see [`MediaMode`]."),
            "Until `sessions lift-mute` is sent; see `MediaMode`."
        );
        assert_eq!(plain("An open [`link"), "An open [`link");
    }

    #[test]
    fn a_summary_is_the_first_sentence() {
        assert_eq!(first_sentence("Starts it. It must be there."), "Starts it");
        assert_eq!(first_sentence("Starts it."), "Starts it");
    }
}
