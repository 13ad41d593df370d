//! Requests as values that can be compared, and the differences that are allowed, each with its
//! reason.

use std::{cell::Cell, collections::BTreeMap, fs};

use bytes::Bytes;
use http::Request;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

/// One of the recordings.
#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) operation: String,
    pub(super) args: Value,
    pub(super) request: Recorded,
    pub(super) response: Option<Response>,
}

/// What an SDK sent.
#[derive(Deserialize)]
pub(super) struct Recorded {
    pub(super) method: String,
    pub(super) path: String,
    #[serde(default)]
    pub(super) query: String,
    pub(super) body: Option<Value>,
    pub(super) body_raw: Option<String>,
}

/// What it was answered.
#[derive(Deserialize)]
pub(super) struct Response {
    pub(super) body: Option<Value>,
}

impl Recorded {
    /// The bytes of the body: as recorded, or of its JSON.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match (&self.body_raw, &self.body) {
            (Some(raw), _) => raw.clone().into_bytes(),
            (None, Some(body)) if self.path == "/session/create" => form_of(body).into_bytes(),
            (None, Some(body)) => serde_json::to_vec(body).expect("JSON"),
            (None, None) => Vec::new(),
        }
    }

    /// As a value: `method`, `path`, and the members of `query` and `body`.
    pub(super) fn value(&self) -> BTreeMap<String, Value> {
        flat(&self.method, &self.path, &self.query, &self.bytes())
    }
}

/// Our request in the same form.
pub(super) fn ours(request: &Request<Bytes>) -> BTreeMap<String, Value> {
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
pub(super) struct Differences {
    /// Between what they send and what we send for the same intent.
    pub(super) client: Vec<Difference>,
    /// Between what they send and what our server half reads of it.
    pub(super) server: Vec<Difference>,
    /// Between what they mean and what our server half reads.
    pub(super) lost: Vec<Difference>,
    /// Requests that are no operation here, or none that can be read as it is.
    pub(super) no_operation: Vec<Difference>,
}

/// One allowed difference.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Difference {
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
    pub(super) fn read() -> Self {
        let text =
            fs::read_to_string(fixtures().join("differences.json")).expect("differences.json");
        serde_json::from_str(&text).expect("differences.json")
    }
}

impl Difference {
    /// Whether one of the list is for this difference.
    pub(super) fn allows(
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
    pub(super) fn useless(list: &[Self]) -> Vec<String> {
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
pub(super) fn compare(
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
pub(super) fn fixtures() -> std::path::PathBuf {
    vonage_video_tests::place::sources().join("fixtures/wire")
}

/// All cases of all files of recordings.
pub(super) fn cases() -> Vec<Case> {
    [
        "recorded.json",
        "recorded_others.json",
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
