//! Types as JSON schemas.

use crate::codegen::{
    contract::{Constant, Contract, Enum, Field, Format, Literal, Presence, Type},
    json::Json,
    text,
};

/// Whether something is sent or received: what is sent has limits, what is received may hold values
/// that are not listed, and nulls.
#[derive(Clone, Copy, PartialEq)]
pub enum Way {
    Sent,
    Received,
}

pub fn reference(name: &str) -> Json {
    Json::object([("$ref", format!("#/components/schemas/{name}").into())])
}

/// The properties of an object, and which of them must be there.
pub fn object(
    contract: &Contract,
    schema: &mut Json,
    constants: &[Constant],
    fields: &[&Field],
    way: Way,
) {
    let mut properties = Json::object([]);
    let mut required: Vec<&str> = Vec::new();
    for constant in constants {
        let description = text::plain(&constant.doc);
        properties.put(
            &constant.name,
            Json::object([
                ("const", constant.value.into()),
                ("description", description.into()),
            ]),
        );
        required.push(&constant.name);
    }
    for field in fields {
        properties.put(&field.name, property(contract, field, way));
        if field.presence == Presence::Required {
            required.push(&field.name);
        }
    }
    schema.put("properties", properties);
    if !required.is_empty() {
        schema.put("required", Json::texts(required));
    }
}

/// A field with its description.
fn property(contract: &Contract, field: &Field, way: Way) -> Json {
    value(contract, field, way).with("description", text::described(field))
}

/// What a field may hold.
pub fn value(contract: &Contract, field: &Field, way: Way) -> Json {
    let mut schema = of_type(contract, &field.kind, way);
    limits(&mut schema, field);
    if let Some(default) = &field.default {
        schema.put("default", literal(default));
    }
    if way == Way::Received && field.presence != Presence::Required {
        nullable(schema)
    } else {
        schema
    }
}

fn of_type(contract: &Contract, kind: &Type, way: Way) -> Json {
    let named = |name: &str| Json::object([("type", name.into())]);
    let whole = || named("integer").with("minimum", 0);
    match kind {
        Type::String => named("string"),
        Type::Bool => named("boolean"),
        Type::U32 => named("integer"),
        Type::U64 => whole().with("format", "int64"),
        Type::F64 => named("number"),
        Type::Timestamp => whole().with("format", "int64"),
        Type::Json => Json::object([]),
        Type::Id(name) => identifier(name, way),
        Type::Model(name) => reference(name),
        Type::Enum(name) => match contract.enumeration(name) {
            Some(known) if way == Way::Sent => closed(known),
            _ => reference(name),
        },
        Type::List(item) => named("array").with("items", of_type(contract, item, way)),
        Type::Map => named("object").with("additionalProperties", named("string")),
    }
}

/// Identifiers are made by the service; what is sent must fit into a segment of a path.
pub fn identifier(name: &str, way: Way) -> Json {
    match (name, way) {
        ("ProjectId", Way::Received) => {
            Json::object([("type", Json::texts(["string", "integer"]))])
        }
        (_, Way::Received) => Json::object([("type", "string".into())]),
        (_, Way::Sent) => Json::object([
            ("type", "string".into()),
            ("minLength", 1.into()),
            ("maxLength", 255.into()),
            ("pattern", "^[A-Za-z0-9_~=+-]+$".into()),
        ]),
    }
}

/// An enum where it is sent: the values listed. `x-open` says that others may work.
fn closed(it: &Enum) -> Json {
    Json::object([
        ("type", scalar(it).into()),
        ("enum", values(it)),
        ("x-open", true.into()),
    ])
}

/// An enum in a response: any value.
pub fn enumeration(it: &Enum) -> Json {
    let listed: Vec<String> = it
        .values
        .iter()
        .map(|value| format!("- `{}`: {}", value.wire, text::plain(&value.doc)))
        .collect();
    let description = format!("{}\n\n{}", text::plain(&it.doc), listed.join("\n"));
    Json::object([
        ("type", scalar(it).into()),
        ("description", description.into()),
        ("examples", values(it)),
    ])
}

fn scalar(it: &Enum) -> &'static str {
    if it.numeric { "integer" } else { "string" }
}

fn values(it: &Enum) -> Json {
    let value = |wire: &String| match wire.parse::<u64>() {
        Ok(number) if it.numeric => Json::from(number),
        _ => Json::from(wire.as_str()),
    };
    it.values
        .iter()
        .map(|known| value(&known.wire))
        .collect::<Vec<_>>()
        .into()
}

fn literal(value: &Literal) -> Json {
    match value {
        Literal::Bool(flag) => (*flag).into(),
        Literal::Number(number) => (*number).into(),
        Literal::Float(number) => Json::Float(*number),
        Literal::Text(text) => text.as_str().into(),
    }
}

fn limits(schema: &mut Json, field: &Field) {
    let limits = &field.limits;
    let (least, most) = match &field.kind {
        Type::U32 => ("minimum", "maximum"),
        Type::U64 => ("minimum", "maximum"),
        Type::List(_) => ("minItems", "maxItems"),
        // A size in bytes of keys and values together has no keyword.
        Type::Map => ("", ""),
        _ => ("minLength", "maxLength"),
    };
    let (min, max) = match &field.kind {
        Type::U32 => (
            limits.min.or(Some(0)),
            limits.max.or(Some(u64::from(u32::MAX))),
        ),
        Type::U64 => (limits.min.filter(|min| *min > 0), limits.max),
        _ => (limits.min, limits.max),
    };
    if !least.is_empty() {
        // Bytes are no fewer than characters, so an upper bound holds for both; a lower one does
        // not.
        min.filter(|_| !limits.bytes)
            .into_iter()
            .for_each(|min| schema.put(least, min));
        max.into_iter().for_each(|max| schema.put(most, max));
    }
    let starts = (!limits.starts.is_empty()).then(|| format!("^({})", limits.starts.join("|")));
    let chars = limits
        .chars
        .as_ref()
        .map(|chars| format!("^[{}]*$", chars.replace('\\', "\\\\").replace(']', "\\]")));
    match (chars, starts) {
        (Some(chars), Some(starts)) => {
            schema.put(
                "allOf",
                [chars, starts]
                    .map(|pattern| Json::object([("pattern", pattern.into())]))
                    .to_vec(),
            );
        }
        (chars, starts) => chars
            .or(starts)
            .into_iter()
            .for_each(|pattern| schema.put("pattern", pattern)),
    }
    limits.format.into_iter().for_each(|format| {
        schema.put(
            "format",
            if format == Format::Ipv4 {
                "ipv4"
            } else {
                "uri"
            },
        );
    });
}

/// What a response may leave empty.
fn nullable(schema: Json) -> Json {
    let Json::Object(mut members) = schema else {
        return schema;
    };
    // Any JSON is null already.
    if members.is_empty() {
        return Json::Object(members);
    }
    match members.iter_mut().find(|(name, _)| name == "type") {
        Some((_, Json::List(types))) => types.push("null".into()),
        Some((_, one)) => *one = vec![one.clone(), "null".into()].into(),
        None => {
            let null = Json::object([("type", "null".into())]);
            return Json::object([("anyOf", vec![Json::Object(members), null].into())]);
        }
    }
    Json::Object(members)
}

/// Every shape of a failure's body.
pub fn failure() -> Json {
    let property = |kind: &str, description: &str| {
        Json::object([("type", kind.into()), ("description", description.into())])
    };
    Json::object([
        ("type", "object".into()),
        (
            "description",
            "Why a call failed. The platform responds with `code`, `message` and `description`, some calls with `message` alone, \
             the gateway of Vonage with `type`, `title`, `detail` and `instance` (RFC 7807)."
                .into(),
        ),
        (
            "properties",
            Json::object([
                ("code", property("integer", "A code of the application, such as 15002, or the HTTP status.")),
                ("message", property("string", "What went wrong.")),
                ("description", property("string", "The same in other words.")),
                ("type", property("string", "A URL that explains the failure.")),
                ("title", property("string", "What went wrong, in short.")),
                ("detail", property("string", "What went wrong, at length.")),
                ("instance", property("string", "The request's id.")),
            ]),
        ),
    ])
}
