//! The contract as data, and random requests and responses made from it.

use std::{collections::BTreeMap, fs};

use serde_json::{Map, Value, json};
use toml::Table;

use crate::{dice::Dice, place::sources};

/// All contract files, read as TOML without the generator.
pub struct Contract {
    operations: BTreeMap<String, Table>,
    models: BTreeMap<String, Table>,
    enums: BTreeMap<String, Table>,
    events: BTreeMap<String, Table>,
}

impl Contract {
    /// Reads the files that the generator reads.
    pub fn read() -> Self {
        let folder = sources().join("../crates/vonage-video-core/api");
        let mut contract = Self {
            operations: BTreeMap::new(),
            models: BTreeMap::new(),
            enums: BTreeMap::new(),
            events: BTreeMap::new(),
        };
        for entry in fs::read_dir(folder).expect("the contract's folder") {
            let path = entry.expect("an entry").path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                let file: Table = fs::read_to_string(&path)
                    .expect("a file")
                    .parse()
                    .expect("TOML");
                for (table, into) in [
                    ("op", &mut contract.operations),
                    ("model", &mut contract.models),
                    ("enum", &mut contract.enums),
                    ("event", &mut contract.events),
                ] {
                    for (name, value) in file
                        .get(table)
                        .and_then(toml::Value::as_table)
                        .into_iter()
                        .flatten()
                    {
                        into.insert(name.clone(), value.as_table().expect("a table").clone());
                    }
                }
            }
        }
        contract
    }

    /// The names of all operations.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.operations.keys().map(String::as_str)
    }

    /// What an operation is called in the official SDK of a language for an environment, `opentok`
    /// or `vonage`; `None` where it does not have it.
    pub fn counterpart(&self, operation: &str, language: &str, environment: &str) -> Option<&str> {
        let names = self.operations.get(operation)?.get("sdk")?;
        let names = names.get(language)?.as_str()?;
        let (opentok, vonage) = names.split_once(" / ").unwrap_or((names, names));
        let name = match environment {
            "opentok" => opentok,
            _ => vonage,
        };
        (name != "-").then_some(name)
    }

    /// The names of all webhook events.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        self.events.keys().map(String::as_str)
    }

    /// A request for an operation, as JSON: each optional field there, null or absent, text of any
    /// kind. Not all obey every rule: ask `validate`.
    pub fn request(&self, operation: &str, dice: &mut Dice) -> Value {
        match self.operations[operation]
            .get("input")
            .and_then(toml::Value::as_table)
        {
            Some(fields) => self.object(fields, dice),
            None => json!({}),
        }
    }

    /// A full request in which every text that is not marked as harmless is the secret.
    pub fn with_secrets(&self, operation: &str, secret: &str, dice: &mut Dice) -> Value {
        match self.operations[operation]
            .get("input")
            .and_then(toml::Value::as_table)
        {
            Some(fields) => self.filled(fields, secret, dice),
            None => json!({}),
        }
    }

    /// A full response in which every text that is not marked as harmless is the secret.
    pub fn response_with_secrets(&self, operation: &str, secret: &str, dice: &mut Dice) -> Value {
        self.wrapped(operation, |fields| self.filled(fields, secret, dice))
    }

    /// A response to an operation: each optional field is present, null or absent, texts are of any
    /// kind, and enums have unknown values too. Null where the response is empty.
    pub fn response(&self, operation: &str, dice: &mut Dice) -> Value {
        self.wrapped(operation, |fields| self.object(fields, dice))
    }

    /// A webhook event, in the same way.
    pub fn event(&self, name: &str, dice: &mut Dice) -> Value {
        let model = self.events[name]["model"].as_str().expect("a model");
        let mut event = self.object(self.fields(model), dice);
        event["event"] = name.into();
        event
    }

    fn fields(&self, model: &str) -> &Table {
        self.models[model]["fields"].as_table().expect("fields")
    }

    /// A response around the object that `make` makes of a model's fields.
    fn wrapped(&self, operation: &str, make: impl FnOnce(&Table) -> Value) -> Value {
        let output = self.operations[operation]
            .get("output")
            .and_then(toml::Value::as_str)
            .unwrap_or_default();
        let model = output
            .trim_start_matches("Page<")
            .trim_matches(['[', ']', '<', '>', '?', '1', ';', ' ']);
        if !self.models.contains_key(model) {
            return Value::Null;
        }
        let value = make(self.fields(model));
        if output.starts_with("Page") {
            json!({"count": 1, "items": [value]})
        } else if output.starts_with('[') {
            json!([value])
        } else {
            value
        }
    }

    fn filled(&self, fields: &Table, secret: &str, dice: &mut Dice) -> Value {
        let mut object = Map::new();
        for (name, field) in fields {
            let field = field.as_table().expect("a field is a table");
            let on = |key: &str| field.get(key).and_then(toml::Value::as_bool) == Some(true);
            if field.contains_key("const") {
                continue;
            }
            let kind = field["type"].as_str().expect("a type");
            let item = kind.trim_matches(['[', ']']);
            let value = match item {
                "string" if on("shown") => json!("harmless"),
                "string" => json!(secret),
                "{string}" => json!({"sessionId": secret, "X-any": secret}),
                "json" => json!({"id": secret, "deep": [secret]}),
                model if self.models.contains_key(model) => {
                    self.filled(self.fields(model), secret, dice)
                }
                _ => self.value(item, field, dice),
            };
            match value {
                Value::Object(members) if on("flatten") => object.extend(members),
                value if kind.starts_with('[') => {
                    object.insert(name.clone(), json!([value]));
                }
                value => {
                    object.insert(name.clone(), value);
                }
            }
        }
        Value::Object(object)
    }

    fn object(&self, fields: &Table, dice: &mut Dice) -> Value {
        let mut object = Map::new();
        for (name, field) in fields {
            let field = field.as_table().expect("a field is a table");
            let on = |key: &str| field.get(key).and_then(toml::Value::as_bool) == Some(true);
            if field.contains_key("const") {
                continue;
            }
            if !on("required") {
                match dice.roll(4) {
                    0 => continue,
                    // As good as absent.
                    1 => {
                        object.insert(name.clone(), Value::Null);
                        continue;
                    }
                    _ => {}
                }
            }
            let kind = field["type"].as_str().expect("a type");
            let value = self.value(kind, field, dice);
            match value {
                Value::Object(members) if on("flatten") => object.extend(members),
                value => {
                    object.insert(name.clone(), value);
                }
            }
        }
        Value::Object(object)
    }

    fn value(&self, kind: &str, field: &Table, dice: &mut Dice) -> Value {
        let number = |key: &str| {
            field
                .get(key)
                .and_then(toml::Value::as_integer)
                .map(|bound| bound as u64)
        };
        if let Some(item) = kind
            .strip_prefix('[')
            .and_then(|kind| kind.strip_suffix(']'))
        {
            let items = number("min").unwrap_or(0).max(u64::from(dice.roll(4)));
            return (0..items.min(number("max").unwrap_or(5)))
                .map(|_| self.value(item, field, dice))
                .collect();
        }
        match kind {
            "bool" => json!(dice.roll(2) == 0),
            "Timestamp" => json!(1_727_870_434_974_u64 + u64::from(dice.roll(1000))),
            "u32" | "u64" => {
                let (low, high) = (
                    number("min").unwrap_or(0),
                    number("max").unwrap_or(if kind == "u64" {
                        1 << 53
                    } else {
                        u64::from(u32::MAX)
                    }),
                );
                json!(low + dice.next() % (high - low + 1))
            }
            "f64" => json!(f64::from(dice.roll(1000)) / 8.0),
            "string" => json!(text(field, dice)),
            "{string}" => {
                let entries = dice.roll(4);
                (0..entries)
                    .map(|_| (text(field, dice), json!(dice.text(20))))
                    .collect::<Map<_, _>>()
                    .into()
            }
            "json" => json!({"any": [dice.text(5), null, {"deep": dice.roll(9)}]}),
            id if id.ends_with("Id") => json!(dice.id()),
            name if self.enums.contains_key(name) => {
                let values: Vec<&String> = self.enums[name]["values"]
                    .as_table()
                    .expect("values")
                    .keys()
                    .collect();
                let numeric = self.enums[name].get("of").is_some();
                match dice.roll(5) {
                    0 if !numeric => json!(format!("unheard-{}", dice.roll(99))),
                    roll => {
                        let value = values[roll as usize % values.len()];
                        if numeric {
                            json!(value.parse::<u32>().expect("a number"))
                        } else {
                            json!(value)
                        }
                    }
                }
            }
            name => self.object(self.fields(name), dice),
        }
    }
}

fn text(field: &Table, dice: &mut Dice) -> String {
    let min = field
        .get("min")
        .and_then(toml::Value::as_integer)
        .unwrap_or(0) as usize;
    if field.get("format").and_then(toml::Value::as_str) == Some("ipv4") {
        return format!("192.0.2.{}", dice.roll(256));
    }
    let mut text = match field.get("starts").and_then(toml::Value::as_array) {
        Some(prefixes) => prefixes[dice.roll(prefixes.len() as u32) as usize]
            .as_str()
            .expect("a prefix")
            .to_owned(),
        None if field.get("format").is_some() => "https://example.com/".to_owned(),
        None => String::new(),
    };
    // Bounds on a list count its items; what is in the items is free.
    let longest = min + dice.roll(24) as usize;
    while text.chars().count() < longest {
        match field.get("chars").and_then(toml::Value::as_str) {
            Some(_) => text.push(['0', '7', '9'][dice.roll(3) as usize]),
            None if field.get("format").is_some() => {
                text.push(['a', '-', '7', '%', '2'][dice.roll(3) as usize])
            }
            None => text.push(dice.char()),
        }
    }
    text
}
