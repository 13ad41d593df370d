//! The documents that are made: OpenAPI, the page of operations, the table in the README.

use serde_json::{Value, json};

use super::{CONTRACT, contract};
use crate::codegen::{docs, openapi};

fn document(text: &str) -> Value {
    serde_json::from_str(&openapi::document(&contract(text))).unwrap()
}

#[test]
fn an_operation_has_its_parameters_body_and_responses() {
    let document = document(CONTRACT);
    let paint = &document["paths"]["/v2/project/{project}/thing/{thingId}/paint"]["post"];
    assert_eq!(paint["operationId"], "paint_thing");
    assert_eq!(paint["x-replay"], "safe");
    assert_eq!(paint["security"], json!([{ "opentokAccount": [] }]));
    assert_eq!(paint["servers"][0]["url"], "https://api.opentok.com");
    assert_eq!(paint["parameters"][1]["name"], "thingId");
    assert_eq!(
        paint["requestBody"],
        json!({ "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/PaintThing" } } } })
    );
    let statuses: Vec<&String> = paint["responses"].as_object().unwrap().keys().collect();
    assert_eq!(statuses, ["202", "404", "409", "default"]);
    assert_eq!(
        document["paths"]["/v2/project/{project}/thing"]["delete"]["responses"]["204"],
        json!({ "description": "Done." })
    );

    let list = &document["paths"]["/v2/project/{project}/thing"]["get"];
    assert_eq!(
        list["parameters"][2]["schema"],
        json!({ "type": "integer", "minimum": 0, "maximum": 1000, "default": 50 })
    );
    let form = &document["paths"]["/thing"]["post"]["requestBody"]["content"];
    assert!(
        form["application/x-www-form-urlencoded"].is_object(),
        "{form}"
    );
}

#[test]
fn limits_and_rules_are_in_the_schemas() {
    let schemas = &document(CONTRACT)["components"]["schemas"];
    let body = &schemas["PaintThing"]["allOf"][1];
    assert_eq!(
        schemas["PaintThing"]["allOf"][0],
        json!({ "$ref": "#/components/schemas/Paint" })
    );
    assert_eq!(body["required"], json!(["dry"]));
    assert_eq!(body["properties"]["dry"]["const"], true);
    assert_eq!(body["properties"]["mode"]["enum"], json!(["fast", "slow"]));
    assert_eq!(body["properties"]["layers"]["maximum"], 20_000);
    assert_eq!(body["properties"]["note"]["pattern"], "^[a-z]*$");
    assert_eq!(body["properties"]["address"]["pattern"], "^(ws://)");
    assert_eq!(
        body["allOf"],
        json!([
            {
                "if": { "required": ["layers"] },
                "then": { "properties": { "mode": { "const": "slow" } }, "required": ["mode"] }
            },
            {
                "if": { "required": ["note"] },
                "then": { "not": { "properties": { "mode": { "const": "fast" } } } }
            },
            { "not": { "required": ["note", "layers"] } },
            {
                "anyOf": [
                    { "properties": { "front": { "const": true } } },
                    { "properties": { "back": { "const": true } }, "required": ["back"] }
                ]
            }
        ])
    );
    assert_eq!(
        schemas["Paint"]["allOf"],
        json!([{
            "if": { "properties": { "type": { "const": "oil" } }, "required": ["type"] },
            "then": { "required": ["gloss"] }
        }, {
            "not": {
                "allOf": [
                    { "properties": { "type": { "const": "water" } }, "required": ["type"] },
                    { "properties": { "matt": { "const": true } } }
                ]
            }
        }])
    );
}

#[test]
fn responses_are_open() {
    let document = document(CONTRACT);
    let thing = &document["components"]["schemas"]["Thing"];
    assert_eq!(thing["required"], json!(["id"]));
    assert_eq!(
        thing["properties"]["mode"]["anyOf"],
        json!([{ "$ref": "#/components/schemas/Mode" }, { "type": "null" }])
    );
    assert_eq!(
        thing["properties"]["tags"]["type"],
        json!(["array", "null"])
    );
    let mode = &document["components"]["schemas"]["Mode"];
    assert_eq!(
        (&mode["type"], &mode["examples"], &mode["enum"]),
        (&json!("string"), &json!(["fast", "slow"]), &Value::Null)
    );
    assert_eq!(
        document["components"]["schemas"]["Rate"]["examples"],
        json!([8000])
    );
    assert_eq!(
        document["webhooks"]["thing"]["post"]["requestBody"]["content"]["application/json"]["schema"],
        json!({ "$ref": "#/components/schemas/Thing" })
    );
}

#[test]
fn operations_on_one_route_become_one() {
    let twins = "
[resource]
name = \"things\"
doc = \"x\"
[op.lock]
http = \"POST /lock\"
doc = \"Locks.\"
errors = { 404 = \"None.\" }
input = { on = { type = \"bool\", const = true, doc = \"x\" } }
[op.unlock]
http = \"POST /lock\"
doc = \"Unlocks.\"
errors = { 404 = \"None.\", 409 = \"Open.\" }
input = { on = { type = \"bool\", const = false, doc = \"x\" } }
";
    let lock = &document(twins)["paths"]["/lock"]["post"];
    assert_eq!(lock["operationId"], "lock_or_unlock");
    assert_eq!(lock["summary"], "Locks. Or: Unlocks.");
    assert_eq!(
        lock["requestBody"]["content"]["application/json"]["schema"]["oneOf"],
        json!([{ "$ref": "#/components/schemas/Lock" }, { "$ref": "#/components/schemas/Unlock" }])
    );
    assert_eq!(lock["responses"]["404"]["description"], "None.");
    assert_eq!(lock["responses"]["409"]["description"], "Open.");
}

#[test]
fn the_page_has_a_row_for_each_operation() {
    let page = docs::page(
        &contract(CONTRACT),
        &["core/operations/things.rs".to_owned()],
    );
    for row in [
        "All 4 operations",
        "| [`paint_thing`](../core/operations/things.rs) | `POST /v2/project/{project}/thing/{thingId}/paint` | OpenTok, with account-level credentials | 202 `Option<Thing>` | yes | 404, 409 |",
        "| [`make_thing`](../core/operations/things.rs) | `POST /thing` | both | 200 `Thing` | if unsent |  |",
        "`paint_thing`: On Vonage, buy another.",
        "| `paint_thing` | – | `paint` / `paintThing` | – | `paint` |",
    ] {
        assert!(page.contains(row), "there is no\n{row}\nin\n{page}");
    }
}

#[test]
fn a_package_s_readme_is_without_what_the_repository_alone_has() {
    let front = "a\n<!-- repository -->\n![b](docs/b.png)\n<!-- /repository -->\nc\n\
                 <!-- repository -->\nd\n<!-- /repository -->\n";
    assert_eq!(docs::package_readme(front), "a\nc\n");
    assert_eq!(docs::package_readme("no marks\n"), "no marks\n");
}

#[test]
fn the_readme_is_changed_between_its_marks_only() {
    let contract = contract(CONTRACT);
    let once = docs::readme(
        &contract,
        "before\n<!-- operations -->\nold\n<!-- /operations -->\nafter\n",
    )
    .unwrap();
    assert!(
        once.starts_with("before\n<!-- operations -->\n")
            && once.ends_with("<!-- /operations -->\nafter\n")
    );
    assert!(
        once.contains("| Things | [`paint_thing`](https://docs.rs/vonage-video/latest/vonage_video/operations/struct.PaintThing.html), ")
            && !once.contains("old")
    );
    assert_eq!(docs::readme(&contract, &once), Some(once));
    assert_eq!(docs::readme(&contract, "no marks"), None);
}
