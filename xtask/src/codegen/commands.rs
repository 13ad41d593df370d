//! The program's commands: a table for each noun, with an argument for each field of an operation's
//! input, those of nested objects included.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    contract::{Contract, Field, Limits, Literal, Model, Operation, Resource, Shape, Type},
    rust,
};

/// Values that should not stand in a command line, where others on the machine see them.
const SECRETS: &[&str] = &["accountKey", "password", "secretKey", "streamName"];

pub fn files(contract: &Contract) -> Result<Vec<(String, String)>, String> {
    let mut nouns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut written: Vec<(String, &Operation)> = Vec::new();
    for resource in &contract.resources {
        for operation in &resource.operations {
            let name = command(resource, operation);
            let (noun, _) = name.split_once(' ').ok_or_else(|| {
                format!(
                    "the command of `{}` is a noun and a verb, got `{name}`",
                    operation.id
                )
            })?;
            nouns.entry(noun.to_owned()).or_default();
            written.push((name, operation));
        }
    }
    let mut done: Vec<&str> = Vec::new();
    for (name, _) in &written {
        if done.contains(&name.as_str()) {
            continue;
        }
        done.push(name);
        let mut operations: Vec<&Operation> = written
            .iter()
            .filter(|(other, _)| other == name)
            .map(|(_, operation)| *operation)
            .collect();
        // The one with the most fields decides what there is to say.
        operations.sort_by_key(|operation| std::cmp::Reverse(operation.fields.len()));
        let (noun, verb) = name.split_once(' ').unwrap_or_default();
        let text = entry(contract, noun, verb, &operations);
        nouns.entry(noun.to_owned()).or_default().push(text);
    }

    let mut files = vec![("mod.rs".to_owned(), module(contract, &nouns))];
    for (noun, entries) in &nouns {
        let text = format!(
            "{}use crate::spec::{{Argument, Command, Kind, Output}};\n\n\
             pub(super) const COMMANDS: &[Command] = &[\n{}];\n",
            rust::header("api/*.toml"),
            entries.concat()
        );
        files.push((format!("{noun}.rs"), text));
    }
    Ok(files)
}

fn module(contract: &Contract, nouns: &BTreeMap<String, Vec<String>>) -> String {
    let modules: String = nouns.keys().map(|noun| format!("mod {noun};\n")).collect();
    let rows: String = nouns
        .keys()
        .map(|noun| {
            // Of several resources with the noun, the one that is called so.
            let resources = || contract.resources.iter();
            let doc = resources()
                .find(|resource| resource.name == *noun)
                .or_else(|| resources().find(|resource| self::noun(resource) == noun))
                .map(|resource| resource.doc.as_str());
            format!(
                "    ({noun:?}, {:?}, {noun}::COMMANDS),\n",
                doc.unwrap_or_default()
            )
        })
        .collect();
    format!(
        "{}use crate::spec::Command;\n\n{modules}\n\
         /// Each noun, what it is, and its commands.\n\
         pub(crate) const NOUNS: &[(&str, &str, &[Command])] = &[\n{rows}];\n",
        rust::header("api/*.toml")
    )
}

fn noun(resource: &Resource) -> &str {
    resource.command.as_deref().unwrap_or(&resource.name)
}

/// The noun and the verb: the id without the resource, and without `set` where more is left.
fn command(resource: &Resource, operation: &Operation) -> String {
    if let Some(command) = &operation.command {
        return command.clone();
    }
    let noun = noun(resource);
    let singular = noun.strip_suffix('s').unwrap_or(noun);
    let words = operation
        .id
        .split('_')
        .filter(|word| *word != noun && *word != singular);
    let words: Vec<&str> = words.collect();
    let verb = match words.as_slice() {
        ["set", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    format!("{noun} {}", verb.join("-"))
}

fn entry(contract: &Contract, noun: &str, verb: &str, operations: &[&Operation]) -> String {
    let Some(largest) = operations.first() else {
        return String::new();
    };
    let fields = largest
        .fields
        .iter()
        .filter(|field| !is_minted(largest, field));
    let mut arguments = Vec::new();
    for field in fields {
        leaves(contract, field, &[], "", true, &mut arguments);
    }
    // What the path needs comes first, in the path's order.
    arguments.sort_by_key(|leaf| {
        let at = |name: &str| largest.path.find(&format!("{{{name}}}"));
        (
            !leaf.positional,
            leaf.path
                .first()
                .and_then(|name| at(name))
                .unwrap_or(usize::MAX),
        )
    });
    let example = largest.example.clone().unwrap_or_else(|| {
        let needed = arguments.iter().filter(|leaf| leaf.positional);
        needed
            .map(|leaf| format!("${}", leaf.value))
            .collect::<Vec<_>>()
            .join(" ")
    });
    let ids: Vec<String> = operations
        .iter()
        .map(|one| format!("{:?}", one.id))
        .collect();
    let minted = largest.fields.iter().any(|field| is_minted(largest, field));
    let output = match &largest.output.shape {
        Shape::Nothing => "Output::Nothing".to_owned(),
        Shape::Model(name) | Shape::One(name) => format!("Output::One({name:?})"),
        Shape::Page(name) | Shape::List(name) => format!("Output::List({name:?})"),
    };
    let arguments: String = arguments.iter().map(Leaf::code).collect();
    format!(
        "Command {{ noun: {noun:?}, verb: {verb:?}, about: {:?}, operations: &[{}], \
         needs_token: {minted}, example: {example:?}, output: {output}, arguments: &[{arguments}] }},\n",
        largest.doc,
        ids.join(", "),
    )
}

/// A client token for the session, which the program mints unless one is given.
fn is_minted(operation: &Operation, field: &Field) -> bool {
    field.name == "token"
        && operation
            .fields
            .iter()
            .any(|field| field.name == "sessionId")
}

/// A field that an argument gives a value to.
struct Leaf<'a> {
    field: &'a Field,
    /// Its place in the input, from the outside in.
    path: Vec<String>,
    flag: String,
    /// What stands for its value in help.
    value: String,
    positional: bool,
    kind: String,
}

/// Appends the arguments of a field: itself, or the fields of the object that it is.
fn leaves<'a>(
    contract: &'a Contract,
    field: &'a Field,
    path: &[String],
    prefix: &str,
    required: bool,
    out: &mut Vec<Leaf<'a>>,
) {
    let needed = required && field.presence == super::contract::Presence::Required;
    let model = |name: &str| contract.model(name);
    let mut path = path.to_vec();
    if !field.flatten {
        path.push(field.name.clone());
    }
    if let Type::Model(name) = &field.kind
        && let Some(model) = model(name)
    {
        // The fields of an object that must be there need no prefix.
        let inner = if needed {
            prefix.to_owned()
        } else {
            join(prefix, &flag_name(field))
        };
        if !needed && model.has_default() {
            let kind = "Kind::Object".to_owned();
            out.push(leaf(field, path.clone(), inner.clone(), false, kind));
        }
        for field in &model.fields {
            leaves(contract, field, &path, &inner, needed, out);
        }
        return;
    }
    // The type of an object is what the object is called by.
    let named = field.name == "type" && !prefix.is_empty();
    let flag = if named {
        prefix.to_owned()
    } else {
        join(prefix, &flag_name(field))
    };
    let positional = needed && field.flag.is_none();
    out.push(leaf(field, path, flag, positional, kind(contract, field)));
}

fn leaf(
    field: &Field,
    path: Vec<String>,
    flag: String,
    positional: bool,
    kind: String,
) -> Leaf<'_> {
    Leaf {
        value: value_name(field),
        field,
        path,
        flag,
        positional,
        kind,
    }
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}-{name}")
    }
}

/// `hasAudio` → `audio`, `maxBitrate` → `max-bitrate`.
fn flag_name(field: &Field) -> String {
    if let Some(flag) = &field.flag {
        return flag.clone();
    }
    let snake = super::names::snake(&field.name).replace('_', "-");
    snake.strip_prefix("has-").unwrap_or(&snake).to_owned()
}

/// `SESSION` for a session's id, `DIGITS` for digits.
fn value_name(field: &Field) -> String {
    let name = match &field.kind {
        Type::Id(name) => name.strip_suffix("Id").unwrap_or(name),
        _ => field.name.as_str(),
    };
    super::names::snake(name).to_uppercase()
}

fn kind(contract: &Contract, field: &Field) -> String {
    let Limits { min, max, .. } = &field.limits;
    match &field.kind {
        Type::Bool => format!("Kind::Bool({})", field.default == Some(Literal::Bool(true))),
        Type::U32 | Type::U64 if field.name.ends_with("Duration") => "Kind::Seconds".to_owned(),
        Type::U32 | Type::U64 => {
            format!(
                "Kind::Number({}, {})",
                min.unwrap_or(0),
                max.unwrap_or(u64::MAX)
            )
        }
        Type::F64 | Type::Json => "Kind::Json".to_owned(),
        Type::Map => "Kind::Map".to_owned(),
        Type::Enum(name) => {
            let values = contract.enumeration(name).map(|it| {
                let values = it.values.iter().map(|value| format!("{:?}", value.wire));
                (it.numeric, values.collect::<Vec<_>>().join(", "))
            });
            match values {
                Some((true, values)) => format!("Kind::NumberOf(&[{values}])"),
                Some((false, values)) => format!("Kind::OneOf(&[{values}])"),
                None => "Kind::Text".to_owned(),
            }
        }
        Type::List(item) => match &**item {
            Type::Model(name) => contract.model(name).map_or_else(String::new, items),
            _ => "Kind::List".to_owned(),
        },
        _ if SECRETS.contains(&field.name.as_str()) => "Kind::Secret".to_owned(),
        _ => "Kind::Text".to_owned(),
    }
}

/// A list of objects: as `KEY=VALUE,…`, or as `FIRST=VALUE,VALUE` where each is a thing and a list.
fn items(model: &Model) -> String {
    if let [first, list] = model.fields.as_slice()
        && matches!(list.kind, Type::List(_))
    {
        return format!("Kind::Pairs({:?}, {:?})", first.name, list.name);
    }
    let mut keys = String::new();
    for field in &model.fields {
        let _ = write!(keys, "({:?}, {:?}), ", flag_name(field), field.name);
    }
    format!("Kind::Items(&[{keys}])")
}

impl Leaf<'_> {
    fn code(&self) -> String {
        let path: Vec<String> = self.path.iter().map(|name| format!("{name:?}")).collect();
        let default = self.field.default.as_ref().map(default);
        let default = default.filter(|_| !self.kind.starts_with("Kind::Bool"));
        let default = default.map_or_else(|| "None".to_owned(), |text| format!("Some({text:?})"));
        format!(
            "Argument {{ flag: {:?}, value: {:?}, path: &[{}], kind: {}, positional: {}, \
             default: {default}, doc: {:?} }},\n",
            self.flag,
            self.value,
            path.join(", "),
            self.kind,
            self.positional,
            self.field.doc,
        )
    }
}

fn default(literal: &Literal) -> String {
    match literal {
        Literal::Bool(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::Text(value) => value.clone(),
    }
}
