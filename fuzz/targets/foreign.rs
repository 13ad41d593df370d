//! Responses of something else at the address of the API: a 2xx whose JSON has nothing of what is
//! expected is an error that says so, and a 404 is an empty list only in the words of the API.
//!
//! A line with the name of an operation, and JSON.

#![no_main]

use std::any::TypeId;

use bytes::Bytes;
use http::StatusCode;
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};
use vonage_video_core::{
    ApiError, Operation,
    operations::{Visitor, visit},
};
use vonage_video_fuzz::{assert_one_line, first_line};

/// A name that no member of the API begins with.
const FOREIGN: &str = "zz-";

fuzz_target!(|text: &str| {
    let (id, body) = first_line(text);
    let Ok(body) = serde_json::from_str::<Value>(body) else {
        return;
    };
    visit(id, Foreign(&body));
});

struct Foreign<'a>(&'a Value);

impl Visitor for Foreign<'_> {
    type Output = ();

    fn visit<O: Operation>(self) {
        not_found::<O>(self.0);
        // To those that return nothing, any 2xx but a page is success.
        if TypeId::of::<O::Output>() == TypeId::of::<()>() {
            return;
        }
        let body = match self.0 {
            Value::Object(members) if !members.is_empty() => {
                let members = members.iter();
                let renamed =
                    members.map(|(name, value)| (format!("{FOREIGN}{name}"), value.clone()));
                Value::Object(Map::from_iter(renamed))
            }
            // Numbers, text and truth are never what is returned.
            Value::Number(_) | Value::String(_) | Value::Bool(_) => self.0.clone(),
            _ => return,
        };
        match O::decode_output(body.to_string().as_bytes()) {
            Ok(output) => panic!("{} took {body} for {output:?}", O::META.id),
            Err(error) => {
                let error = error.to_string();
                assert_one_line(&error);
                assert!(!error.is_empty());
            }
        }
    }
}

/// What a gateway says of a path that it does not know is not what the API says of an empty list.
fn not_found<O: Operation>(body: &Value) {
    let error = ApiError::read(StatusCode::NOT_FOUND, Bytes::from(body.to_string()));
    if O::META.means_empty(&error) {
        let code = body.get("code");
        assert!(code.is_some_and(|code| !code.is_null()), "{body}");
        assert!(error.message.len() > 4, "{body}");
    }
    for words in ["no Route matched with those values", "Not Found", "404"] {
        let mut other = body.clone();
        if let Some(message) = other.get_mut("message") {
            *message = words.into();
        }
        let body = Bytes::from(other.to_string());
        let error = ApiError::read(StatusCode::NOT_FOUND, body);
        let told = other.get("message").is_some();
        assert!(!told || !O::META.means_empty(&error), "{other}");
    }
}
