//! From an enum as written to an enum as understood.

use super::{Enum, Value, problem::Report, raw};
use crate::codegen::names;

pub fn enumeration(name: String, raw: raw::Enum, report: &mut Report<'_>) -> Enum {
    let key = format!("enum.{name}");
    if !names::is_type(&name) {
        report.add(&key, "an enum's name is made of words like `ArchiveStatus`");
    }
    let numeric = match raw.of.as_deref() {
        None => false,
        Some("u32") => true,
        Some(of) => {
            report.add(
                &format!("{key}.of"),
                format!("unknown type `{of}`; there is `u32`"),
            );
            false
        }
    };
    let mut values: Vec<Value> = Vec::new();
    for (wire, raw) in raw.values.0 {
        let rust = raw.rust.unwrap_or_else(|| names::pascal(&wire));
        let key = format!("{key}.values.{wire:?}");
        if numeric && wire.parse::<u32>().is_err() {
            report.add(&key, "is no u32");
        }
        if !names::is_type(&rust) {
            report.add(&key, format!("`{rust}` cannot be a variant's name in Rust; give one with {{ rust = \"…\", doc = \"…\" }}"));
        } else if rust == "Unknown" {
            report.add(
                &key,
                "`Unknown` is for the values that are not listed; give another name with `rust`",
            );
        } else if let Some(other) = values.iter().find(|value| value.rust == rust) {
            report.add(
                &key,
                format!("has the Rust name `{rust}`, as {:?} has", other.wire),
            );
        }
        values.push(Value {
            wire,
            rust,
            doc: raw.doc,
        });
    }
    if values.is_empty() {
        report.add(&format!("{key}.values"), "is empty");
    }
    Enum {
        name,
        doc: raw.doc,
        numeric,
        default: false,
        source: raw.source,
        values,
    }
}
