//! `operations/`: one request type an operation.

use super::{
    contract::{
        Contract, DocumentedError, Environment, Field, Operation, Place, Presence, Shape, Type,
    },
    examples,
    rust::output_type,
    struct_fields, text, validate,
};

/// One operation: the type, its functions and what it implements.
pub fn operation(contract: &Contract, resource: &str, operation: &Operation) -> String {
    let name = &operation.rust;
    let mut out = String::new();
    let doc = text::in_rust(&documentation(operation), &operation.fields);
    text::doc(&mut out, 0, &doc);
    for line in examples::documentation(contract, operation) {
        out.push_str(format!("/// {line}").trim_end());
        out.push('\n');
    }
    let counterparts = operation.sdk.names();
    let search = operation.search.iter().map(String::as_str);
    text::aliases(&mut out, name, counterparts.chain(search));
    out.push_str(&struct_fields::declaration(
        contract,
        name,
        &operation.fields,
        Some("a request does nothing until it is sent"),
    ));
    out.push_str(&format!("\nimpl {name} {{\n"));
    out.push_str(&constructor_and_setters(contract, operation));
    out.push_str(&validate::method(
        contract,
        &operation.fields,
        &operation.rules,
    ));
    out.push_str("}\n");
    out.push_str(&struct_fields::default(name, &operation.fields));
    out.push_str(&description(contract, resource, operation));
    out.push_str(&paged(contract, operation).unwrap_or_default());
    out.push_str(&struct_fields::debug(name));
    out
}

fn constructor_and_setters(contract: &Contract, operation: &Operation) -> String {
    let optional = operation
        .fields
        .iter()
        .any(|field| field.presence != Presence::Required);
    let doc = if optional {
        "Creates a request; optional fields are unset."
    } else if operation.fields.is_empty() {
        "Creates a request, which has no fields."
    } else {
        "Creates a request from its required fields."
    };
    let constructor = struct_fields::constructor(contract, &operation.fields, true, doc);
    let setters = struct_fields::setters(&operation.fields);
    format!("{constructor}{setters}")
}

fn documentation(operation: &Operation) -> String {
    let mut doc = format!(
        "{}\n\n`{} {}`\n\n{}\n",
        operation.doc,
        operation.method,
        operation.path,
        replay(operation),
    );
    if let Some(only) = operation.only {
        let account = if operation.account {
            ", with account-level credentials"
        } else {
            ""
        };
        doc.push_str(&format!("\nOnly on {}{account}.", environment(only)));
        if !operation.instead.is_empty() {
            doc.push_str(&format!(" {}", operation.instead));
        }
        doc.push('\n');
    }
    doc.push_str(&text::rules(&operation.rules));
    if !operation.errors.is_empty() {
        doc.push_str("\n# Errors\n\n");
        operation.errors.iter().for_each(|error| {
            doc.push_str(&format!(
                "- {}: {}{}\n",
                error.status,
                error.doc,
                reasons(error)
            ))
        });
    }
    doc
}

fn replay(operation: &Operation) -> &'static str {
    if operation.replayed() {
        "Idempotent: retried even if the first attempt may have reached the server."
    } else {
        "Not idempotent: retried only if the server certainly did not act on it."
    }
}

pub fn environment(environment: Environment) -> &'static str {
    match environment {
        Environment::Vonage => "Vonage",
        Environment::OpenTok => "OpenTok",
    }
}

fn description(contract: &Contract, resource: &str, operation: &Operation) -> String {
    let one_of_array = match &operation.output.shape {
        Shape::One(name) => format!(
            "
    fn decode_output(body: &[u8]) -> Result<{name}, DecodeError> {{
        one_of_array::decode(body)
    }}

    fn encode_output(output: &{name}) -> Result<Vec<u8>, serde_json::Error> {{
        one_of_array::encode(output)
    }}
"
        ),
        _ => String::new(),
    };
    format!(
        "
impl Operation for {} {{
    type Output = {};

    const META: &'static Meta = {};

    fn validate(&self) -> Result<(), Invalid> {{
        Self::validate(self)
    }}
{one_of_array}}}
",
        operation.rust,
        output_type(&operation.output),
        meta(contract, resource, operation)
    )
}

fn meta(contract: &Contract, resource: &str, operation: &Operation) -> String {
    let mut out = format!(
        "&Meta::new({:?}, {resource:?}, Method::{}, {:?})\n        .doc({:?})",
        operation.id,
        operation.method,
        operation.path,
        text::plain(&operation.doc)
    );
    if operation.status != 200 {
        out.push_str(&format!("\n        .status({})", operation.status));
    }
    if let Some(empty) = &operation.empty_on {
        out.push_str(&format!(
            "\n        .empty_on(EmptyOn::new({}, {}, &{:?}))",
            empty.status, empty.code, empty.messages
        ));
    }
    if operation.safe {
        out.push_str("\n        .replay(Replay::Safe)");
    }
    if let Some(only) = operation.only {
        out.push_str(&format!(
            "\n        .environments({}, {}, {:?})",
            only == Environment::Vonage,
            only == Environment::OpenTok,
            text::plain(&operation.instead)
        ));
    }
    if operation.account {
        out.push_str("\n        .account()");
    }
    if !operation.constants.is_empty() {
        let constants: Vec<String> = operation
            .constants
            .iter()
            .map(|constant| format!("({:?}, {})", constant.name, constant.value))
            .collect();
        out.push_str(&format!(
            "\n        .constants(&[{}])",
            constants.join(", ")
        ));
    }
    if !operation.fields.is_empty() {
        let fields: String = operation
            .fields
            .iter()
            .flat_map(|field| members(contract, field))
            .map(|field| format!("            {field},\n"))
            .collect();
        out.push_str(&format!("\n        .fields(&[\n{fields}        ])"));
    }
    if !operation.errors.is_empty() {
        let errors: String = operation
            .errors
            .iter()
            .map(|error| format!("            {},\n", documented(error)))
            .collect();
        out.push_str(&format!("\n        .errors(&[\n{errors}        ])"));
    }
    out
}

/// A documented error as `Meta` lists it.
fn documented(error: &DocumentedError) -> String {
    let mut out = format!("DocumentedError::new({}, {:?})", error.status, error.doc);
    if let Some(reason) = &error.reason {
        out.push_str(&format!(".reason(Reason::{reason})"));
    }
    if !error.possible.is_empty() {
        let reasons: Vec<String> = error
            .possible
            .iter()
            .map(|reason| format!("Reason::{reason}"))
            .collect();
        out.push_str(&format!(".possible(&[{}])", reasons.join(", ")));
    }
    out
}

/// Links to the reasons that an error may have.
fn reasons(error: &DocumentedError) -> String {
    let link = |reason: &String| format!("[`{reason}`](crate::Reason::{reason})");
    let possible: Vec<String> = error.possible.iter().map(link).collect();
    match (&error.reason, possible.as_slice()) {
        (Some(reason), _) => format!(" Reason: {}.", link(reason)),
        (None, []) => String::new(),
        (None, [one]) => format!(" Possible reason: {one}."),
        (None, many) => format!(" Possible reasons: {}.", many.join(", ")),
    }
}

/// A field as `Meta` lists it; a flattened model as the members that it adds to the body.
fn members(contract: &Contract, field: &Field) -> Vec<String> {
    let place = match field.place {
        Place::Path => "Path",
        Place::Query => "Query",
        Place::Form => "Form",
        Place::Json | Place::Model => "Json",
    };
    let one = |field: &Field| {
        let function = if field.presence == Presence::Required {
            "required"
        } else {
            "optional"
        };
        format!("Field::{function}({:?}, Place::{place})", field.name)
    };
    match &field.kind {
        Type::Model(name) if field.flatten => contract
            .model(name)
            .map(|model| model.fields.iter().map(one).collect())
            .unwrap_or_default(),
        _ => vec![one(field)],
    }
}

/// Lists that are read window by window.
fn paged(contract: &Contract, operation: &Operation) -> Option<String> {
    let Shape::Page(item) = &operation.output.shape else {
        return None;
    };
    let is_number = |name: &str| {
        operation
            .fields
            .iter()
            .any(|field| field.name == name && field.kind == Type::U32 && field.is_optional())
    };
    if operation.output.optional || !is_number("offset") || !is_number("count") {
        return None;
    }
    let model = contract.model(item)?;
    let key = model
        .fields
        .iter()
        .find(|field| field.presence == Presence::Required && matches!(field.kind, Type::Id(_)))?;
    Some(format!(
        "
impl Paged for {} {{
    type Item = {item};

    fn window(self, offset: u32, count: u32) -> Self {{
        self.offset(offset).count(count)
    }}

    fn key(item: &{item}) -> &str {{
        item.{}.as_str()
    }}

    fn bounds(&self) -> (Option<u32>, Option<u32>) {{
        (self.offset, self.count)
    }}
}}
",
        operation.rust, key.rust
    ))
}
