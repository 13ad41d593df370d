//! `enums/`: sets of values that are open, because the service adds to them.

use super::{
    contract::{Enum, Value},
    text,
};

/// One enum.
pub fn enumeration(it: &Enum) -> String {
    let name = &it.name;
    let mut out = "open_enum! {\n".to_owned();
    text::doc(&mut out, 4, &it.doc);
    let (kind, empty) = if it.numeric {
        ("u32", "0")
    } else {
        ("str", "\"\"")
    };
    out.push_str(&format!("    pub enum {name}: {kind} {{\n"));
    for value in &it.values {
        text::doc(&mut out, 8, &format!("{}: {}", shown(value), value.doc));
        let wire = if it.numeric {
            value.wire.clone()
        } else {
            format!("{:?}", value.wire)
        };
        out.push_str(&format!("        {} = {wire},\n", value.rust));
    }
    out.push_str("    }\n}\n");
    if it.default {
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

fn shown(value: &Value) -> String {
    if value.wire.is_empty() {
        "empty".to_owned()
    } else {
        format!("`{}`", value.wire)
    }
}
