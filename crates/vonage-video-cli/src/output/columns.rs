//! Which members of a model are shown, under which titles, and how.

use std::time::SystemTime;

use serde_json::Value;

use crate::{output::units, short};

/// A member of a model as a column.
#[derive(Clone)]
pub(super) struct Column {
    title: String,
    member: String,
    format: Format,
    /// Whether it shows the short names of what it has the ids of.
    short: bool,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Format {
    Text,
    Size,
    Seconds,
    Time,
}

use Format::{Seconds, Size, Text, Time};

/// A title, a member, and how it is shown.
type Spec = (&'static str, &'static str, Format);

/// Columns by model. What is not here shows its first simple members.
const COLUMNS: &[(&str, &[Spec])] = &[
    (
        "Archive",
        &[
            ("ID", "id", Text),
            ("NAME", "name", Text),
            ("STATUS", "status", Text),
            ("SIZE", "size", Size),
            ("LENGTH", "duration", Seconds),
            ("STARTED", "createdAt", Time),
            ("SESSION", "sessionId", Text),
        ],
    ),
    (
        "Broadcast",
        &[
            ("ID", "id", Text),
            ("STATUS", "status", Text),
            ("RESOLUTION", "resolution", Text),
            ("STARTED", "createdAt", Time),
            ("SESSION", "sessionId", Text),
        ],
    ),
    (
        "Render",
        &[
            ("ID", "id", Text),
            ("STATUS", "status", Text),
            ("URL", "url", Text),
            ("STARTED", "createdAt", Time),
            ("SESSION", "sessionId", Text),
        ],
    ),
    (
        "Stream",
        &[
            ("ID", "id", Text),
            ("VIDEO", "videoType", Text),
            ("NAME", "name", Text),
            ("CLASSES", "layoutClassList", Text),
        ],
    ),
    (
        "Connection",
        &[
            ("ID", "connectionId", Text),
            ("STATE", "connectionState", Text),
            ("JOINED", "createdAt", Time),
        ],
    ),
    (
        "EmulatedSession",
        &[
            ("SESSION", "shortName", Text),
            ("CLIENTS", "connections", Text),
            ("STREAMS", "streams", Text),
            ("CREATED", "createdAt", Time),
            ("ID", "id", Text),
        ],
    ),
    (
        "Delivery",
        &[
            ("NUMBER", "number", Text),
            ("RECEIVED", "receivedAt", Time),
            ("EVENT", "event", Text),
            ("ABOUT", "about", Text),
            ("SIGNATURE", "signature", Text),
            ("OUTCOME", "outcome", Text),
        ],
    ),
    (
        "Callback",
        &[
            ("ID", "id", Text),
            ("GROUP", "group", Text),
            ("EVENT", "event", Text),
            ("URL", "url", Text),
        ],
    ),
    (
        "Project",
        &[
            ("ID", "id", Text),
            ("NAME", "name", Text),
            ("STATUS", "status", Text),
            ("CREATED", "createdAt", Time),
        ],
    ),
];

/// The members by which a model is identified, the first that is there.
const IDS: &[&str] = &[
    "id",
    "number",
    "session_id",
    "connectionId",
    "captionsId",
    "applicationId",
];

/// The columns of a list: those asked for, those of the model, or what the items have.
pub(super) fn of(model: &str, fields: &[String], items: &[Value]) -> Vec<Column> {
    if !fields.is_empty() {
        return fields.iter().map(|field| named(model, field)).collect();
    }
    if let Some((_, columns)) = COLUMNS.iter().find(|(known, _)| *known == model) {
        return columns.iter().map(column).collect();
    }
    let members = items
        .first()
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let simple = members.filter(|(_, value)| !value.is_object() && !value.is_array());
    simple.take(6).map(|(name, _)| named(model, name)).collect()
}

/// Every member of one model that has a value, with its title.
pub(super) fn all(
    model: &str,
    fields: &[String],
    item: &Value,
    now: Option<SystemTime>,
) -> Vec<(String, String)> {
    let members = item.as_object().into_iter().flatten();
    let columns: Vec<Column> = if fields.is_empty() {
        members.map(|(name, _)| named(model, name)).collect()
    } else {
        fields.iter().map(|field| named(model, field)).collect()
    };
    let row = |column: &Column| (column.member.clone(), column.text(item, now));
    let rows = columns.iter().map(row);
    rows.filter(|(_, text)| !text.is_empty() || !fields.is_empty())
        .collect()
}

/// The identifier alone.
pub(super) fn id(_: &str, item: &Value) -> String {
    let id = IDS.iter().find_map(|name| item.get(*name));
    id.map(plain).unwrap_or_default()
}

fn column((title, member, format): &Spec) -> Column {
    Column {
        title: (*title).to_owned(),
        member: (*member).to_owned(),
        format: *format,
        short: false,
    }
}

/// A column by the name of its member.
fn named(model: &str, member: &str) -> Column {
    let known = COLUMNS.iter().find(|(known, _)| *known == model);
    let known = known.and_then(|(_, columns)| columns.iter().find(|(_, name, _)| *name == member));
    known.map_or_else(
        || Column {
            title: member.to_uppercase(),
            member: member.to_owned(),
            format: match member {
                "size" => Size,
                "duration" => Seconds,
                name if name.ends_with("At") => Time,
                _ => Text,
            },
            short: false,
        },
        column,
    )
}

impl Column {
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// Shows short names from now on, where it has ids that commands know by them.
    pub(super) fn shorten(&mut self) {
        self.short = matches!(self.member.as_str(), "id" | "connectionId" | "sessionId");
    }

    pub(super) fn is_shortened(&self) -> bool {
        self.short
    }

    /// A cell: for people, who are at a moment in time, or for programs.
    pub(super) fn text(&self, item: &Value, now: Option<SystemTime>) -> String {
        let value = self
            .member
            .split('.')
            .try_fold(item, |value, name| value.get(name));
        let Some(value) = value else {
            return String::new();
        };
        match (self.format, value.as_u64(), now) {
            (Size, Some(0), Some(_)) => "–".to_owned(),
            (Size, Some(bytes), Some(_)) => units::size(bytes),
            (Seconds, Some(seconds), Some(_)) => units::duration(seconds),
            (Time, Some(millis), Some(now)) => units::age(millis, now),
            (Time, Some(millis), None) => units::rfc3339(millis),
            _ if self.short && self.member == "sessionId" => short::session(&plain(value)),
            _ if self.short => short::id(&plain(value)).to_owned(),
            _ => plain(value),
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items)
            if items
                .iter()
                .all(|item| !item.is_object() && !item.is_array()) =>
        {
            items.iter().map(plain).collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use serde_json::json;

    use super::*;

    #[test]
    fn people_read_units_and_programs_read_numbers() {
        let archive = json!({"id": "a", "size": 58368, "duration": 41, "createdAt": 1_000_000});
        let columns = of("Archive", &[], std::slice::from_ref(&archive));
        let texts = |now| {
            columns
                .iter()
                .map(|column| column.text(&archive, now))
                .collect::<Vec<_>>()
        };
        let now = UNIX_EPOCH + Duration::from_secs(1060);
        assert_eq!(
            texts(Some(now)),
            ["a", "", "", "57.0 KiB", "0:41", "1 minute ago", ""]
        );
        assert_eq!(
            texts(None),
            ["a", "", "", "58368", "41", "1970-01-01T00:16:40Z", ""]
        );
    }

    #[test]
    fn fields_are_shown_as_asked_for() {
        let item = json!({"id": "a", "settings": {"hls": {"dvr": true}}});
        let fields = ["settings.hls.dvr".to_owned(), "id".to_owned()];
        let columns = of("Broadcast", &fields, &[]);
        let texts: Vec<_> = columns
            .iter()
            .map(|column| column.text(&item, None))
            .collect();
        assert_eq!(texts, ["true", "a"]);
    }
}
