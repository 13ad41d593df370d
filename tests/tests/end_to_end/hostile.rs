//! Answers that servers were seen to give, or will give one day: the shared fixtures, each read by
//! its operation.

use serde_json::Value;
use vonage_video_core::{
    Operation,
    operations::{Visitor, visit},
};

const FIXTURES: &str = include_str!("../../fixtures/hostile.json");

/// Reads a response and writes it again; or why it cannot be read.
struct Read<'a>(&'a str);

impl Visitor for Read<'_> {
    type Output = Result<Value, String>;

    fn visit<O: Operation>(self) -> Self::Output {
        let output = O::decode_output(self.0.as_bytes()).map_err(|error| error.to_string())?;
        let body = O::encode_output(&output).unwrap();
        Ok(if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body).unwrap()
        })
    }
}

#[test]
fn every_hostile_response_is_survived_or_explained() {
    let fixtures: Vec<Value> = serde_json::from_str(FIXTURES).unwrap();
    assert!(fixtures.len() >= 20);
    for fixture in fixtures {
        let name = fixture["name"].as_str().unwrap();
        let body = fixture["body"].as_str().unwrap();
        let read = visit(fixture["operation"].as_str().unwrap(), Read(body)).expect(name);
        match (fixture.get("reads"), fixture["fails"].as_str()) {
            (Some(expected), None) => contains(&read.expect(name), expected, name),
            (None, Some(expected)) => {
                let error = read.expect_err(name);
                assert!(error.contains(expected), "{name}: {error}");
            }
            _ => panic!("{name}: a fixture either reads or fails"),
        }
    }
}

/// Whether all that is expected is there, the same.
fn contains(got: &Value, expected: &Value, name: &str) {
    match (got, expected) {
        (Value::Object(got), Value::Object(expected)) => {
            for (member, expected) in expected {
                contains(
                    got.get(member).unwrap_or(&Value::Null),
                    expected,
                    &format!("{name}: {member}"),
                );
            }
        }
        (Value::Array(got), Value::Array(expected)) => {
            assert_eq!(got.len(), expected.len(), "{name}");
            got.iter()
                .zip(expected)
                .for_each(|(got, expected)| contains(got, expected, name));
        }
        _ => assert_eq!(got, expected, "{name}"),
    }
}
