//! Reads the body of an error response, whichever shape it has.

use serde_json::{Map, Value};

use crate::{markup::element, repair::without_bom};

/// What a body says.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Words {
    pub(crate) code: Option<i64>,
    pub(crate) message: String,
    pub(crate) description: Option<String>,
    pub(crate) details: Vec<String>,
    pub(crate) request_id: Option<String>,
}

/// Members that hold the main statement, the most specific first.
const MESSAGES: [&str; 10] = [
    "message",
    "detail",
    "title",
    "error_title",
    "error",
    "errorMessage",
    "error_message",
    "msg",
    "faultstring",
    "reason",
];

/// Members that list what is wrong with single parameters.
const LISTS: [&str; 5] = [
    "invalid_parameters",
    "invalidParameters",
    "invalid-params",
    "errors",
    "details",
];

/// Objects that hold the statement one level down.
const WRAPPERS: [&str; 3] = ["error", "fault", "message"];

/// Characters of a text that are kept.
const LONGEST_TEXT: usize = 10_000;

/// More entries of a list than these are left out.
const MOST_DETAILS: usize = 10;

impl Words {
    pub(crate) fn read(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(without_bom(body));
        let text = text.trim();
        let mut words = match serde_json::from_str(text) {
            Ok(value) => Self::of_json(&value),
            Err(_) if text.starts_with('<') => Self::of_markup(text),
            Err(_) => Self::default(),
        };
        let says_nothing =
            words.message.is_empty() && words.description.is_none() && words.details.is_empty();
        if says_nothing && !matches!(text, "null" | "{}" | "[]" | "\"\"") {
            // The last resort. `ApiError` shows its first characters.
            words.message = text.to_owned();
        }
        words.cut();
        words
    }

    fn of_json(value: &Value) -> Self {
        match value {
            Value::Object(object) => Self::of_object(object, true),
            Value::Array(items) => items
                .iter()
                .map(Self::of_json)
                .reduce(Self::and)
                .unwrap_or_default(),
            Value::String(text) => Self {
                message: text.clone(),
                ..Self::default()
            },
            _ => Self::default(),
        }
    }

    fn of_object(object: &Map<String, Value>, outermost: bool) -> Self {
        let mut words = Self {
            code: object.get("code").and_then(integer),
            description: text(object, "description")
                .or_else(|| text(object, "error_description"))
                .or_else(|| text(object, "title").filter(|_| object.contains_key("detail"))),
            request_id: text(object, "instance"),
            message: MESSAGES
                .iter()
                .find_map(|name| text(object, name))
                .unwrap_or_default(),
            details: LISTS
                .iter()
                .filter_map(|name| object.get(*name))
                .flat_map(details)
                .take(MOST_DETAILS)
                .collect(),
        };
        if outermost {
            for inner in WRAPPERS
                .iter()
                .filter_map(|name| object.get(*name)?.as_object())
            {
                words = words.or(Self::of_object(inner, false));
            }
        }
        if words.message.is_empty() && !words.details.is_empty() {
            words.message = words.details.remove(0);
        }
        words
    }

    /// Bounds every text. The whole is in the body.
    fn cut(&mut self) {
        let texts = std::iter::once(&mut self.message)
            .chain(&mut self.description)
            .chain(&mut self.details)
            .chain(&mut self.request_id);
        for text in texts {
            if let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) {
                text.truncate(end);
            }
        }
    }

    /// The same with what is missing taken from `other`.
    fn or(self, other: Self) -> Self {
        Self {
            code: self.code.or(other.code),
            message: if self.message.is_empty() {
                other.message
            } else {
                self.message
            },
            description: self.description.or(other.description),
            details: if self.details.is_empty() {
                other.details
            } else {
                self.details
            },
            request_id: self.request_id.or(other.request_id),
        }
    }

    /// The same with the statement of another entry of a list as a detail.
    fn and(mut self, other: Self) -> Self {
        if self.message.is_empty() {
            return other;
        }
        if !other.message.is_empty() && self.details.len() < MOST_DETAILS {
            self.details.push(other.message);
        }
        self
    }

    /// XML and HTML: the elements of an error, or the title of a page.
    fn of_markup(markup: &str) -> Self {
        let element = |name: &str| element(markup, name).filter(|text| !text.is_empty());
        Self {
            code: element("code").and_then(|code| code.parse().ok()),
            message: element("message")
                .or_else(|| element("title"))
                .or_else(|| element("h1"))
                .unwrap_or_default(),
            description: element("description"),
            ..Self::default()
        }
    }
}

/// Entries of a list of mistakes, or of a map from a parameter to its mistakes.
fn details(list: &Value) -> Vec<String> {
    match list {
        Value::Array(items) => items.iter().filter_map(detail).collect(),
        Value::Object(parameters) => parameters
            .iter()
            .filter_map(|(name, mistake)| Some(named(Some(name), detail(mistake)?)))
            .collect(),
        Value::String(text) if !text.is_empty() => vec![text.clone()],
        _ => Vec::new(),
    }
}

fn detail(mistake: &Value) -> Option<String> {
    match mistake {
        Value::Object(object) => {
            let name = ["name", "field", "parameter", "param", "property"]
                .iter()
                .find_map(|name| object.get(*name)?.as_str());
            let what = ["reason"]
                .iter()
                .chain(&MESSAGES)
                .find_map(|member| text(object, member))
                .or_else(|| text(object, "description"))?;
            Some(named(name, what))
        }
        other => plain(other),
    }
}

fn named(name: Option<&str>, what: String) -> String {
    match name {
        Some(name) if !name.is_empty() => format!("{name}: {what}"),
        _ => what,
    }
}

/// The text of a member, when it has any.
fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    plain(object.get(name)?)
}

/// Text, or several texts.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let texts = items.iter().filter_map(Value::as_str);
            texts.take(MOST_DETAILS).collect::<Vec<_>>().join("; ")
        }
        _ => String::new(),
    };
    (!text.is_empty()).then_some(text)
}

fn integer(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}
