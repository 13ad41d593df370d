//! `enums/`: sets of values that are open, because the service adds to them.

use super::{
    contract::{Enum, Value},
    text,
};

/// One enum.
pub fn enumeration(it: &Enum) -> String {
    let name = &it.name;
    let mut out = String::new();
    text::doc(&mut out, 0, &it.doc);
    out.push_str(&format!(
        "#[derive(Clone, Debug, PartialEq, Eq, Hash)]\n#[non_exhaustive]\npub enum {name} {{\n"
    ));
    for value in &it.values {
        let shown = if value.wire.is_empty() {
            "empty".to_owned()
        } else {
            format!("`{}`", value.wire)
        };
        text::doc(&mut out, 4, &format!("{shown}: {}", value.doc));
        out.push_str(&format!("    {},\n", value.rust));
    }
    let unknown = if it.numeric { "u32" } else { "String" };
    text::doc(
        &mut out,
        4,
        "A value that this version does not know, kept unchanged.",
    );
    out.push_str(&format!("    Unknown({unknown}),\n}}\n"));
    out.push_str(&if it.numeric {
        numbers(name, &it.values)
    } else {
        texts(name, &it.values)
    });
    if it.default {
        let empty = if it.numeric { "0" } else { "\"\"" };
        out.push_str(&format!(
            "
impl Default for {name} {{
    fn default() -> Self {{
        Self::from({empty})
    }}
}}
"
        ));
    }
    out
}

/// The arms of a match from or to what is on the wire.
fn arms(values: &[Value], arm: impl Fn(&Value) -> String) -> String {
    values
        .iter()
        .map(|value| format!("            {},\n", arm(value)))
        .collect()
}

fn texts(name: &str, values: &[Value]) -> String {
    let to = arms(values, |value| {
        format!("Self::{} => {:?}", value.rust, value.wire)
    });
    let from = arms(values, |value| {
        format!("{:?} => Self::{}", value.wire, value.rust)
    });
    format!(
        "
impl {name} {{
    /// Returns the value as the API writes it.
    pub fn as_str(&self) -> &str {{
        match self {{
{to}            Self::Unknown(value) => value,
        }}
    }}
}}

impl From<&str> for {name} {{
    fn from(value: &str) -> Self {{
        match value {{
{from}            _ => Self::Unknown(value.to_owned()),
        }}
    }}
}}

impl From<String> for {name} {{
    fn from(value: String) -> Self {{
        Self::from(value.as_str())
    }}
}}

impl fmt::Display for {name} {{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
        f.write_str(self.as_str())
    }}
}}

impl Serialize for {name} {{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
        serializer.serialize_str(self.as_str())
    }}
}}

impl<'de> Deserialize<'de> for {name} {{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
        lenient::open(deserializer)
    }}
}}
"
    )
}

fn numbers(name: &str, values: &[Value]) -> String {
    let to = arms(values, |value| {
        format!("Self::{} => {}", value.rust, value.wire)
    });
    let from = arms(values, |value| {
        format!("{} => Self::{}", value.wire, value.rust)
    });
    format!(
        "
impl {name} {{
    /// Returns the value as the API writes it.
    pub fn as_u32(&self) -> u32 {{
        match self {{
{to}            Self::Unknown(value) => *value,
        }}
    }}
}}

impl From<u32> for {name} {{
    fn from(value: u32) -> Self {{
        match value {{
{from}            _ => Self::Unknown(value),
        }}
    }}
}}

impl fmt::Display for {name} {{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{
        self.as_u32().fmt(f)
    }}
}}

impl Serialize for {name} {{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{
        serializer.serialize_u32(self.as_u32())
    }}
}}

impl<'de> Deserialize<'de> for {name} {{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {{
        lenient::value::<u32, D>(deserializer).map(Self::from)
    }}
}}
"
    )
}
