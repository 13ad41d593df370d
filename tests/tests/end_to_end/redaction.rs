//! No secret is in a `Debug`: every text that the contract does not call harmless is hidden, in
//! every operation and every response.

use serde_json::{Value, json};
use vonage_video_core::{
    ApiError, Error, Operation, WebhookEvent,
    operations::{Visitor, visit},
};
use vonage_video_tests::{contract::Contract, dice::Dice};

const SECRET: &str = "hunter2-hunter2";

/// Formats an operation, and its response.
struct Format {
    request: Value,
    response: String,
}

impl Visitor for Format {
    type Output = String;

    fn visit<O: Operation>(self) -> String {
        let operation: O = serde_json::from_value(self.request).unwrap();
        let response = O::decode_output(self.response.as_bytes());
        format!("{operation:?} {operation:#?} {response:?} {response:#?}")
    }
}

#[test]
fn no_text_that_may_be_secret_is_in_the_debug_of_an_operation_or_its_response() {
    let contract = Contract::read();
    for operation in contract.operations() {
        let request = contract.with_secrets(operation, SECRET, &mut Dice(1));
        let response = contract
            .response_with_secrets(operation, SECRET, &mut Dice(1))
            .to_string();
        let shown = visit(
            operation,
            Format {
                request: request.clone(),
                response: response.clone(),
            },
        )
        .unwrap();
        assert!(
            !shown.contains(SECRET),
            "{operation}: {shown}\n{request}\n{response}"
        );
    }
}

#[test]
fn what_is_harmless_is_shown() {
    let request = json!({"sessionId": "1_abc", "token": SECRET, "sip": {"uri": SECRET, "secure": true, "auth": {"username": SECRET, "password": SECRET}, "headers": {"X-sessionId": SECRET, "sessionId": SECRET}}});
    let shown = visit(
        "dial",
        Format {
            request,
            response: String::new(),
        },
    )
    .unwrap();
    assert!(
        shown.contains("1_abc") && shown.contains("secure") && shown.contains("true"),
        "{shown}"
    );
    assert!(!shown.contains(SECRET), "{shown}");

    let request = json!({"archiveId": "a-b-c", "type": "custom", "stylesheet": SECRET});
    let shown = visit(
        "set_archive_layout",
        Format {
            request,
            response: String::new(),
        },
    )
    .unwrap();
    assert!(
        shown.contains("a-b-c") && shown.contains("custom"),
        "{shown}"
    );
    assert!(!shown.contains(SECRET), "{shown}");
}

#[test]
fn an_unknown_event_hides_its_texts() {
    let event: WebhookEvent = serde_json::from_value(
        json!({"event": "newKind", "payload": {"password": SECRET, "id": SECRET}, "text": SECRET}),
    )
    .unwrap();
    assert!(matches!(event, WebhookEvent::Unknown(_)));
    let shown = format!("{event:?} {event:#?}");
    assert!(
        !shown.contains(SECRET) && shown.contains("newKind"),
        "{shown}"
    );
}

#[test]
fn an_error_does_not_quote_the_body() {
    let body = json!({"message": "refused", "password": SECRET}).to_string();
    let error = Error::api(ApiError::read(http::StatusCode::CONFLICT, body.into()));
    assert!(!format!("{error:?} {error}").contains(SECRET));

    let wrong = format!(r#"{{"id":"a","size":"{SECRET}","password":"{SECRET}"}}"#);
    let shown = visit(
        "get_archive",
        Format {
            request: json!({"archiveId": "a"}),
            response: wrong,
        },
    )
    .unwrap();
    assert!(shown.contains("size") && !shown.contains(SECRET), "{shown}");
}

/// Values that hold the secret in ways that quoting alone does not hide: in quotes, behind escapes,
/// as JSON in a string, as the value or the name of a member.
fn hostile() -> [Value; 8] {
    let object = json!({ "streamName": SECRET, format!("{SECRET} !"): SECRET });
    [
        json!(format!("x\"{SECRET}\"y, expected {SECRET}")),
        json!(format!("\\\"{SECRET}\\")),
        json!(format!("'{SECRET}'")),
        json!(object.to_string()),
        json!(json!(object.to_string()).to_string()),
        json!([SECRET]),
        json!([[object.clone()]]),
        object,
    ]
}

/// All values with one of their nodes replaced.
fn with_one_replaced(value: &Value, by: &Value) -> Vec<Value> {
    let mut all = vec![by.clone()];
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                all.extend(with_one_replaced(inner, by).into_iter().map(|inner| {
                    let mut members = members.clone();
                    members.insert(name.clone(), inner);
                    Value::Object(members)
                }));
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                all.extend(with_one_replaced(inner, by).into_iter().map(|inner| {
                    let mut items = items.clone();
                    items[index] = inner;
                    Value::Array(items)
                }));
            }
        }
        _ => {}
    }
    all
}

/// What an error about a response shows; empty when the response can be read.
struct Mistake(String);

impl Visitor for Mistake {
    type Output = String;

    fn visit<O: Operation>(self) -> String {
        match O::decode_output(self.0.as_bytes()) {
            Ok(_) => String::new(),
            Err(error) => format!("{error} {error:?}"),
        }
    }
}

#[test]
fn no_secret_is_in_an_error_about_a_response_wherever_it_stands_there() {
    let contract = Contract::read();
    let mut mistakes = 0;
    for operation in contract.operations() {
        let response = contract.response_with_secrets(operation, SECRET, &mut Dice(5));
        let text = response.to_string();
        let cut = (0..text.len()).filter_map(|end| text.get(..end).map(str::to_owned));
        let replaced = hostile()
            .into_iter()
            .flat_map(|by| with_one_replaced(&response, &by));
        for body in replaced.map(|value| value.to_string()).chain(cut) {
            let shown = visit(operation, Mistake(body.clone())).unwrap();
            mistakes += usize::from(!shown.is_empty());
            assert!(!shown.contains(SECRET), "{operation}: {shown}\n{body}");
        }
    }
    assert!(mistakes > 1000, "{mistakes}");
}
