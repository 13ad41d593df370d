//! The JSON and the secrets that commands read from files and standard input.

use std::{
    fs::File,
    io::{self, IsTerminal as _, Read},
};

use serde_json::Value;
use vonage_video::Operation;

use crate::{failure::Failure, output::note};

/// Most bytes that are read of a file: no operation takes nearly as many.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The text of `--input`: itself, `@FILE`, or `-` for standard input.
pub(crate) fn read(input: &str) -> Result<String, Failure> {
    match input.strip_prefix('@') {
        Some(file) => from_file(file),
        None if input == "-" => {
            if io::stdin().is_terminal() {
                note(format_args!("reading JSON until Ctrl-D"));
            }
            standard_input()
        }
        None => Ok(input.to_owned()),
    }
}

/// A secret: itself, or `@FILE`, of which the last line break does not count.
pub(crate) fn secret(text: &str) -> Result<String, Failure> {
    match text.strip_prefix('@') {
        Some(file) => Ok(from_file(file)?.trim_end_matches(['\r', '\n']).to_owned()),
        None => Ok(text.to_owned()),
    }
}

pub(crate) fn standard_input() -> Result<String, Failure> {
    bounded(io::stdin().lock(), "standard input")
}

fn from_file(file: &str) -> Result<String, Failure> {
    let open = File::open(file);
    let open = open.map_err(|error| Failure::Io(format!("cannot read {file}: {error}")))?;
    bounded(open, file)
}

fn bounded(source: impl Read, name: &str) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    source
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Io(format!("cannot read {name}: {error}")))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::Io(format!(
            "{name} is larger than {} MiB",
            LARGEST >> 20
        )));
    }
    decoded(bytes).ok_or_else(|| Failure::Io(format!("{name} is neither UTF-8 nor UTF-16 text")))
}

/// Text with or without a byte order mark, as editors and shells write it.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        rest.is_empty()
            .then(|| String::from_utf16(&units).ok())
            .flatten()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// Reads an operation. A member that the operation does not have is refused, not ignored: it is a
/// slip of the pen.
pub(crate) fn parse<O: Operation>(text: &str) -> Result<O, Failure> {
    let refuse = |reason: String| Failure::usage(format!("the input of {}: {reason}", O::META.id));
    let value: Value =
        serde_json::from_str(text).map_err(|error| refuse(format!("not JSON: {error}")))?;
    if !value.is_object() {
        return Err(refuse("must be one JSON object".to_owned()));
    }
    // Read from the text, not from the value, in which a member that is given twice would be there
    // once.
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
    fn text_is_read_as_editors_and_shells_write_it() {
        let text = r#"{"name": "Björk"}"#;
        let utf16 = |unit: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            mark.into_iter()
                .chain(text.encode_utf16().flat_map(unit))
                .collect::<Vec<u8>>()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            utf16(u16::to_le_bytes, [0xff, 0xfe]),
            utf16(u16::to_be_bytes, [0xfe, 0xff]),
        ] {
            assert_eq!(decoded(bytes).as_deref(), Some(text));
        }
        assert_eq!(decoded(vec![0xff, 0xfe, 0x41]), None);
        assert_eq!(decoded(vec![0xc3, 0x28]), None);
        assert!(bounded(io::repeat(b' '), "a device").is_err());
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
