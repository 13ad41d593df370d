//! Answers and events of a server that is newer than we are: members added, optional ones null,
//! values that nobody has heard of. All are read, and nothing that the contract knows is lost when
//! they are written again.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use vonage_video_core::{
    Operation, WebhookEvent,
    operations::{Visitor, visit},
};
use vonage_video_tests::{contract::Contract, dice::Dice};

static CONTRACT: LazyLock<Contract> = LazyLock::new(Contract::read);

/// How the members begin that are added.
const ADDED: &str = "added";

/// Adds members to every object.
fn newer(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Map<_, _> = members
                .into_iter()
                .map(|(name, value)| (name, newer(value)))
                .collect();
            members.insert(format!("{ADDED}Text"), json!("x"));
            members.insert(format!("{ADDED}Object"), json!({"id": [null, 1.5]}));
            Value::Object(members)
        }
        Value::Array(items) => items.into_iter().map(newer).collect(),
        other => other,
    }
}

/// Where something that was there is not there any more, or is another.
fn lost(before: &Value, after: &Value, path: &str) -> Option<String> {
    let gone = || Some(format!("{path}: {before} became {after}"));
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => before
            .iter()
            .filter(|(name, value)| !name.starts_with(ADDED) && !is_nothing(value))
            .find_map(|(name, value)| {
                let after = after.get(name).unwrap_or(&Value::Null);
                lost(value, after, &format!("{path}.{name}"))
            }),
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => before
            .iter()
            .zip(after)
            .find_map(|(before, after)| lost(before, after, path)),
        _ if before == after => None,
        _ => gone(),
    }
}

/// What a response may as well leave out.
fn is_nothing(value: &Value) -> bool {
    value.is_null()
        || value.as_array().is_some_and(Vec::is_empty)
        || value.as_object().is_some_and(Map::is_empty)
}

/// Reads a response and writes it again, twice.
struct Again<'a>(&'a Value);

impl Visitor for Again<'_> {
    type Output = Value;

    fn visit<O: Operation>(self) -> Value {
        let id = O::META.id;
        let once = again::<O>(&serde_json::to_vec(self.0).unwrap());
        assert_eq!(again::<O>(&once), once, "{id}");
        serde_json::from_slice(&once).unwrap_or_default()
    }
}

fn again<O: Operation>(body: &[u8]) -> Vec<u8> {
    let output = O::decode_output(body).unwrap_or_else(|error| {
        let body = String::from_utf8_lossy(body);
        panic!("{}: {error}: {body}", O::META.id)
    });
    O::encode_output(&output).unwrap()
}

/// What servers write where another scalar is documented.
fn odd_scalars() -> [Value; 12] {
    [
        json!(-1),
        json!(-0.5),
        json!(1e30),
        json!(u64::MAX),
        json!(true),
        json!(null),
        json!(""),
        json!("NaN"),
        json!("2024-01-01T00:00:00Z"),
        json!("perhaps"),
        json!("\u{0}\u{202e}\u{fffd}"),
        json!(" "),
    ]
}

/// The same with another value in place of the `index`th scalar, and the name of its member; `None`
/// when there are fewer.
fn with_odd_scalar(value: &Value, index: usize, odd: &Value) -> Option<(Value, String)> {
    fn replace(value: &mut Value, name: &str, index: &mut usize, odd: &Value) -> Option<String> {
        match value {
            Value::Object(members) => members
                .iter_mut()
                .find_map(|(name, value)| replace(value, name, index, odd)),
            Value::Array(items) => items
                .iter_mut()
                .find_map(|item| replace(item, name, index, odd)),
            // It may stand for an object or a list.
            Value::Null => None,
            scalar if *index == 0 => {
                *scalar = odd.clone();
                Some(name.to_owned())
            }
            _ => {
                *index -= 1;
                None
            }
        }
    }
    let mut value = value.clone();
    let mut index = index;
    let name = replace(&mut value, "", &mut index, odd)?;
    Some((value, name))
}

/// The members without which a thing in a response cannot be told from others.
const IDENTIFIERS: [&str; 5] = ["id", "session_id", "captionsId", "connectionId", "type"];

struct Decode<'a>(&'a Value);

impl Visitor for Decode<'_> {
    type Output = Result<(), String>;

    fn visit<O: Operation>(self) -> Self::Output {
        let body = self.0.to_string();
        let output = O::decode_output(body.as_bytes());
        output
            .map(|_| ())
            .map_err(|error| format!("{error}: {body}"))
    }
}

/// One odd scalar does not make a response unreadable, unless it is what the response is about.
#[test]
fn an_odd_scalar_loses_only_itself() {
    for (operation, seed) in CONTRACT
        .operations()
        .flat_map(|operation| (0..6).map(move |seed| (operation, seed)))
    {
        let response = CONTRACT.response(operation, &mut Dice(seed));
        for odd in odd_scalars() {
            for index in 0.. {
                let Some((odd_one, name)) = with_odd_scalar(&response, index, &odd) else {
                    break;
                };
                let is_needed = IDENTIFIERS.contains(&name.as_str()) || odd_one == odd;
                let read = visit(operation, Decode(&odd_one)).expect("an operation");
                assert!(read.is_ok() || is_needed, "{operation} {name}: {read:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_response_survives(seed in any::<u64>()) {
        for operation in CONTRACT.operations() {
            let response = newer(CONTRACT.response(operation, &mut Dice(seed)));
            let written = visit(operation, Again(&response)).expect("every operation of the contract is there");
            prop_assert_eq!(lost(&response, &written, operation), None);
        }
    }

    #[test]
    fn any_event_survives_also_a_queue(seed in any::<u64>()) {
        for name in CONTRACT.events() {
            let sent = newer(CONTRACT.event(name, &mut Dice(seed)));
            let event: WebhookEvent = serde_json::from_value(sent.clone()).unwrap();
            prop_assert!(!matches!(event, WebhookEvent::Unknown(_)), "{}", sent);
            prop_assert_eq!(event.kind(), name);
            let queued = serde_json::to_string(&event).unwrap();
            prop_assert_eq!(&serde_json::from_str::<WebhookEvent>(&queued).unwrap(), &event);
            let queued = serde_json::from_str(&queued).unwrap();
            prop_assert_eq!(lost(&sent, &queued, name), None);
        }
    }
}
