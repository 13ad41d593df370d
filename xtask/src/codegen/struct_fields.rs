//! Fields as Rust writes them: their declarations, the constructor and the setters.

use super::{
    contract::{Contract, Field, Literal, Presence, Type},
    names, rust, text,
};

/// The attributes and the head of a struct with its fields.
pub fn declaration(
    contract: &Contract,
    name: &str,
    fields: &[Field],
    must_use: Option<&str>,
) -> String {
    let default = match must_use {
        // A request without what it needs would be refused only when it is sent.
        Some(_) => fields
            .iter()
            .all(|field| !matches!(field.presence, Presence::Required | Presence::Defaulted)),
        None => has_default(contract, fields),
    };
    let derived = if default {
        "Clone, Default, PartialEq"
    } else {
        "Clone, PartialEq"
    };
    let mut out = format!("#[derive({derived}, Serialize, Deserialize)]\n");
    if fields
        .iter()
        .any(|field| field.rust != field.name && names::camel(&field.rust) == field.name)
    {
        out.push_str("#[serde(rename_all = \"camelCase\")]\n");
    }
    if let Some(reason) = must_use {
        out.push_str(&format!("#[must_use = {reason:?}]\n"));
    }
    let renamed = out.contains("rename_all");
    let is_response = contract
        .models()
        .any(|model| model.name == name && !model.input);
    out.push_str(&format!("#[non_exhaustive]\npub struct {name} {{\n"));
    for field in fields {
        text::doc(&mut out, 4, &text::in_rust(&text::field(field), fields));
        for attribute in attributes(contract, name, field, renamed, is_response) {
            out.push_str(&format!("    #[serde({attribute})]\n"));
        }
        let kind = rust::type_name(&field.kind);
        let kind = if field.is_optional() {
            format!("Option<{kind}>")
        } else {
            kind
        };
        out.push_str(&format!("    pub {}: {kind},\n", field.rust));
    }
    out.push_str("}\n");
    out
}

/// The serde attributes of a field: how it is read on one line, when it is written on another.
fn attributes(
    contract: &Contract,
    owner: &str,
    field: &Field,
    renamed: bool,
    is_response: bool,
) -> Vec<String> {
    if field.flatten {
        return vec!["flatten".to_owned()];
    }
    let mut reading = Vec::new();
    let mut writing = None;
    let derived = if renamed {
        names::camel(&field.rust)
    } else {
        field.rust.clone()
    };
    if derived != field.name {
        reading.push(format!("rename = {:?}", field.name));
    }
    // Numbers, booleans and text are read from whichever scalar spells them; identifiers,
    // timestamps and enums do that themselves. In a response, an odd scalar is as good as absent.
    let scalar = matches!(
        field.kind,
        Type::String | Type::Bool | Type::U32 | Type::U64 | Type::F64
    );
    let with = |function: &str| format!("deserialize_with = \"lenient::{function}\"");
    let odd = is_response && (scalar || matches!(field.kind, Type::Id(_) | Type::Timestamp));
    match field.presence {
        Presence::Required if scalar => reading.push(with("value")),
        Presence::Required if odd && field.kind != Type::Timestamp => reading.push(with("filled")),
        Presence::Required => {}
        Presence::Optional => {
            if odd || scalar || field.kind == Type::Timestamp {
                reading.push("default".to_owned());
                reading.push(with(if odd { "odd_as_none" } else { "option" }));
            } else if is_response && is_input(contract, &field.kind) {
                reading.push("default".to_owned());
                reading.push(with("odd_object_as_none"));
            }
            if !field.null {
                writing = Some("skip_serializing_if = \"Option::is_none\"".to_owned());
            }
        }
        Presence::Defaulted => {
            reading.push(format!(
                "default = \"{owner}::{}\"",
                default_function(field)
            ));
            reading.push(format!(
                "deserialize_with = \"{owner}::{}\"",
                reading_function(field)
            ));
        }
        Presence::Always | Presence::Plain => {
            reading.push("default".to_owned());
            let nullable = matches!(&field.kind, Type::Enum(name) if contract.enumeration(name).is_some_and(|it| !it.numeric));
            if scalar || matches!(field.kind, Type::Id(_) | Type::Timestamp) {
                reading.push(with("odd_as_default"));
            } else if !nullable && field.kind != Type::Json {
                reading.push(with(match &field.kind {
                    Type::List(item) if **item == Type::String => "texts",
                    Type::List(_) => "list",
                    _ => "or_empty",
                }));
            }
            if field.presence == Presence::Plain {
                let kind = if field.kind == Type::Map {
                    "BTreeMap"
                } else {
                    "Vec"
                };
                writing = Some(format!("skip_serializing_if = \"{kind}::is_empty\""));
            }
        }
    }
    let reading = (!reading.is_empty()).then(|| reading.join(", "));
    reading.into_iter().chain(writing).collect()
}

/// Whether a field holds an object that is sent too.
fn is_input(contract: &Contract, kind: &Type) -> bool {
    let Type::Model(name) = kind else {
        return false;
    };
    contract
        .models()
        .any(|model| model.name == *name && model.input)
}

/// The function that gives a field that is always sent its default.
fn default_function(field: &Field) -> String {
    format!("default_{}", field.rust)
}

/// The function that reads it, null as its default too.
fn reading_function(field: &Field) -> String {
    format!("read_{}", field.rust)
}

/// `new`, and what stands behind the defaults of fields that are always sent.
pub fn constructor(contract: &Contract, fields: &[Field], request: bool, doc: &str) -> String {
    let required: Vec<&Field> = fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
        .collect();
    let arguments: Vec<String> = required
        .iter()
        .map(|field| {
            format!(
                "{}: {}",
                field.rust,
                rust::argument(&field.kind, &field.rust).0
            )
        })
        .collect();
    let all_default = fields
        .iter()
        .all(|field| !matches!(field.presence, Presence::Required | Presence::Defaulted));
    let mut out = String::new();
    text::doc(&mut out, 4, doc);
    out.push_str(&format!(
        "    pub fn new({}) -> Self {{\n",
        arguments.join(", ")
    ));
    if all_default {
        out.push_str("        Self::default()\n");
    } else {
        out.push_str("        Self {\n");
        let derived = !request && has_default(contract, fields);
        let explicit = fields
            .iter()
            .filter(|field| !derived || field.presence == Presence::Required);
        for field in explicit {
            let value = match field.presence {
                Presence::Required => rust::argument(&field.kind, &field.rust).1,
                Presence::Optional => "None".to_owned(),
                Presence::Defaulted => format!("Self::{}()", default_function(field)),
                Presence::Always | Presence::Plain => empty(contract, &field.kind),
            };
            if value == field.rust {
                out.push_str(&format!("            {value},\n"));
            } else {
                out.push_str(&format!("            {}: {value},\n", field.rust));
            }
        }
        if derived
            && fields
                .iter()
                .any(|field| field.presence != Presence::Required)
        {
            out.push_str("            ..Self::default()\n");
        }
        out.push_str("        }\n");
    }
    out.push_str("    }\n");
    for field in fields
        .iter()
        .filter(|field| field.presence == Presence::Defaulted)
    {
        let (default, kind) = (default_function(field), rust::type_name(&field.kind));
        let value = field
            .default
            .as_ref()
            .map_or_else(String::new, |default| literal(contract, field, default));
        out.push_str(&format!(
            "\n    fn {default}() -> {kind} {{\n        {value}\n    }}\n"
        ));
        out.push_str(&format!(
            "\n    fn {}<'de, D: Deserializer<'de>>(deserializer: D) -> Result<{kind}, D::Error> {{\n        let read = Option::deserialize(deserializer)?;\n        Ok(read.unwrap_or_else(Self::{default}))\n    }}\n",
            reading_function(field)
        ));
    }
    out
}

/// Whether a model has an empty value: nothing that is always sent, and nothing required that
/// cannot be empty.
fn has_default(contract: &Contract, fields: &[Field]) -> bool {
    fields.iter().all(|field| match field.presence {
        Presence::Defaulted => false,
        Presence::Required => match &field.kind {
            Type::Model(name) => contract
                .model(name)
                .is_some_and(|model| has_default(contract, &model.fields)),
            Type::Enum(name) => contract.enumeration(name).is_some_and(|it| it.default),
            _ => true,
        },
        _ => true,
    })
}

/// `Default` where it cannot be derived: nothing is required, but something is always sent.
pub fn default(name: &str, fields: &[Field]) -> String {
    let is = |presence| fields.iter().any(|field| field.presence == presence);
    if is(Presence::Required) || !is(Presence::Defaulted) {
        return String::new();
    }
    format!(
        "\nimpl Default for {name} {{\n    fn default() -> Self {{\n        Self::new()\n    }}\n}}\n"
    )
}

/// The empty value of a field of a response.
fn empty(contract: &Contract, kind: &Type) -> String {
    match kind {
        Type::Bool => "false".to_owned(),
        Type::U32 | Type::U64 => "0".to_owned(),
        Type::F64 => "0.0".to_owned(),
        Type::String => "String::new()".to_owned(),
        Type::List(_) => "Vec::new()".to_owned(),
        Type::Map => "BTreeMap::new()".to_owned(),
        Type::Json => "Value::Null".to_owned(),
        Type::Enum(name) if contract.enumeration(name).is_none() => String::new(),
        Type::Enum(name) | Type::Id(name) | Type::Model(name) => format!("{name}::default()"),
        Type::Timestamp => "Timestamp::default()".to_owned(),
    }
}

/// A value of the contract as Rust writes it.
pub fn literal(contract: &Contract, field: &Field, value: &Literal) -> String {
    match (&field.kind, value) {
        (Type::Enum(name), value) => variant(contract, name, &value.to_string()),
        (_, Literal::Text(text)) => format!("{text:?}.to_owned()"),
        (_, Literal::Number(number)) => rust::number(*number),
        (_, value) => value.to_string(),
    }
}

/// `Resolution::Hd`.
pub fn variant(contract: &Contract, name: &str, wire: &str) -> String {
    let values = contract
        .enumeration(name)
        .map(|it| it.values.as_slice())
        .unwrap_or_default();
    let rust = values
        .iter()
        .find(|value| value.wire == wire)
        .map_or("Unknown", |value| &value.rust);
    format!("{name}::{rust}")
}

/// One setter for each field that is not an argument of `new`.
pub fn setters(fields: &[Field]) -> String {
    let mut out = String::new();
    for field in fields
        .iter()
        .filter(|field| field.presence != Presence::Required)
    {
        let name = &field.rust;
        let (argument, value) = rust::argument(&field.kind, name);
        let value = if field.is_optional() {
            format!("Some({value})")
        } else {
            value
        };
        out.push('\n');
        text::doc(&mut out, 4, &text::in_rust(&text::field(field), fields));
        out.push_str(&format!(
            "    pub fn {name}(mut self, {name}: {argument}) -> Self {{\n        self.{name} = {value};\n        self\n    }}\n"
        ));
    }
    out
}

/// `Debug` that shows what is harmless.
pub fn debug(name: &str) -> String {
    format!(
        "\nimpl fmt::Debug for {name} {{\n    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{\n        redact::debug({name:?}, self, f)\n    }}\n}}\n"
    )
}
