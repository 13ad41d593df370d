//! Requests as values that can be compared, and the differences that are allowed, each with its reason.

use std::{cell::Cell, collections::BTreeMap, fs};

use bytes::Bytes;
use http::Request;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// One of the recordings.
#[derive(Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) operation: String,
    pub(crate) args: Value,
    pub(crate) request: Recorded,
    pub(crate) response: Option<Answer>,
}

/// What an SDK sent.
#[derive(Deserialize)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) query: String,
    pub(crate) body: Option<Value>,
    pub(crate) body_raw: Option<String>,
}

/// What it was answered.
#[derive(Deserialize)]
pub(crate) struct Answer {
    pub(crate) body: Option<Value>,
}

impl Recorded {
    /// The bytes of the body: as recorded, or of its JSON.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match (&self.body_raw, &self.body) {
            (Some(raw), _) => raw.clone().into_bytes(),
            (None, Some(body)) if self.path == "/session/create" => form_of(body).into_bytes(),
            (None, Some(body)) => serde_json::to_vec(body).expect("JSON"),
            (None, None) => Vec::new(),
        }
    }

    /// As a value: `method`, `path`, and the members of `query` and `body`.
    pub(crate) fn value(&self) -> BTreeMap<String, Value> {
        flat(&self.method, &self.path, &self.query, &self.bytes())
    }
}

/// Our request in the same form.
pub(crate) fn ours(request: &Request<Bytes>) -> BTreeMap<String, Value> {
    let uri = request.uri();
    flat(
        request.method().as_str(),
        uri.path(),
        uri.query().unwrap_or_default(),
        request.body(),
    )
}

fn flat(method: &str, path: &str, query: &str, body: &[u8]) -> BTreeMap<String, Value> {
    let mut flat = BTreeMap::from([
        ("method".to_owned(), method.into()),
        ("path".to_owned(), path.into()),
    ]);
    for (name, value) in pairs(query) {
        flat.insert(format!("query.{name}"), value);
    }
    if body.is_empty() {
        return flat;
    }
    let body = serde_json::from_slice(body).unwrap_or_else(|_| {
        Value::Object(pairs(std::str::from_utf8(body).expect("a form")).collect())
    });
    // That there is a body, though empty, is a fact of its own.
    flat.insert("body".to_owned(), Value::Object(Map::new()));
    flatten("body", &body, &mut flat);
    flat
}

fn flatten(at: &str, value: &Value, flat: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(members) if !members.is_empty() || at == "body" => {
            for (name, value) in members {
                flatten(&format!("{at}.{name}"), value, flat);
            }
        }
        other => {
            flat.insert(at.to_owned(), other.clone());
        }
    }
}

fn pairs(text: &str) -> impl Iterator<Item = (String, Value)> {
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value).into()))
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(&text.replace('+', " "))
        .decode_utf8()
        .expect("UTF-8")
        .into_owned()
}

fn form_of(body: &Value) -> String {
    let escape = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let members = body.as_object().expect("a form is an object");
    let pairs = members
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value.as_str().expect("text"))));
    pairs.collect::<Vec<_>>().join("&")
}

/// The file of allowed differences.
#[derive(Deserialize)]
pub(crate) struct Differences {
    /// Between what they send and what we send for the same intent.
    pub(crate) client: Vec<Difference>,
    /// Between what they send and what our server half reads of it.
    pub(crate) server: Vec<Difference>,
    /// Requests that are no operation here, or none that can be read as it is.
    pub(crate) no_operation: Vec<Difference>,
}

/// One allowed difference.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Difference {
    /// The cases: patterns in which `*` stands for anything.
    cases: Vec<String>,
    /// Where: `path`, `query.count`, `body.layout.type`; again a pattern.
    #[serde(default)]
    at: String,
    /// What they have there; nothing unless given. The text `*` stands for any value.
    #[serde(default, deserialize_with = "given")]
    theirs: Option<Value>,
    /// What we have there, in the same way.
    #[serde(default, deserialize_with = "given")]
    ours: Option<Value>,
    /// Why it is right as it is.
    reason: String,
    #[serde(skip)]
    seen: Cell<bool>,
}

/// Null is a value too.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Differences {
    pub(crate) fn read() -> Self {
        let text =
            fs::read_to_string(fixtures().join("differences.json")).expect("differences.json");
        serde_json::from_str(&text).expect("differences.json")
    }
}

impl Difference {
    /// Whether one of the list is for this difference.
    pub(crate) fn allows(
        list: &[Self],
        case: &str,
        at: &str,
        theirs: Option<&Value>,
        ours: Option<&Value>,
    ) -> bool {
        let found = list.iter().find(|difference| {
            fits(&difference.at, at)
                && is(difference.theirs.as_ref(), theirs)
                && is(difference.ours.as_ref(), ours)
                && difference.cases.iter().any(|pattern| fits(pattern, case))
        });
        if let Some(difference) = found {
            difference.seen.set(true);
        }
        found.is_some()
    }

    /// Those of the list that no case has shown, and those without a reason.
    pub(crate) fn useless(list: &[Self]) -> Vec<String> {
        let useless = list
            .iter()
            .filter(|difference| !difference.seen.get() || difference.reason.is_empty());
        useless
            .map(|difference| {
                format!(
                    "no case shows this difference: {:?} at `{}`",
                    difference.cases, difference.at
                )
            })
            .collect()
    }
}

/// What differs between two requests and is not allowed to.
pub(crate) fn compare(
    list: &[Difference],
    case: &str,
    theirs: &BTreeMap<String, Value>,
    ours: &BTreeMap<String, Value>,
) -> Vec<String> {
    let mut names: Vec<_> = theirs.keys().chain(ours.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter_map(|at| {
            let (theirs, ours) = (theirs.get(at), ours.get(at));
            let equal = theirs == ours || Difference::allows(list, case, at, theirs, ours);
            (!equal).then(|| {
                format!(
                    "{case}: at {at} they have {}, we have {}",
                    shown(theirs),
                    shown(ours)
                )
            })
        })
        .collect()
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}

fn is(listed: Option<&Value>, found: Option<&Value>) -> bool {
    listed == found || (listed == Some(&Value::from("*")) && found.is_some())
}

fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let mut last = "";
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
        last = part;
    }
    rest.is_empty() || (pattern.contains('*') && (last.is_empty() || text.ends_with(last)))
}

/// The folder of the recordings.
pub(crate) fn fixtures() -> std::path::PathBuf {
    vonage_video_tests::place::sources().join("fixtures/wire")
}

/// All cases of all files of recordings.
pub(crate) fn cases() -> Vec<Case> {
    [
        "recorded.json",
        "recorded_python.json",
        "source_reading.json",
    ]
    .iter()
    .flat_map(|file| {
        let text = fs::read_to_string(fixtures().join(file))
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        serde_json::from_str::<Vec<Case>>(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
    })
    .collect()
}
