//! `openapi.json`: the contract for everybody else.

mod paths;
mod rules;
mod schemas;
mod server;

use self::{
    paths::{body_fields, failure, has_body, json_content},
    schemas::{Way, reference},
};
use super::{
    contract::{Contract, Environment, Event, Field, Operation, Type},
    json::Json,
    text,
};

pub fn document(contract: &Contract) -> String {
    let tags = contract
        .resources
        .iter()
        .filter(|resource| !resource.operations.is_empty())
        .map(|resource| {
            Json::object([
                ("name", resource.name.as_str().into()),
                ("description", text::plain(&resource.doc).into()),
            ])
        });
    let webhooks = contract
        .events()
        .map(|(_, event)| (event.name.clone(), webhook(event)))
        .collect();
    Json::object([
        ("openapi", "3.1.0".into()),
        ("info", info()),
        (
            "servers",
            vec![
                server::server(Environment::Vonage),
                server::server(Environment::OpenTok),
            ]
            .into(),
        ),
        ("tags", tags.collect::<Vec<_>>().into()),
        ("paths", paths::all(contract)),
        ("webhooks", Json::Object(webhooks)),
        (
            "components",
            Json::object([
                ("schemas", components(contract)),
                (
                    "parameters",
                    Json::object([("project", project_parameter())]),
                ),
                (
                    "responses",
                    Json::object([("Failure", failure("Any other failure."))]),
                ),
                ("securitySchemes", security_schemes()),
            ]),
        ),
    ])
    .pretty()
}

fn info() -> Json {
    Json::object([
        ("title", "Vonage Video API (formerly OpenTok)".into()),
        ("version", "2".into()),
        (
            "description",
            "Both environments, which differ in host, project id and credentials. Sets of values are open: responses may hold \
             values that are not listed, and those of requests that are marked `x-open` may be given others. Made from the \
             contract of vonage-video; not an official document."
                .into(),
        ),
        ("license", Json::object([("name", "MIT OR Apache-2.0".into()), ("identifier", "MIT OR Apache-2.0".into())])),
    ])
}

fn security_schemes() -> Json {
    let jwt = |description: &str| {
        Json::object([
            ("type", "apiKey".into()),
            ("in", "header".into()),
            ("name", "X-OPENTOK-AUTH".into()),
            ("description", description.into()),
        ])
    };
    Json::object([
        (
            "vonage",
            Json::object([
                ("type", "http".into()),
                ("scheme", "bearer".into()),
                ("bearerFormat", "JWT".into()),
                (
                    "description",
                    "A JWT with `application_id`, signed RS256 with the application's private key."
                        .into(),
                ),
            ]),
        ),
        (
            "opentok",
            jwt(
                "A JWT with the API key as `iss` and `ist` = `project`, signed HS256 with the API secret.",
            ),
        ),
        (
            "opentokAccount",
            jwt("As `opentok`, with the account's key and secret and `ist` = `account`."),
        ),
    ])
}

fn project_parameter() -> Json {
    Json::object([
        ("name", "project".into()),
        ("in", "path".into()),
        ("required", true.into()),
        ("description", "The application id on Vonage, the API key on OpenTok; the one that the credentials belong to.".into()),
        ("schema", schemas::identifier("ProjectId", Way::Sent)),
    ])
}

fn webhook(event: &Event) -> Json {
    let done = Json::object([(
        "200",
        Json::object([(
            "description",
            "Taken; anything else is delivered again.".into(),
        )]),
    )]);
    Json::object([(
        "post",
        Json::object([
            (
                "operationId",
                format!("on_{}", super::names::snake(&event.name)).into(),
            ),
            ("summary", text::plain(&event.doc).into()),
            (
                "requestBody",
                Json::object([
                    ("required", true.into()),
                    ("content", json_content(reference(&event.model))),
                ]),
            ),
            ("responses", done),
        ]),
    )])
}

/// Bodies of operations, models, enums, and the shape of failures.
fn components(contract: &Contract) -> Json {
    let mut schemas = vec![("Failure".to_owned(), schemas::failure())];
    for operation in contract
        .operations()
        .filter(|operation| has_body(operation))
    {
        schemas.push((operation.rust.clone(), body(contract, operation)));
    }
    for model in contract.models() {
        let way = if model.input {
            Way::Sent
        } else {
            Way::Received
        };
        let fields: Vec<&Field> = model.fields.iter().collect();
        let mut schema = Json::object([
            ("type", "object".into()),
            ("description", text::plain(&model.doc).into()),
        ]);
        schemas::object(contract, &mut schema, &[], &fields, way);
        if model.input {
            rules::put(&mut schema, &fields, &model.rules);
        }
        schemas.push((model.name.clone(), schema));
    }
    schemas.extend(
        contract
            .enums()
            .map(|it| (it.name.clone(), schemas::enumeration(it))),
    );
    Json::Object(schemas)
}

fn body(contract: &Contract, operation: &Operation) -> Json {
    let fields: Vec<&Field> = body_fields(operation).collect();
    let (flattened, own): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.flatten);
    let mut flattened = flattened.iter().filter_map(|field| match &field.kind {
        Type::Model(name) => Some(reference(name)),
        _ => None,
    });
    if own.is_empty() && operation.constants.is_empty() {
        return flattened.next().unwrap_or(Json::object([]));
    }
    let mut schema = Json::object([
        ("type", "object".into()),
        (
            "description",
            format!("The body of `{}`.", operation.id).into(),
        ),
    ]);
    schemas::object(contract, &mut schema, &operation.constants, &own, Way::Sent);
    rules::put(&mut schema, &own, &operation.rules);
    let flattened: Vec<Json> = flattened.collect();
    if flattened.is_empty() {
        schema
    } else {
        Json::object([("allOf", [flattened, vec![schema]].concat().into())])
    }
}
