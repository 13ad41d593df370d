//! The contract as understood: resources, operations, models, fields, enums and events.

use super::{
    condition::{Condition, Literal},
    raw::Sdk,
};

pub struct Contract {
    /// One a file, in the order of their names.
    pub resources: Vec<Resource>,
}

pub struct Resource {
    /// `api/archives.toml`.
    pub file: String,
    pub name: String,
    pub doc: String,
    /// The program's noun, where it is not the name.
    pub command: Option<String>,
    pub operations: Vec<Operation>,
    pub models: Vec<Model>,
    pub enums: Vec<Enum>,
    pub ids: Vec<Id>,
    pub reasons: Vec<Reason>,
    pub events: Vec<Event>,
}

pub struct Operation {
    /// `start_archive`.
    pub id: String,
    /// `StartArchive`.
    pub rust: String,
    pub method: String,
    /// `/v2/project/{project}/archive`.
    pub path: String,
    pub doc: String,
    pub output: Output,
    pub status: u16,
    /// The error response that means an empty result.
    pub empty_on: Option<EmptyOn>,
    /// A POST or PATCH that may be sent twice.
    pub safe: bool,
    /// The one environment that has it.
    pub only: Option<Environment>,
    pub instead: String,
    pub account: bool,
    pub rules: Rules,
    pub errors: Vec<DocumentedError>,
    pub source: Option<String>,
    /// Words that people look for it by.
    pub search: Vec<String>,
    pub sdk: Sdk,
    /// The program's command, where it does not follow from the id.
    pub command: Option<String>,
    /// The arguments of the command's example, where its required ones alone do not do.
    pub example: Option<String>,
    pub fields: Vec<Field>,
    pub constants: Vec<Constant>,
}

/// A documented error status of an operation.
pub struct DocumentedError {
    pub status: u16,
    pub doc: String,
    /// The one condition behind it.
    pub reason: Option<String>,
    /// Conditions that only the server's words tell apart.
    pub possible: Vec<String>,
}

/// The error response that means an empty result: the service's own words for it, exactly.
pub struct EmptyOn {
    pub status: u16,
    pub code: i64,
    pub messages: Vec<String>,
}

/// A condition behind error responses.
pub struct Reason {
    pub name: String,
    pub doc: String,
    /// Codes of the platform that stand for it alone.
    pub codes: Vec<i64>,
    /// Statuses that mean it in every operation; with `words`, only beside these.
    pub statuses: Vec<u16>,
    /// Parts of messages that tell it, in small letters.
    pub words: Vec<String>,
}

/// An identifier type.
pub struct Id {
    pub name: String,
    pub doc: String,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Environment {
    Vonage,
    OpenTok,
}

/// What a successful response has.
pub struct Output {
    pub shape: Shape,
    /// Some responses have no body.
    pub optional: bool,
}

pub enum Shape {
    Nothing,
    Model(String),
    Page(String),
    List(String),
    /// An array that holds one.
    One(String),
}

pub struct Model {
    pub name: String,
    pub doc: String,
    /// It is sent too.
    pub input: bool,
    pub rules: Rules,
    pub source: Option<String>,
    /// Words that people look for it by.
    pub search: Vec<String>,
    pub fields: Vec<Field>,
}

/// What must hold between the fields of an object that is sent.
#[derive(Default)]
pub struct Rules {
    /// Not all of these may be absent.
    pub any: Vec<String>,
    /// The conditions of each of these may not hold together.
    pub never: Vec<Vec<Condition>>,
}

pub struct Field {
    /// Its name on the wire.
    pub name: String,
    pub rust: String,
    pub doc: String,
    pub kind: Type,
    pub presence: Presence,
    pub place: Place,
    pub flatten: bool,
    pub default: Option<Literal>,
    pub limits: Limits,
    pub only_if: Option<Condition>,
    pub required_if: Option<Condition>,
    pub forbidden_if: Option<Condition>,
    pub excludes: Option<String>,
    pub shown: bool,
    /// The service writes it as null where it is unset.
    pub null: bool,
    /// The program's flag, where it does not follow from the name.
    pub flag: Option<String>,
    /// Of a list of models: the field of which no two items may have the same value.
    pub unique: Option<String>,
    /// A value for the examples in the documentation.
    pub sample: Option<Literal>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    String,
    Bool,
    U32,
    U64,
    F64,
    Timestamp,
    Json,
    Id(String),
    Model(String),
    Enum(String),
    List(Box<Self>),
    Map,
}

/// How a field's absence shows in Rust.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Presence {
    /// An argument of `new`; absence is an error.
    Required,
    /// An `Option`.
    Optional,
    /// A plain field of a response; absence reads as empty. Written even when empty.
    Always,
    /// A list or map of a response; absence reads as empty, and empty is not written.
    Plain,
    /// A plain field of a request that starts as its default and is always sent.
    Defaulted,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    Path,
    Query,
    Form,
    Json,
    /// In a model: wherever that is.
    Model,
}

#[derive(Default)]
pub struct Limits {
    pub min: Option<u64>,
    pub max: Option<u64>,
    /// `min` and `max` count bytes.
    pub bytes: bool,
    pub chars: Option<String>,
    pub starts: Vec<String>,
    pub format: Option<Format>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Format {
    Ipv4,
    Url,
}

/// A member of a body that never varies.
pub struct Constant {
    pub name: String,
    pub value: bool,
    pub doc: String,
}

pub struct Enum {
    pub name: String,
    pub doc: String,
    /// Numbers, not text.
    pub numeric: bool,
    /// Some response reads its absence as an empty value.
    pub default: bool,
    pub source: Option<String>,
    pub values: Vec<Value>,
}

pub struct Value {
    pub wire: String,
    pub rust: String,
    pub doc: String,
}

pub struct Event {
    /// The member `event` that names it.
    pub name: String,
    pub rust: String,
    pub doc: String,
    pub model: String,
    /// Members that a body without the member `event` is recognized by.
    pub has: Vec<String>,
    /// The service does not send the member `event`.
    pub nameless: bool,
    pub source: Option<String>,
}

impl Contract {
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources
            .iter()
            .flat_map(|resource| &resource.operations)
    }

    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.resources.iter().flat_map(|resource| &resource.models)
    }

    pub fn enums(&self) -> impl Iterator<Item = &Enum> {
        self.resources.iter().flat_map(|resource| &resource.enums)
    }

    pub fn events(&self) -> impl Iterator<Item = (&Resource, &Event)> {
        self.resources
            .iter()
            .flat_map(|resource| resource.events.iter().map(move |event| (resource, event)))
    }

    /// The identifier types. `ProjectId` is written by hand, beside their macro.
    pub fn ids(&self) -> impl Iterator<Item = &Id> {
        self.resources.iter().flat_map(|resource| &resource.ids)
    }

    pub fn reasons(&self) -> impl Iterator<Item = &Reason> {
        self.resources.iter().flat_map(|resource| &resource.reasons)
    }

    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models().find(|model| model.name == name)
    }

    pub fn enumeration(&self, name: &str) -> Option<&Enum> {
        self.enums().find(|candidate| candidate.name == name)
    }
}

impl Operation {
    /// Where fields go that are not in the path.
    pub fn place_of_rest(&self) -> Place {
        match self.fields.iter().find(|field| field.place != Place::Path) {
            Some(field) => field.place,
            None if matches!(self.method.as_str(), "GET" | "DELETE") => Place::Query,
            None => Place::Json,
        }
    }

    /// Whether a second request does no more than the first.
    pub fn replayed(&self) -> bool {
        self.safe || !matches!(self.method.as_str(), "POST" | "PATCH")
    }
}

impl Output {
    /// The model of the response.
    pub fn model(&self) -> Option<&str> {
        match &self.shape {
            Shape::Nothing => None,
            Shape::Model(name) | Shape::Page(name) | Shape::List(name) | Shape::One(name) => {
                Some(name)
            }
        }
    }
}

impl Model {
    /// Whether everything in it may be absent.
    pub fn has_default(&self) -> bool {
        self.fields
            .iter()
            .all(|field| !matches!(field.presence, Presence::Required | Presence::Defaulted))
    }

    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Field {
    pub fn is_optional(&self) -> bool {
        self.presence == Presence::Optional
    }
}

impl Type {
    /// A list's items, or the type itself.
    pub fn item(&self) -> &Self {
        if let Self::List(item) = self {
            item
        } else {
            self
        }
    }
}
