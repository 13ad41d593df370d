//! The contract files as they are written. A key that is not here is refused.

use serde::{Deserialize, Deserializer};

use super::{
    problem::{Problem, nearest},
    shapes::{Either, Ordered, TextOr, list, text},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub resource: Resource,
    #[serde(default)]
    pub op: Ordered<Operation>,
    #[serde(default)]
    pub model: Ordered<Model>,
    #[serde(default, rename = "enum")]
    pub enums: Ordered<Enum>,
    #[serde(default)]
    pub event: Ordered<Event>,
    #[serde(default)]
    pub id: Ordered<Id>,
    #[serde(default)]
    pub reason: Ordered<Reason>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    pub name: String,
    #[serde(deserialize_with = "text")]
    pub doc: String,
    pub command: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    pub http: String,
    #[serde(deserialize_with = "text")]
    pub doc: String,
    pub output: Option<String>,
    pub status: Option<u16>,
    pub empty_on: Option<EmptyOn>,
    pub replay: Option<String>,
    pub env: Option<String>,
    pub instead: Option<String>,
    pub body: Option<String>,
    #[serde(default)]
    pub account: bool,
    #[serde(default, deserialize_with = "list")]
    pub any: Vec<String>,
    #[serde(default, deserialize_with = "list")]
    pub never: Vec<String>,
    #[serde(default)]
    pub errors: Ordered<Cause>,
    pub source: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub search: Vec<String>,
    #[serde(default)]
    pub sdk: Sdk,
    pub command: Option<String>,
    pub example: Option<String>,
    #[serde(default)]
    pub input: Ordered<Field>,
}

/// A documented error: its cause, and the reasons it has.
pub struct Cause {
    pub doc: String,
    pub reason: Option<String>,
    pub possible: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EmptyOn {
    pub status: u16,
    pub code: i64,
    #[serde(deserialize_with = "list")]
    pub messages: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Id {
    #[serde(deserialize_with = "text")]
    pub doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    #[serde(deserialize_with = "text")]
    pub doc: String,
    #[serde(default)]
    pub codes: Vec<i64>,
    #[serde(default)]
    pub statuses: Vec<u16>,
    #[serde(default, deserialize_with = "list")]
    pub words: Vec<String>,
}

/// The counterparts in the official SDKs.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sdk {
    pub dotnet: Option<String>,
    pub node: Option<String>,
    pub python: Option<String>,
    pub java: Option<String>,
}

impl Sdk {
    /// All the names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&self.dotnet, &self.node, &self.python, &self.java]
            .into_iter()
            .flatten()
            .flat_map(|names| names.split(" / "))
            .filter(|name| *name != "-")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    #[serde(deserialize_with = "text")]
    pub doc: String,
    #[serde(default)]
    pub input: bool,
    #[serde(default, deserialize_with = "list")]
    pub any: Vec<String>,
    #[serde(default, deserialize_with = "list")]
    pub never: Vec<String>,
    pub source: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub search: Vec<String>,
    #[serde(default)]
    pub fields: Ordered<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(deserialize_with = "text")]
    pub doc: String,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub always: bool,
    pub rust: Option<String>,
    pub default: Option<toml::Value>,
    #[serde(default)]
    pub send_default: bool,
    #[serde(rename = "const")]
    pub constant: Option<toml::Value>,
    #[serde(default)]
    pub flatten: bool,
    pub min: Option<u64>,
    pub max: Option<u64>,
    pub unit: Option<String>,
    pub chars: Option<String>,
    #[serde(default, deserialize_with = "list")]
    pub starts: Vec<String>,
    pub format: Option<String>,
    pub only_if: Option<String>,
    pub required_if: Option<String>,
    pub forbidden_if: Option<String>,
    pub excludes: Option<String>,
    #[serde(default)]
    pub shown: bool,
    #[serde(default)]
    pub null: bool,
    pub flag: Option<String>,
    pub unique: Option<String>,
    pub sample: Option<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enum {
    #[serde(deserialize_with = "text")]
    pub doc: String,
    pub of: Option<String>,
    pub source: Option<String>,
    pub values: Ordered<Value>,
}

/// A value of an enum: what it means, and its Rust name where that cannot be derived.
pub struct Value {
    pub doc: String,
    pub rust: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    #[serde(deserialize_with = "text")]
    pub doc: String,
    pub model: String,
    #[serde(default, deserialize_with = "list")]
    pub has: Vec<String>,
    #[serde(default)]
    pub nameless: bool,
    pub source: Option<String>,
}

/// Reads one file.
pub fn parse(file: &str, text: &str) -> Result<File, Problem> {
    let deserializer = toml::Deserializer::parse(text)
        .map_err(|error| Problem::new(file, "", error.to_string().trim()))?;
    let mut track = serde_path_to_error::Track::new();
    let read = File::deserialize(serde_path_to_error::Deserializer::new(
        deserializer,
        &mut track,
    ));
    read.map_err(|error| explain(file, &track.path().to_string(), error.message()))
}

/// Puts serde's reason for refusing a key into words that help.
fn explain(file: &str, path: &str, reason: &str) -> Problem {
    let path = if path == "." { "" } else { path };
    let mut quoted = reason.split('`').skip(1).step_by(2);
    match (reason.starts_with("unknown field"), quoted.next()) {
        (true, Some(unknown)) => {
            let known: Vec<&str> = quoted.collect();
            let hint = match nearest(unknown, known.iter().copied()) {
                Some(near) => format!("unknown key; did you mean `{near}`?"),
                None => format!("unknown key; there are {}", known.join(", ")),
            };
            let path = path
                .strip_suffix(unknown)
                .unwrap_or(path)
                .trim_end_matches('.');
            let dot = if path.is_empty() { "" } else { "." };
            Problem::new(file, &format!("{path}{dot}{unknown}"), hint)
        }
        _ => Problem::new(file, path, reason.replace("missing field", "missing key")),
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Named {
            rust: String,
            #[serde(deserialize_with = "text")]
            doc: String,
        }

        let expected = "what the value means, or { rust = \"…\", doc = \"…\" }";
        Ok(
            match deserializer.deserialize_any(Either::<Named>::new(expected))? {
                TextOr::Text(doc) => Self { doc, rust: None },
                TextOr::Table(Named { rust, doc }) => Self {
                    doc,
                    rust: Some(rust),
                },
            },
        )
    }
}

impl<'de> Deserialize<'de> for Cause {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Reasoned {
            #[serde(deserialize_with = "text")]
            doc: String,
            reason: OneOrMany,
        }

        #[derive(Deserialize)]
        #[serde(
            untagged,
            expecting = "a reason, or a list of reasons that words tell apart"
        )]
        enum OneOrMany {
            One(String),
            Many(Vec<String>),
        }

        let expected = "the cause, or { reason = \"…\", doc = \"…\" }";
        Ok(
            match deserializer.deserialize_any(Either::<Reasoned>::new(expected))? {
                TextOr::Text(doc) => Self {
                    doc,
                    reason: None,
                    possible: Vec::new(),
                },
                TextOr::Table(Reasoned { doc, reason }) => match reason {
                    OneOrMany::One(reason) => Self {
                        doc,
                        reason: Some(reason),
                        possible: Vec::new(),
                    },
                    OneOrMany::Many(possible) => Self {
                        doc,
                        reason: None,
                        possible,
                    },
                },
            },
        )
    }
}
