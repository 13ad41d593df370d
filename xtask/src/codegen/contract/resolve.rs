//! From files as written to the contract as understood.

use super::{
    Contract, Environment, Event, Id, Model, Operation, Output, Resource, Shape,
    problem::{Problem, Report, no_such},
    raw, read_condition, read_enum,
    read_field::{self, Owner, Types},
    reasons,
};
use crate::codegen::names;

pub fn resolve(files: Vec<(String, raw::File)>, problems: &mut Vec<Problem>) -> Contract {
    let models = names_of(&files, |file| file.model.names());
    let enums = names_of(&files, |file| file.enums.names());
    let ids = names_of(&files, |file| file.id.names());
    let types = Types {
        ids: &ids,
        models: &models,
        enums: &enums,
    };
    let mut contract = Contract {
        resources: files
            .into_iter()
            .map(|(name, file)| {
                resource(
                    &name,
                    file,
                    &types,
                    &mut Report {
                        file: &name,
                        problems,
                    },
                )
            })
            .collect(),
    };
    mark_defaults(&mut contract);
    contract
}

/// The names of one kind of type, in all files together.
fn names_of(
    files: &[(String, raw::File)],
    names: impl Fn(&raw::File) -> Vec<String>,
) -> Vec<String> {
    files.iter().flat_map(|(_, file)| names(file)).collect()
}

fn resource(file: &str, raw: raw::File, types: &Types<'_>, report: &mut Report<'_>) -> Resource {
    let name = raw.resource.name;
    if file != format!("api/{name}.toml") {
        report.add(
            "resource.name",
            format!("is `{name}`, but the file is called {file}"),
        );
    }
    if !names::is_field(&name) {
        report.add(
            "resource.name",
            format!("`{name}` cannot be a module's name in Rust"),
        );
    }
    Resource {
        file: file.to_owned(),
        name,
        doc: raw.resource.doc,
        command: raw.resource.command,
        operations: raw
            .op
            .0
            .into_iter()
            .filter_map(|(id, op)| operation(id, op, types, report))
            .collect(),
        models: raw
            .model
            .0
            .into_iter()
            .map(|(name, raw)| model(name, raw, types, report))
            .collect(),
        enums: raw
            .enums
            .0
            .into_iter()
            .map(|(name, raw)| read_enum::enumeration(name, raw, report))
            .collect(),
        ids: raw
            .id
            .0
            .into_iter()
            .map(|(name, raw)| id(name, raw, report))
            .collect(),
        reasons: raw
            .reason
            .0
            .into_iter()
            .map(|(name, raw)| reasons::reason(name, raw, report))
            .collect(),
        events: raw
            .event
            .0
            .into_iter()
            .map(|(name, raw)| event(name, raw, types, report))
            .collect(),
    }
}

fn operation(
    id: String,
    raw: raw::Operation,
    types: &Types<'_>,
    report: &mut Report<'_>,
) -> Option<Operation> {
    let key = format!("op.{id}");
    if !names::is_field(&id) {
        report.add(
            &key,
            "an operation's name is made of small letters, digits and `_`",
        );
    }
    let Some((method, path)) = raw.http.split_once(' ').filter(|(method, path)| {
        matches!(*method, "GET" | "POST" | "PUT" | "PATCH" | "DELETE")
            && path.starts_with('/')
            && !path.contains(' ')
    }) else {
        report.add(
            &format!("{key}.http"),
            format!(
                "`{}` is no method and path, such as `GET /v2/project`",
                raw.http
            ),
        );
        return None;
    };
    let form = match raw.body.as_deref() {
        None => false,
        Some("form") => true,
        Some(body) => {
            report.add(
                &format!("{key}.body"),
                format!("unknown body `{body}`; there is `form`"),
            );
            false
        }
    };
    let mutating = matches!(method, "POST" | "PATCH");
    let safe = match raw.replay.as_deref() {
        None => false,
        Some("safe") => {
            if !mutating {
                report.add(
                    &format!("{key}.replay"),
                    format!("{method} is safe as it is; leave it out"),
                );
            }
            true
        }
        Some(replay) => {
            report.add(
                &format!("{key}.replay"),
                format!("unknown replay `{replay}`; there is `safe`"),
            );
            false
        }
    };
    let only = match raw.env.as_deref() {
        None => None,
        Some("vonage") => Some(Environment::Vonage),
        Some("opentok") => Some(Environment::OpenTok),
        Some(env) => {
            report.add(
                &format!("{key}.env"),
                format!("unknown environment `{env}`; there are `vonage`, `opentok`"),
            );
            None
        }
    };
    let status = raw.status.unwrap_or(200);
    if !(200..300).contains(&status) {
        report.add(
            &format!("{key}.status"),
            format!("{status} is no status of success"),
        );
    }
    let owner = Owner::Operation { method, path, form };
    let mut fields = Vec::new();
    let mut constants = Vec::new();
    for (name, raw) in &raw.input.0 {
        let key = format!("{key}.input.{name}");
        if raw.constant.is_some() {
            constants.extend(read_field::constant(name, raw, &key, report));
        } else {
            fields.extend(read_field::field(name, raw, owner, types, &key, report));
        }
    }
    Some(Operation {
        rust: names::pascal(&id),
        method: method.to_owned(),
        path: path.to_owned(),
        doc: raw.doc,
        output: output(
            raw.output.as_deref(),
            types,
            &format!("{key}.output"),
            report,
        ),
        status,
        empty_on: reasons::empty_on(raw.empty_on, &key, report),
        safe,
        only,
        instead: raw.instead.unwrap_or_default(),
        account: raw.account,
        rules: read_condition::rules(raw.any, raw.never, &key, report),
        errors: reasons::errors(raw.errors, &key, report),
        search: raw.search,
        source: raw.source,
        sdk: raw.sdk,
        command: raw.command,
        example: raw.example,
        fields,
        constants,
        id,
    })
}

/// Reads an output such as `Page<Archive>`.
fn output(text: Option<&str>, types: &Types<'_>, key: &str, report: &mut Report<'_>) -> Output {
    let Some(text) = text else {
        return Output {
            shape: Shape::Nothing,
            optional: false,
        };
    };
    let (inner, optional) = text
        .strip_suffix('?')
        .map_or((text, false), |inner| (inner, true));
    let within = |open: &str, close: &str| {
        inner
            .strip_prefix(open)?
            .strip_suffix(close)
            .map(str::to_owned)
    };
    let shape = if let Some(item) = within("Page<", ">") {
        Shape::Page(item)
    } else if let Some(item) = within("[", "; 1]") {
        Shape::One(item)
    } else if let Some(item) = within("[", "]") {
        Shape::List(item)
    } else {
        Shape::Model(inner.to_owned())
    };
    if optional && matches!(shape, Shape::One(_)) {
        report.add(key, "an array of one cannot be absent");
    }
    let output = Output { shape, optional };
    if let Some(name) = output.model()
        && !types.models.iter().any(|model| model == name)
    {
        report.add(
            key,
            no_such("model", name, types.models.iter().map(String::as_str)),
        );
        return Output {
            shape: Shape::Nothing,
            optional: false,
        };
    }
    output
}

fn model(name: String, raw: raw::Model, types: &Types<'_>, report: &mut Report<'_>) -> Model {
    let key = format!("model.{name}");
    if !names::is_type(&name) {
        report.add(&key, "a model's name is made of words like `ArchiveStream`");
    }
    let owner = Owner::Model { input: raw.input };
    let mut fields = Vec::new();
    for (name, raw) in &raw.fields.0 {
        let key = format!("{key}.fields.{name}");
        if raw.constant.is_some() {
            report.add(&format!("{key}.const"), "is for the input of operations");
        }
        fields.extend(read_field::field(name, raw, owner, types, &key, report));
    }
    let rules = read_condition::rules(raw.any, raw.never, &key, report);
    Model {
        name,
        doc: raw.doc,
        input: raw.input,
        rules,
        source: raw.source,
        search: raw.search,
        fields,
    }
}

fn id(name: String, raw: raw::Id, report: &mut Report<'_>) -> Id {
    if !names::is_type(&name) || !name.ends_with("Id") {
        report.add(
            &format!("id.{name}"),
            "an identifier's name is made of words and ends in `Id`, like `ArchiveId`",
        );
    }
    Id { name, doc: raw.doc }
}

fn event(name: String, raw: raw::Event, types: &Types<'_>, report: &mut Report<'_>) -> Event {
    let rust = names::pascal(&name);
    if !names::is_type(&rust) {
        report.add(
            &format!("event.{name}"),
            format!("`{rust}` cannot be a variant's name in Rust"),
        );
    }
    if !types.models.contains(&raw.model) {
        let reason = no_such("model", &raw.model, types.models.iter().map(String::as_str));
        report.add(&format!("event.{name}.model"), reason);
    }
    Event {
        name,
        rust,
        doc: raw.doc,
        model: raw.model,
        has: raw.has,
        nameless: raw.nameless,
        source: raw.source,
    }
}

/// An enum needs a default when a response reads its absence as an empty value.
fn mark_defaults(contract: &mut Contract) {
    let read_as_empty: Vec<String> = contract
        .models()
        .flat_map(|model| &model.fields)
        .filter(|field| field.presence == super::Presence::Always)
        .filter_map(|field| {
            if let super::Type::Enum(name) = &field.kind {
                Some(name.clone())
            } else {
                None
            }
        })
        .collect();
    for resource in &mut contract.resources {
        for candidate in &mut resource.enums {
            candidate.default = read_as_empty.contains(&candidate.name);
        }
    }
}
