//! The paths: operations with their parameters, bodies and responses.

use super::{
    schemas::{self, Way, reference},
    server::server,
};
use crate::codegen::{
    contract::{Contract, Environment, Field, Operation, Output, Place, Presence, Resource, Shape},
    json::Json,
    text,
};

/// All paths; operations that share a method and path become one.
pub fn all(contract: &Contract) -> Json {
    let mut paths: Vec<&str> = Vec::new();
    for operation in contract.operations() {
        if !paths.contains(&operation.path.as_str()) {
            paths.push(&operation.path);
        }
    }
    let path_item = |path: &str| {
        let mut item = Json::object([]);
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let here =
                |operation: &&Operation| operation.path == path && operation.method == method;
            let of = |resource| -> Vec<(&Resource, &Operation)> {
                let resource: &Resource = resource;
                resource
                    .operations
                    .iter()
                    .filter(here)
                    .map(|operation| (resource, operation))
                    .collect()
            };
            let sharing: Vec<(&Resource, &Operation)> =
                contract.resources.iter().flat_map(of).collect();
            if let Some((resource, first)) = sharing.first() {
                let operations: Vec<&Operation> =
                    sharing.iter().map(|(_, operation)| *operation).collect();
                item.put(
                    &method.to_lowercase(),
                    operation(contract, resource, first, &operations),
                );
            }
        }
        item
    };
    Json::Object(
        paths
            .into_iter()
            .map(|path| (path.to_owned(), path_item(path)))
            .collect(),
    )
}

fn operation(
    contract: &Contract,
    resource: &Resource,
    first: &Operation,
    sharing: &[&Operation],
) -> Json {
    let join = |texts: Vec<String>, with: &str| texts.join(with);
    let ids: Vec<String> = sharing
        .iter()
        .map(|operation| operation.id.clone())
        .collect();
    let summaries: Vec<String> = sharing
        .iter()
        .map(|operation| summary(&operation.doc))
        .collect();
    let descriptions: Vec<String> = sharing
        .iter()
        .map(|operation| description(operation))
        .collect();
    let mut out = Json::object([
        ("operationId", join(ids, "_or_").into()),
        ("tags", Json::texts([resource.name.as_str()])),
        ("summary", join(summaries, " Or: ").into()),
        ("description", join(descriptions, "\n\nOr: ").into()),
    ]);
    let parameters = parameters(contract, first);
    if !parameters.is_empty() {
        out.put("parameters", parameters);
    }
    if let Some(body) = request_body(sharing) {
        out.put("requestBody", body);
    }
    out.put("responses", responses(sharing));
    let scheme = |name: &str| Json::object([(name, Json::List(Vec::new()))]);
    let security = match (first.only, first.account) {
        (_, true) => vec![scheme("opentokAccount")],
        (Some(Environment::Vonage), _) => vec![scheme("vonage")],
        (Some(Environment::OpenTok), _) => vec![scheme("opentok")],
        (None, _) => vec![scheme("vonage"), scheme("opentok")],
    };
    out.put("security", security);
    if let Some(only) = first.only {
        out.put("servers", vec![server(only)]);
    }
    out.put(
        "x-replay",
        if sharing.iter().all(|operation| operation.replayed()) {
            "safe"
        } else {
            "if unsent"
        },
    );
    out
}

fn summary(doc: &str) -> String {
    let first = doc.split_inclusive(". ").next().unwrap_or(doc).trim();
    text::plain(first)
}

fn description(operation: &Operation) -> String {
    let mut description = text::plain(&operation.doc);
    if !operation.instead.is_empty() {
        description.push_str(&format!(" {}", operation.instead));
    }
    description
}

fn parameters(contract: &Contract, operation: &Operation) -> Vec<Json> {
    let mut parameters = Vec::new();
    if operation.path.contains("{project}") {
        parameters.push(Json::object([(
            "$ref",
            "#/components/parameters/project".into(),
        )]));
    }
    for field in &operation.fields {
        let place = match field.place {
            Place::Path => "path",
            Place::Query => "query",
            _ => continue,
        };
        parameters.push(Json::object([
            ("name", field.name.as_str().into()),
            ("in", place.into()),
            ("required", (field.presence == Presence::Required).into()),
            ("description", text::described(field).into()),
            ("schema", schemas::value(contract, field, Way::Sent)),
        ]));
    }
    parameters
}

/// The body of operations that share a route: one of theirs.
fn request_body(sharing: &[&Operation]) -> Option<Json> {
    let with_body: Vec<&&Operation> = sharing
        .iter()
        .filter(|operation| has_body(operation))
        .collect();
    let first = with_body.first()?;
    let schema = match with_body.as_slice() {
        [only] => reference(&only.rust),
        several => {
            let schemas: Vec<Json> = several
                .iter()
                .map(|operation| reference(&operation.rust))
                .collect();
            Json::object([("oneOf", schemas.into())])
        }
    };
    let media = match first.place_of_rest() {
        Place::Form => "application/x-www-form-urlencoded",
        _ => "application/json",
    };
    let required = |operation: &&&Operation| {
        !operation.constants.is_empty()
            || body_fields(operation).any(|field| field.presence == Presence::Required)
    };
    Some(Json::object([
        ("required", with_body.iter().all(required).into()),
        (
            "content",
            Json::object([(media, Json::object([("schema", schema)]))]),
        ),
    ]))
}

pub fn body_fields(operation: &Operation) -> impl Iterator<Item = &Field> {
    operation
        .fields
        .iter()
        .filter(|field| matches!(field.place, Place::Json | Place::Form))
}

pub fn has_body(operation: &Operation) -> bool {
    !operation.constants.is_empty() || body_fields(operation).next().is_some()
}

fn responses(sharing: &[&Operation]) -> Json {
    let mut responses: Vec<(u16, Json)> = Vec::new();
    for operation in sharing {
        if !responses
            .iter()
            .any(|(status, _)| *status == operation.status)
        {
            responses.push((operation.status, success(&operation.output)));
        }
    }
    let mut failures: Vec<(u16, Vec<&str>)> = Vec::new();
    for error in sharing.iter().flat_map(|operation| &operation.errors) {
        let cause = error.doc.as_str();
        match failures
            .iter_mut()
            .find(|(known, _)| *known == error.status)
        {
            Some((_, causes)) if causes.contains(&cause) => {}
            Some((_, causes)) => causes.push(cause),
            None => failures.push((error.status, vec![cause])),
        }
    }
    failures.sort();
    responses.extend(
        failures
            .into_iter()
            .map(|(status, causes)| (status, failure(&text::plain(&causes.join(" "))))),
    );
    let named = responses
        .into_iter()
        .map(|(status, response)| (status.to_string(), response))
        .collect();
    Json::Object(named).with(
        "default",
        Json::object([("$ref", "#/components/responses/Failure".into())]),
    )
}

fn success(output: &Output) -> Json {
    let description = match (&output.shape, output.optional) {
        (Shape::Nothing, _) => "Done.",
        (_, true) => "Done. Some responses have no body.",
        (_, false) => "Done.",
    };
    let list = |name: &str| Json::object([("type", "array".into()), ("items", reference(name))]);
    let schema = match &output.shape {
        Shape::Nothing => None,
        Shape::Model(name) => Some(reference(name)),
        Shape::List(name) => Some(list(name)),
        Shape::One(name) => Some(list(name).with("minItems", 1).with("maxItems", 1)),
        Shape::Page(name) => Some(Json::object([
            ("type", "object".into()),
            (
                "properties",
                Json::object([
                    (
                        "count",
                        Json::object([
                            ("type", "integer".into()),
                            ("description", "How many there are in all.".into()),
                        ]),
                    ),
                    ("items", list(name)),
                ]),
            ),
        ])),
    };
    let response = Json::object([("description", description.into())]);
    match schema {
        None => response,
        Some(schema) => response.with("content", json_content(schema)),
    }
}

pub fn failure(cause: &str) -> Json {
    Json::object([
        ("description", cause.into()),
        ("content", json_content(reference("Failure"))),
    ])
}

pub fn json_content(schema: Json) -> Json {
    Json::object([("application/json", Json::object([("schema", schema)]))])
}
