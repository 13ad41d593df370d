//! `models/`: JSON objects as structs.

use super::{
    contract::{Contract, Model, Presence, Shape},
    struct_fields, text, validate,
};

/// One model.
pub fn model(contract: &Contract, model: &Model) -> String {
    let name = &model.name;
    let mut out = String::new();
    let mut doc = format!("{}\n", model.doc);
    doc.push_str(&text::rules(&model.rules));
    text::doc(&mut out, 0, &text::in_rust(&doc, &model.fields));
    text::aliases(&mut out, name, model.search.iter().map(String::as_str));
    out.push_str(&struct_fields::declaration(
        contract,
        name,
        &model.fields,
        None,
    ));
    out.push_str(&functions(contract, model));
    out.push_str(&struct_fields::default(name, &model.fields));
    if is_response(contract, name) {
        let read = if model.has_default() {
            "json_or_default"
        } else {
            "json"
        };
        out.push_str(&format!(
            "
impl Output for {name} {{
    fn decode(body: &[u8]) -> Result<Self, DecodeError> {{
        output::{read}(body)
    }}

    fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {{
        output::to_json(self)
    }}
}}
"
        ));
    }
    out.push_str(&struct_fields::debug(name));
    out
}

fn functions(contract: &Contract, model: &Model) -> String {
    let required = model
        .fields
        .iter()
        .any(|field| field.presence == Presence::Required);
    if !required && !model.input {
        return String::new();
    }
    let doc = match (model.input, required) {
        (true, _)
            if model
                .fields
                .iter()
                .all(|field| field.presence == Presence::Required) =>
        {
            "Creates a value from its required fields."
        }
        (true, true) => "Creates a value; optional fields are unset.",
        (true, false) => "Creates a value with no field set.",
        (false, _) => {
            "Creates a value with what is always present; the other fields are empty. For tests and for servers."
        }
    };
    let mut out = format!("\nimpl {} {{\n", model.name);
    out.push_str(&struct_fields::constructor(
        contract,
        &model.fields,
        false,
        doc,
    ));
    if model.input {
        out.push_str(&must_use(&struct_fields::setters(&model.fields)));
        if validate::is_needed(contract, &model.fields, &model.rules) {
            out.push_str(&validate::method(contract, &model.fields, &model.rules));
        }
    }
    out.push_str("}\n");
    out
}

/// A request type says by itself that it must be used; a model's setters have to.
fn must_use(setters: &str) -> String {
    setters.replace("    pub fn ", "    #[must_use]\n    pub fn ")
}

/// Whether an operation returns the model itself.
fn is_response(contract: &Contract, name: &str) -> bool {
    contract.operations().any(|operation| {
        matches!(&operation.output.shape, Shape::Model(model) | Shape::One(model) if model == name)
    })
}
