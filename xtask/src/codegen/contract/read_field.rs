//! From a field as written to a field as understood.

use super::{
    Constant, Field, Format, Limits, Literal, Place, Presence, Problem, Type,
    problem::{Report, nearest},
    raw,
    read_condition::condition,
};
use crate::codegen::names;

/// The names that a type may be made of.
pub struct Types<'a> {
    pub ids: &'a [String],
    pub models: &'a [String],
    pub enums: &'a [String],
}

/// In what a field stands.
#[derive(Clone, Copy)]
pub enum Owner<'a> {
    Operation {
        method: &'a str,
        path: &'a str,
        form: bool,
    },
    Model {
        input: bool,
    },
}

/// The identifier that is written by hand: it is a number on the wire in places.
const PROJECT_ID: &str = "ProjectId";

const SCALARS: &[(&str, Type)] = &[
    ("string", Type::String),
    ("bool", Type::Bool),
    ("u32", Type::U32),
    ("u64", Type::U64),
    ("f64", Type::F64),
    ("Timestamp", Type::Timestamp),
    ("json", Type::Json),
];

impl Types<'_> {
    /// Reads a type such as `[Archive]`.
    fn parse(&self, text: &str) -> Result<Type, String> {
        if text == "{string}" {
            return Ok(Type::Map);
        }
        if let Some(item) = text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']'))
        {
            return match self.parse(item)? {
                Type::List(_) | Type::Map | Type::Json => {
                    Err("a list holds scalars, models or enums".to_owned())
                }
                item => Ok(Type::List(Box::new(item))),
            };
        }
        if let Some((_, scalar)) = SCALARS.iter().find(|(name, _)| *name == text) {
            return Ok(scalar.clone());
        }
        let name = text.to_owned();
        if self.models.contains(&name) {
            Ok(Type::Model(name))
        } else if self.enums.contains(&name) {
            Ok(Type::Enum(name))
        } else if self.ids.contains(&name) || name == PROJECT_ID {
            Ok(Type::Id(name))
        } else {
            let named = self
                .models
                .iter()
                .chain(self.enums)
                .chain(self.ids)
                .map(String::as_str);
            let scalars = SCALARS.iter().map(|(name, _)| *name);
            let known = named.chain(scalars).chain([PROJECT_ID]);
            Err(match nearest(text, known) {
                Some(near) => format!("unknown type `{text}`; did you mean `{near}`?"),
                None => format!("unknown type `{text}`"),
            })
        }
    }
}

/// Reads a constant: a field that has a value instead of a place in Rust.
pub fn constant(
    name: &str,
    raw: &raw::Field,
    key: &str,
    report: &mut Report<'_>,
) -> Option<Constant> {
    let value = raw.constant.as_ref()?;
    match value {
        toml::Value::Boolean(value) if raw.kind == "bool" => Some(Constant {
            name: name.to_owned(),
            value: *value,
            doc: raw.doc.clone(),
        }),
        _ => {
            report.add(
                &format!("{key}.const"),
                "only `true` and `false` can be constants, of the type `bool`",
            );
            None
        }
    }
}

/// Reads a field; what cannot be read is reported and left out.
pub fn field(
    name: &str,
    raw: &raw::Field,
    owner: Owner<'_>,
    types: &Types<'_>,
    key: &str,
    report: &mut Report<'_>,
) -> Option<Field> {
    let kind = match types.parse(&raw.kind) {
        Ok(kind) => kind,
        Err(reason) => {
            report.add(&format!("{key}.type"), reason);
            return None;
        }
    };
    let rust = raw.rust.clone().unwrap_or_else(|| names::snake(name));
    if !names::is_field(&rust) {
        report.add(
            key,
            format!("`{rust}` cannot be a field's name in Rust; give one with `rust = \"…\"`"),
        );
    } else if matches!(rust.as_str(), "new" | "validate") {
        report.add(
            key,
            format!(
                "`{rust}` is a function of every request; give another name with `rust = \"…\"`"
            ),
        );
    }

    let mut conditional = |text: Option<&String>, which: &str| {
        let at = |reason: String| Problem::new(report.file, &format!("{key}.{which}"), reason);
        condition(text, at, report.problems)
    };
    let only_if = conditional(raw.only_if.as_ref(), "only_if");
    let required_if = conditional(raw.required_if.as_ref(), "required_if");
    let forbidden_if = conditional(raw.forbidden_if.as_ref(), "forbidden_if");

    Some(Field {
        name: name.to_owned(),
        presence: presence(raw, owner, &kind, key, report),
        place: place(name, raw, owner, &kind, key, report),
        limits: limits(raw, &kind, key, report),
        default: raw.default.as_ref().and_then(|value| {
            let literal = Literal::parse(value);
            if literal.is_none() {
                report.add(
                    &format!("{key}.default"),
                    "is no text, no bool and no number from 0 up",
                );
            }
            literal
        }),
        rust,
        doc: raw.doc.clone(),
        kind,
        flatten: raw.flatten,
        only_if,
        required_if,
        forbidden_if,
        excludes: raw.excludes.clone(),
        shown: raw.shown,
        null: raw.null,
        flag: raw.flag.clone(),
        unique: raw.unique.clone(),
        sample: raw.sample.as_ref().and_then(|value| {
            let literal = Literal::parse(value);
            if literal.is_none() {
                report.add(
                    &format!("{key}.sample"),
                    "is no text, no bool and no number from 0 up",
                );
            }
            literal
        }),
    })
}

fn presence(
    raw: &raw::Field,
    owner: Owner<'_>,
    kind: &Type,
    key: &str,
    report: &mut Report<'_>,
) -> Presence {
    let sent = !matches!(owner, Owner::Model { input: false });
    if raw.always && (sent || raw.required) {
        report.add(
            &format!("{key}.always"),
            "is for optional fields of models that occur only in responses",
        );
    }
    if raw.send_default && (!sent || raw.required || raw.default.is_none()) {
        report.add(
            &format!("{key}.send_default"),
            "is for fields that are sent and have a `default`",
        );
    }
    if raw.null && (sent || raw.required || raw.always || matches!(kind, Type::List(_) | Type::Map))
    {
        report.add(
            &format!("{key}.null"),
            "is for optional fields of models that occur only in responses",
        );
    }
    if raw.required && raw.default.is_some() {
        report.add(&format!("{key}.default"), "is for optional fields");
    }
    match (raw.required, raw.send_default, raw.always) {
        (true, ..) => Presence::Required,
        (_, true, _) => Presence::Defaulted,
        (_, _, true) => Presence::Always,
        _ if !sent && matches!(kind, Type::List(_) | Type::Map) => Presence::Plain,
        _ => Presence::Optional,
    }
}

fn place(
    name: &str,
    raw: &raw::Field,
    owner: Owner<'_>,
    kind: &Type,
    key: &str,
    report: &mut Report<'_>,
) -> Place {
    let Owner::Operation { method, path, form } = owner else {
        if raw.flatten {
            report.add(&format!("{key}.flatten"), "is for the input of operations");
        }
        return Place::Model;
    };
    let place = if path
        .split('/')
        .any(|segment| segment == format!("{{{name}}}"))
    {
        Place::Path
    } else if matches!(method, "GET" | "DELETE") {
        Place::Query
    } else if form {
        Place::Form
    } else {
        Place::Json
    };
    if raw.flatten && (place != Place::Json || !raw.required || !matches!(kind, Type::Model(_))) {
        report.add(
            &format!("{key}.flatten"),
            "is for a required model in a JSON body",
        );
    }
    if place == Place::Path && !raw.required {
        report.add(key, "a field of the path must be `required`");
    }
    if place == Place::Path && !matches!(kind, Type::Id(_) | Type::String) {
        report.add(
            &format!("{key}.type"),
            "a field of the path is an identifier or a string",
        );
    }
    if place != Place::Json
        && matches!(
            kind,
            Type::List(_) | Type::Map | Type::Model(_) | Type::Json
        )
    {
        report.add(
            &format!("{key}.type"),
            "only a JSON body can hold this; elsewhere fields are scalars or enums",
        );
    }
    place
}

fn limits(raw: &raw::Field, kind: &Type, key: &str, report: &mut Report<'_>) -> Limits {
    let text = *kind == Type::String;
    let bytes = match raw.unit.as_deref() {
        None => false,
        Some("bytes") => {
            if !(text || *kind == Type::Map) || (raw.min, raw.max) == (None, None) {
                report.add(
                    &format!("{key}.unit"),
                    "is for the `min` and `max` of a string or map",
                );
            }
            true
        }
        Some(unit) => {
            report.add(
                &format!("{key}.unit"),
                format!("unknown unit `{unit}`; there is `bytes`"),
            );
            false
        }
    };
    let bounded = match kind {
        Type::String | Type::U32 | Type::U64 | Type::List(_) => true,
        Type::Map => bytes,
        _ => false,
    };
    for (bound, which) in [(raw.min, "min"), (raw.max, "max")] {
        if bound.is_some() && !bounded {
            report.add(
                &format!("{key}.{which}"),
                "is for whole numbers, strings, lists, and maps with `unit = \"bytes\"`",
            );
        }
        if bound.is_some_and(|bound| *kind == Type::U32 && bound > u64::from(u32::MAX)) {
            report.add(&format!("{key}.{which}"), "is more than a u32 holds");
        }
    }
    if let (Some(min), Some(max)) = (raw.min, raw.max)
        && min > max
    {
        report.add(&format!("{key}.min"), format!("is more than `max`, {max}"));
    }
    if raw.chars.is_some() && !text {
        report.add(&format!("{key}.chars"), "is for strings");
    }
    if let Some(reason) = raw.chars.as_deref().and_then(no_set) {
        report.add(&format!("{key}.chars"), reason);
    }
    if !(raw.starts.is_empty() || text) {
        report.add(&format!("{key}.starts"), "is for strings");
    }
    if raw.shown && *kind.item() != Type::String {
        report.add(
            &format!("{key}.shown"),
            "is for strings; numbers, enums, timestamps and identifiers are shown anyway",
        );
    }
    let format = match raw.format.as_deref() {
        None => None,
        Some("ipv4") => Some(Format::Ipv4),
        Some("url") => Some(Format::Url),
        Some(format) => {
            report.add(
                &format!("{key}.format"),
                format!("unknown format `{format}`; there are `ipv4`, `url`"),
            );
            None
        }
    };
    if format.is_some() && !text {
        report.add(&format!("{key}.format"), "is for strings");
    }
    Limits {
        min: raw.min,
        max: raw.max,
        bytes,
        chars: raw.chars.clone(),
        starts: raw.starts.clone(),
        format,
    }
}

/// Why text is no set of characters such as `A-Za-z0-9_~-`, if so.
fn no_set(set: &str) -> Option<String> {
    let chars: Vec<char> = set.chars().collect();
    let backwards = chars
        .windows(3)
        .find(|range| range[1] == '-' && range[0] > range[2])
        .map(|range| format!("`{}` runs backwards", String::from_iter(range)));
    if set.is_empty() {
        Some("is empty".to_owned())
    } else {
        backwards
    }
}
