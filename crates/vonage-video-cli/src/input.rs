//! The JSON that `call` takes.

use std::{
    fs,
    io::{self, Read},
};

use serde_json::Value;
use vonage_video::Operation;

use crate::failure::Failure;

/// The text of `--input`: itself, `@FILE`, or `-` for standard input.
pub(crate) fn read(input: &str) -> Result<String, Failure> {
    match input.strip_prefix('@') {
        Some(file) => fs::read_to_string(file)
            .map_err(|error| Failure::Io(format!("cannot read {file}: {error}"))),
        None if input == "-" => {
            let mut text = String::new();
            io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| Failure::Io(format!("cannot read standard input: {error}")))?;
            Ok(text)
        }
        None => Ok(input.to_owned()),
    }
}

/// Reads an operation. A member that the operation does not have is refused, not ignored: it is a slip of the pen.
pub(crate) fn parse<O: Operation>(text: &str) -> Result<O, Failure> {
    let refuse = |reason: String| Failure::Usage(format!("the input of {}: {reason}", O::META.id));
    let value: Value =
        serde_json::from_str(text).map_err(|error| refuse(format!("not JSON: {error}")))?;
    if !value.is_object() {
        return Err(refuse("must be one JSON object".to_owned()));
    }
    // Read from the text, not from the value, in which a member that is given twice would be there once.
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let operation: O = serde_path_to_error::deserialize(&mut deserializer)
        .map_err(|error| refuse(error.to_string()))?;
    let understood = serde_json::to_value(&operation).map_err(|error| refuse(error.to_string()))?;
    match stray(&value, &understood, "", O::META.constants) {
        None => Ok(operation),
        Some(member) if member.contains(['.', '[']) => {
            Err(refuse(format!("{} has no member `{member}`", O::META.id)))
        }
        Some(member) => {
            let known: Vec<&str> = O::META.fields.iter().map(|field| field.name).collect();
            Err(refuse(format!(
                "{} has no member `{member}`; it has: {}",
                O::META.id,
                known.join(", ")
            )))
        }
    }
}

/// The first member that was given but not understood. What never varies may be given as it is.
fn stray(
    given: &Value,
    understood: &Value,
    path: &str,
    constants: &[(&str, bool)],
) -> Option<String> {
    match (given, understood) {
        (Value::Object(given), Value::Object(understood)) => {
            given.iter().find_map(|(name, value)| {
                let here = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                match understood.get(name) {
                    Some(understood) => stray(value, understood, &here, &[]),
                    None if value.is_null()
                        || constants
                            .iter()
                            .any(|(known, fixed)| known == name && *value == *fixed) =>
                    {
                        None
                    }
                    None => Some(here),
                }
            })
        }
        // Nulls may have been left out of a list when it was read.
        (Value::Array(given), Value::Array(understood)) => given
            .iter()
            .filter(|item| !item.is_null())
            .zip(understood.iter().filter(|item| !item.is_null()))
            .enumerate()
            .find_map(|(index, (given, understood))| {
                stray(given, understood, &format!("{path}[{index}]"), &[])
            }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use vonage_video::operations::{MuteAll, SetStreamClassLists, StartArchive};

    use super::*;

    fn message<O: Operation>(input: &str) -> String {
        match parse::<O>(input) {
            Err(Failure::Usage(message)) => message,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_slip_of_the_pen_is_named_however_deep() {
        for (input, told) in [
            (
                r#"{"sessionId": "s", "resolutoin": "1280x720"}"#,
                "no member `resolutoin`; it has: sessionId, name",
            ),
            (
                r#"{"sessionId": "s", "layout": {"type": "pip", "colour": "red"}}"#,
                "no member `layout.colour`",
            ),
            (
                r#"{"sessionId": "s", "hasAudio": "perhaps"}"#,
                "hasAudio: invalid value",
            ),
            (
                r#"{"sessionId": "s", "layout": "pip"}"#,
                "layout: invalid type",
            ),
            (
                r#"{"sessionId": "s", "layout": {}}"#,
                "layout: missing field `type`",
            ),
            (
                r#"{"sessionId": "s", "sessionId": "t"}"#,
                "duplicate field `sessionId`",
            ),
            ("{}", "missing field `sessionId`"),
            ("[]", "must be one JSON object"),
            (r#"{"sessionId""#, "not JSON"),
        ] {
            let message = message::<StartArchive>(input);
            assert!(message.contains(told), "{input}: {message}");
        }
    }

    #[test]
    fn null_is_unset_and_constants_may_be_said() {
        assert!(
            parse::<StartArchive>(r#"{"sessionId": "s", "name": null}"#)
                .unwrap()
                .name
                .is_none()
        );
        let items =
            r#"{"sessionId": "s", "items": [null, {"id": "a", "layoutClassList": [], "x": 1}]}"#;
        assert!(parse::<SetStreamClassLists>(items).is_err());
        assert!(parse::<MuteAll>(r#"{"sessionId": "s", "active": true}"#).is_ok());
        assert!(parse::<MuteAll>(r#"{"sessionId": "s", "active": false}"#).is_err());
    }
}
