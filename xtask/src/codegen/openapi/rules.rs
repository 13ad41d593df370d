//! Rules between the fields of an object, as JSON Schema has them.

use crate::codegen::{
    contract::{Condition, Field, Literal, Rules, Type},
    json::Json,
};

/// Adds the rules of an object to its schema.
pub fn put(schema: &mut Json, fields: &[&Field], object: &Rules) {
    let mut rules = Vec::new();
    for field in fields {
        if let Some(condition) = &field.only_if {
            rules.push(when_present(field, holds(fields, condition)));
        }
        if let Some(condition) = &field.forbidden_if {
            rules.push(when_present(field, not(holds(fields, condition))));
        }
        if let Some(condition) = &field.required_if {
            let then = required(&[&field.name]);
            rules.push(Json::object([
                ("if", holds(fields, condition)),
                ("then", then),
            ]));
        }
        if let Some(other) = &field.excludes {
            let other = fields.iter().find(|candidate| candidate.name == *other);
            rules.extend(other.map(|other| not(both(field, other))));
        }
    }
    if !object.any.is_empty() {
        let named = object
            .any
            .iter()
            .filter_map(|name| fields.iter().find(|field| field.name == *name));
        rules.push(Json::object([(
            "anyOf",
            named.map(|field| on(field)).collect::<Vec<_>>().into(),
        )]));
    }
    for conditions in &object.never {
        let all: Vec<Json> = conditions
            .iter()
            .map(|condition| holds(fields, condition))
            .collect();
        rules.push(not(Json::object([("allOf", all.into())])));
    }
    if !rules.is_empty() {
        schema.put("allOf", rules);
    }
}

fn required(names: &[&str]) -> Json {
    Json::object([("required", Json::texts(names.iter().copied()))])
}

fn not(schema: Json) -> Json {
    Json::object([("not", schema)])
}

fn when_present(field: &Field, then: Json) -> Json {
    Json::object([("if", required(&[&field.name])), ("then", then)])
}

/// A field that has a value.
fn is(field: &Field, value: impl Into<Json>) -> Json {
    Json::object([(
        "properties",
        Json::object([(field.name.as_str(), Json::object([("const", value.into())]))]),
    )])
}

/// A condition on a sibling. A property that is absent has every value, which is right for
/// defaults.
fn holds(fields: &[&Field], condition: &Condition) -> Json {
    let Some(sibling) = fields.iter().find(|field| field.name == condition.sibling) else {
        return Json::object([]);
    };
    let is_default = sibling
        .default
        .as_ref()
        .is_some_and(|default| default.to_string() == condition.value);
    let schema = match sibling.kind {
        Type::Bool => is(sibling, condition.value == "true"),
        _ => is(sibling, condition.value.as_str()),
    };
    if is_default {
        schema
    } else {
        schema.with("required", Json::texts([sibling.name.as_str()]))
    }
}

/// Two fields set together; of booleans, both true.
fn both(field: &Field, other: &Field) -> Json {
    let names = [field.name.as_str(), other.name.as_str()];
    let flag = |field: &Field| (field.name.clone(), Json::object([("const", true.into())]));
    let mut schema = Json::object([]);
    let flags: Vec<_> = [field, other]
        .into_iter()
        .filter(|field| field.kind == Type::Bool)
        .map(flag)
        .collect();
    if !flags.is_empty() {
        schema.put("properties", Json::Object(flags));
    }
    schema.with("required", Json::texts(names))
}

/// A field of `any` that counts as there.
fn on(field: &Field) -> Json {
    match (&field.kind, &field.default) {
        (Type::Bool, Some(Literal::Bool(true))) => is(field, true),
        (Type::Bool, _) => is(field, true).with("required", Json::texts([field.name.as_str()])),
        _ => required(&[&field.name]),
    }
}
