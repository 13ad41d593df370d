//! `webhooks.rs`: the events that the service posts.

use std::collections::BTreeSet;

use super::{
    contract::{Contract, Event, Model, Type},
    rust, text,
};

pub fn file(contract: &Contract, imports: &rust::Imports) -> String {
    let events: Vec<&Event> = contract.events().map(|(_, event)| event).collect();
    let source = match contract
        .resources
        .iter()
        .filter(|resource| !resource.events.is_empty())
        .collect::<Vec<_>>()[..]
    {
        [only] => only.file.as_str(),
        _ => "api/*.toml",
    };
    let code = format!(
        "{}{}{}",
        definition(&events),
        reading(contract, &events),
        writing(&events)
    );
    // A variant that has no model of its name must not be taken for one.
    let mut defined: BTreeSet<&str> = events.iter().map(|event| event.rust.as_str()).collect();
    events
        .iter()
        .for_each(|event| _ = defined.remove(event.model.as_str()));
    defined.insert("WebhookEvent");
    rust::header(source) + &imports.of(&code, &defined) + &code
}

fn definition(events: &[&Event]) -> String {
    let mut out = String::new();
    text::doc(
        &mut out,
        0,
        "The body of a webhook, recognized by its member `event`, or by its other members where that is absent. JSON that is \
         not recognized is not an error: it is [`Unknown`](Self::Unknown).",
    );
    out.push_str("#[derive(Clone, PartialEq)]\n#[non_exhaustive]\n");
    out.push_str("#[allow(clippy::large_enum_variant, reason = \"an event is taken apart at once, and boxes would be in the way\")]\n");
    out.push_str("pub enum WebhookEvent {\n");
    for event in events {
        text::doc(&mut out, 4, &format!("`{}`: {}", event.name, event.doc));
        out.push_str(&format!("    {}({}),\n", event.rust, event.model));
    }
    text::doc(&mut out, 4, "Any other JSON, unchanged.");
    out.push_str("    Unknown(Value),\n}\n");

    let kinds: String = events
        .iter()
        .map(|event| format!("            Self::{}(_) => {:?},\n", event.rust, event.name))
        .collect();
    let names: String = events
        .iter()
        .map(|event| format!("        {:?},\n", event.name))
        .collect();
    let debugs: String = events
        .iter()
        .map(|event| {
            let name = &event.rust;
            format!("            Self::{name}(event) => f.debug_tuple({name:?}).field(event).finish(),\n")
        })
        .collect();
    out.push_str(&format!(
        "
impl WebhookEvent {{
    /// The names of all events.
    pub const KINDS: &[&str] = &[
{names}    ];

    /// Returns the event's name, such as `archive`. Of an unknown event it is the member `event`,
    /// or empty.
    pub fn kind(&self) -> &str {{
        match self {{
{kinds}            Self::Unknown(value) => value.get(\"event\").and_then(Value::as_str).unwrap_or_default(),
        }}
    }}
}}

impl fmt::Debug for WebhookEvent {{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
        match self {{
{debugs}            Self::Unknown(value) => f.debug_tuple(\"Unknown\").field(&format_args!(\"{{}}\", redact::redacted(value))).finish(),
        }}
    }}
}}
"
    ));
    out
}

fn reading(contract: &Contract, events: &[&Event]) -> String {
    let by_name: String = events
        .iter()
        .map(|event| {
            format!(
                "            Some({:?}) => read(value, Self::{}),\n",
                event.name, event.rust
            )
        })
        .collect();
    format!(
        "
{}
impl From<Value> for WebhookEvent {{
    fn from(value: Value) -> Self {{
        let name = match value.get(\"event\") {{
            Some(name) => name.as_str(),
            None => shape::event(&value, SHAPES),
        }};
        match name {{
{by_name}            _ => Self::Unknown(value),
        }}
    }}
}}

/// A body with the name of a known event but another shape is unknown too.
fn read<T: DeserializeOwned>(value: Value, event: fn(T) -> WebhookEvent) -> WebhookEvent {{
    T::deserialize(&value).map_or_else(|_| WebhookEvent::Unknown(value), event)
}}

impl<'de> Deserialize<'de> for WebhookEvent {{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
        Value::deserialize(deserializer).map(Self::from)
    }}
}}
",
        shapes(contract, events)
    )
}

/// What distinguishes bodies without the member `event`.
fn shapes(contract: &Contract, events: &[&Event]) -> String {
    let shaped: Vec<(&Event, &Model)> = events
        .iter()
        .filter(|event| !event.has.is_empty())
        .filter_map(|event| Some((*event, contract.model(&event.model)?)))
        .collect();
    let names: BTreeSet<&str> = shaped
        .iter()
        .flat_map(|(_, model)| &model.fields)
        .map(|field| field.name.as_str())
        .collect();
    let entries: String = shaped
        .iter()
        .map(|(event, model)| {
            let foreign: Vec<&str> = names
                .iter()
                .copied()
                .filter(|name| model.field(name).is_none())
                .collect();
            let statuses: Vec<&str> = match model.field("status").map(|field| &field.kind) {
                Some(Type::Enum(name)) => contract
                    .enumeration(name)
                    .map(|it| it.values.iter().map(|value| value.wire.as_str()).collect())
                    .unwrap_or_default(),
                _ => Vec::new(),
            };
            format!(
                "    Shape {{
        event: {:?},
        has: &{:?},
        foreign: &{foreign:?},
        statuses: &{statuses:?},
    }},\n",
                event.name, event.has
            )
        })
        .collect();
    format!(
        "/// The events whose bodies may lack the member `event`.\nconst SHAPES: &[Shape] = &[\n{entries}];\n"
    )
}

fn writing(events: &[&Event]) -> String {
    let (by_members, by_name): (Vec<&Event>, Vec<&Event>) =
        events.iter().partition(|event| event.nameless);
    let by_name: String = by_name
        .iter()
        .map(|event| {
            format!(
                "            Self::{}(event) => serde_json::to_value(event),\n",
                event.rust
            )
        })
        .collect();
    let as_it_is: String = by_members
        .iter()
        .map(|event| {
            format!(
                "            Self::{}(event) => return event.serialize(serializer),\n",
                event.rust
            )
        })
        .collect();
    format!(
        "
impl Serialize for WebhookEvent {{
    /// Adds the member `event` to events that are recognized by it alone.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
        let value = match self {{
{by_name}{as_it_is}            Self::Unknown(value) => return value.serialize(serializer),
        }};
        let mut value = value.map_err(serde::ser::Error::custom)?;
        if let Value::Object(members) = &mut value {{
            members.insert(\"event\".to_owned(), self.kind().into());
        }}
        value.serialize(serializer)
    }}
}}
"
    )
}
