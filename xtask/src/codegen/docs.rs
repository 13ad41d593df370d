//! The tables of operations, in `docs/operations.md` and in the README.

use super::{
    contract::{Contract, Environment, Operation, Resource},
    text,
};

const START: &str = "<!-- operations -->";
const END: &str = "<!-- /operations -->";

/// Around what the README has in the repository only.
const REPOSITORY: &str = "<!-- repository -->\n";
const END_REPOSITORY: &str = "<!-- /repository -->\n";

/// Where the README, which is part of a package, finds the types.
const TYPES: &str = "https://docs.rs/vonage-video/latest/vonage_video/operations";

/// `docs/operations.md`.
pub fn page(contract: &Contract, sources: &[String]) -> String {
    let mut out = format!(
        "<!-- @generated from crates/vonage-video-core/api/*.toml by `cargo xtask codegen`; edit those files instead. -->

# Operations

All {} operations of the API. Each is a type in `vonage_video::operations`, and `vonage-video call NAME` at a terminal.

- **In**: the environments that have it. What to use in the other one is below the table.
- **Response**: the documented status, and the type of the body. Any 2xx is a success.
- **Retried**: *yes* is idempotent, and retried even if the first attempt may have reached the server; *if unsent* is retried only if the server certainly did not act on it.
- **Errors**: the documented statuses; the documentation of each type has their causes.
",
        contract.operations().count()
    );
    for resource in with_operations(contract) {
        out.push_str(&format!(
            "\n## {}\n\n{}\n\n",
            title(resource),
            text::plain(&resource.doc)
        ));
        out.push_str(
            "| Operation | Request | In | Response | Retried | Errors |\n|---|---|---|---|---|---|\n",
        );
        resource.operations.iter().for_each(|operation| {
            let name = linked(resource, operation, sources);
            out.push_str(&row(operation, &name));
        });
        for operation in resource
            .operations
            .iter()
            .filter(|operation| !operation.instead.is_empty())
        {
            out.push_str(&format!(
                "
`{}`: {}
",
                operation.id, operation.instead
            ));
        }
    }
    out.push_str(
        "
## Counterparts in the official SDKs

Where an OpenTok SDK and a Vonage SDK differ, both names are given, OpenTok's first. A dash: the SDK has no such call.

| Operation | .NET | Node | Python | Java |
|---|---|---|---|---|
",
    );
    for operation in contract.operations() {
        let sdk = &operation.sdk;
        let name = |name: &Option<String>| match name {
            Some(names) => names
                .split(" / ")
                .map(|name| match name {
                    "-" => "–".to_owned(),
                    name => format!("`{name}`"),
                })
                .collect::<Vec<_>>()
                .join(" / "),
            None => "–".to_owned(),
        };
        let names = [
            name(&sdk.dotnet),
            name(&sdk.node),
            name(&sdk.python),
            name(&sdk.java),
        ];
        out.push_str(&format!("| `{}` | {} |\n", operation.id, names.join(" | ")));
    }
    out.push_str(&provenance(contract));
    out
}

/// Where the facts of the contract come from, and which side it takes where sources differ.
fn provenance(contract: &Contract) -> String {
    let mut out = "
## Sources

Where the facts come from, and which side is taken where sources differ.

| Item | Source |
|---|---|
"
    .to_owned();
    for resource in &contract.resources {
        let operations = resource.operations.iter().map(|it| (&it.id, &it.source));
        let models = resource.models.iter().map(|it| (&it.name, &it.source));
        let enums = resource.enums.iter().map(|it| (&it.name, &it.source));
        let events = resource.events.iter().map(|it| (&it.name, &it.source));
        for (name, source) in operations.chain(models).chain(enums).chain(events) {
            if let Some(source) = source {
                let source = text::plain(source).replace('|', "\\|");
                out.push_str(&format!("| `{name}` | {source} |\n"));
            }
        }
    }
    out
}

fn with_operations(contract: &Contract) -> impl Iterator<Item = &Resource> {
    contract
        .resources
        .iter()
        .filter(|resource| !resource.operations.is_empty())
}

/// `Archive storage`; short names are abbreviations.
fn title(resource: &Resource) -> String {
    let words = resource.name.replace('_', " ");
    if words.len() <= 3 {
        return words.to_uppercase();
    }
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + chars.as_str())
        .unwrap_or_default()
}

/// The operation's name, as a link to its type with all its documentation.
fn linked(resource: &Resource, operation: &Operation, sources: &[String]) -> String {
    let ends = [
        format!("/operations/{}.rs", resource.name),
        format!("/operations/{}/{}.rs", resource.name, operation.id),
    ];
    let path = sources
        .iter()
        .find(|path| ends.iter().any(|end| path.ends_with(end)));
    match path {
        Some(path) => format!("[`{}`](../{path})", operation.id),
        None => format!("`{}`", operation.id),
    }
}

fn row(operation: &Operation, name: &str) -> String {
    let responses = match super::rust::output_type(&operation.output).as_str() {
        "()" => operation.status.to_string(),
        body => format!("{} `{body}`", operation.status),
    };
    let again = if operation.replayed() {
        "yes"
    } else {
        "if unsent"
    };
    let failures: Vec<String> = operation
        .errors
        .iter()
        .map(|error| error.status.to_string())
        .collect();
    format!(
        "| {name} | `{} {}` | {} | {responses} | {again} | {} |\n",
        operation.method,
        operation.path,
        place(operation),
        failures.join(", ")
    )
}

fn place(operation: &Operation) -> String {
    let environment = match operation.only {
        Some(Environment::Vonage) => "Vonage",
        Some(Environment::OpenTok) => "OpenTok",
        None => "both",
    };
    if operation.account {
        format!("{environment}, with account-level credentials")
    } else {
        environment.to_owned()
    }
}

/// The README as a package carries it: registries and docs.rs have neither the pictures nor the
/// pages of the repository, so what is marked as the repository's is left out.
pub fn package_readme(front: &str) -> String {
    let mut parts = front.split(REPOSITORY);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(
            part.split_once(END_REPOSITORY)
                .map_or("", |(_, after)| after),
        );
    }
    text
}

/// The README with its table of operations; `None` when it has no place for one.
pub fn readme(contract: &Contract, text: &str) -> Option<String> {
    let (before, rest) = text.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    let mut table = format!(
        "\n{} operations; [the page of each]({TYPES}/index.html) has its path, errors and an example.\n\n",
        contract.operations().count()
    );
    table.push_str("| | Operations |\n|---|---|\n");
    for resource in with_operations(contract) {
        let ids: Vec<String> = resource
            .operations
            .iter()
            .map(|operation| {
                let Operation { id, rust, .. } = operation;
                format!("[`{id}`]({TYPES}/struct.{rust}.html)")
            })
            .collect();
        let only = match resource
            .operations
            .iter()
            .map(|operation| operation.only)
            .collect::<Vec<_>>()
            .as_slice()
        {
            all if all.iter().all(|only| *only == Some(Environment::OpenTok)) => " (OpenTok)",
            all if all.iter().all(|only| *only == Some(Environment::Vonage)) => " (Vonage)",
            _ => "",
        };
        table.push_str(&format!(
            "| {}{only} | {} |\n",
            title(resource),
            ids.join(", ")
        ));
    }
    Some(format!("{before}{START}{table}{END}{after}"))
}
