//! An example of each operation, written twice: in its documentation, and as a test against the
//! emulator.

use std::collections::BTreeSet;

use super::{
    contract::{Contract, Field, Operation, Presence, Type},
    names,
    rust::{self, output_type},
    struct_fields::variant,
};

/// A request as a user writes it, and what it needs.
struct Example {
    /// `StartArchive::new(session_id)`, and each setter.
    calls: Vec<String>,
    /// Enums and models that it names.
    models: BTreeSet<String>,
    /// Identifiers and the token, which stand in variables.
    variables: BTreeSet<String>,
}

impl Example {
    fn of(contract: &Contract, operation: &Operation) -> Self {
        let mut example = Self {
            calls: Vec::new(),
            models: BTreeSet::new(),
            variables: BTreeSet::new(),
        };
        example.calls = example.calls(contract, &operation.rust, &operation.fields);
        example
    }

    /// The constructor with what is required, and a setter for each field that has a sample.
    fn calls(&mut self, contract: &Contract, name: &str, fields: &[Field]) -> Vec<String> {
        let is_required = |field: &&Field| field.presence == Presence::Required;
        let required: Vec<String> = fields
            .iter()
            .filter(is_required)
            .map(|field| self.value(contract, field))
            .collect();
        let mut calls = vec![format!("{name}::new({})", required.join(", "))];
        for field in fields {
            if field.sample.is_some() && !is_required(&field) {
                calls.push(format!("{}({})", field.rust, self.value(contract, field)));
            }
        }
        calls
    }

    fn value(&mut self, contract: &Contract, field: &Field) -> String {
        let item = self.item(contract, field);
        if matches!(field.kind, Type::List(_)) {
            format!("[{item}]")
        } else {
            item
        }
    }

    fn item(&mut self, contract: &Contract, field: &Field) -> String {
        let sample = field.sample.as_ref().map(ToString::to_string);
        match (field.kind.item(), sample) {
            (Type::Id(name), _) => self.variable(names::snake(name)),
            (Type::Enum(name), Some(sample)) => {
                self.models.insert(name.clone());
                variant(contract, name, &sample)
            }
            (Type::Model(name), _) => {
                self.models.insert(name.clone());
                let fields = contract.model(name).map(|model| model.fields.as_slice());
                self.calls(contract, name, fields.unwrap_or_default())
                    .join(".")
            }
            (Type::String, Some(sample)) => format!("{sample:?}"),
            (_, Some(sample)) => sample,
            (_, None) => self.variable(field.rust.clone()),
        }
    }

    fn variable(&mut self, name: String) -> String {
        self.variables.insert(name.clone());
        name
    }
}

/// The lines of the example in the operation's documentation. Its client is the facade's, which the
/// core crate does not know: what can be compiled here is the request.
pub fn documentation(contract: &Contract, operation: &Operation) -> Vec<String> {
    let example = Example::of(contract, operation);
    let mut lines: Vec<String> = ["", "# Example", "", "```"].map(str::to_owned).into();
    lines.push("# use vonage_video_core as vonage_video;".to_owned());
    for name in &example.variables {
        lines.push(format!("# let {name} = {:?};", text_of(name)));
    }
    let request = format!("operations::{}", operation.rust);
    let models: Vec<&str> = example.models.iter().map(String::as_str).collect();
    lines.push(match models.as_slice() {
        [] => format!("use vonage_video::{request};"),
        [one] => format!("use vonage_video::{{models::{one}, {request}}};"),
        many => format!(
            "use vonage_video::{{models::{{{}}}, {request}}};",
            many.join(", ")
        ),
    });
    lines.push(String::new());
    let (first, setters) = example
        .calls
        .split_first()
        .map_or(("", &[][..]), |(first, setters)| (first.as_str(), setters));
    let end = if setters.is_empty() { ";" } else { "" };
    lines.push(format!("let request = {first}{end}"));
    for (index, setter) in setters.iter().enumerate() {
        let end = if index + 1 == setters.len() { ";" } else { "" };
        lines.push(format!("    .{setter}{end}"));
    }
    lines.push(format!(
        "// `video.send(request).await?` returns `{}`.",
        output_type(&operation.output)
    ));
    lines.extend(
        [
            "# request.validate()?;",
            "# Ok::<(), vonage_video::Invalid>(())",
            "```",
        ]
        .map(str::to_owned),
    );
    lines
}

/// What a variable holds in the documentation.
fn text_of(variable: &str) -> &'static str {
    match variable {
        "session_id" => "1_MX4xMjM0NTZ-fn4",
        "project_id" => "123456",
        "token" => "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
        _ => "b40ef09b-3811-4726-b508-e41a0f96c68f",
    }
}

/// The file of tests that run every example against the emulator.
pub fn tests(contract: &Contract) -> String {
    let mut models: BTreeSet<String> = BTreeSet::new();
    let mut operations: Vec<&str> = Vec::new();
    let mut tests = String::new();
    for operation in contract.operations() {
        let example = Example::of(contract, operation);
        operations.push(&operation.rust);
        models.extend(example.models.iter().cloned());
        models.extend(operation.output.model().map(str::to_owned));
        let variables: String = example
            .variables
            .iter()
            .map(|name| format!("    let {name} = stage.{name}();\n"))
            .collect();
        let binding = match output_type(&operation.output).as_str() {
            "()" => String::new(),
            output => format!("let _: {output} = "),
        };
        tests.push_str(&format!(
            "
#[tokio::test]
async fn {}() {{
    let stage = Stage::of({:?}).await;
{variables}    let request = {};
    {binding}stage.send(request).await;
}}
",
            operation.id,
            operation.id,
            example.calls.join(".")
        ));
    }
    operations.sort_unstable();
    let models: Vec<String> = models.into_iter().collect();
    format!(
        "{}//! The example of every operation, as in its documentation, against the emulator.

use vonage_video::{{Page, models::{{{}}}, operations::{{{}}}}};

use crate::stage::Stage;
{tests}",
        rust::header("api/*.toml"),
        models.join(", "),
        operations.join(", "),
    )
}
