//! What the Rust outputs have in common: the head of a file, its imports, and how types are
//! written.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use super::contract::{Contract, Output, Shape, Type};

/// The first line of a generated file.
pub fn header(source: &str) -> String {
    let which = if source.contains('*') {
        "those files"
    } else {
        "that file"
    };
    format!("// @generated from {source} by `cargo xtask codegen`; edit {which} instead.\n\n")
}

/// A type as Rust writes it.
pub fn type_name(kind: &Type) -> String {
    match kind {
        Type::String => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::U32 => "u32".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::Timestamp => "Timestamp".to_owned(),
        Type::Json => "Value".to_owned(),
        Type::Id(name) | Type::Model(name) | Type::Enum(name) => name.clone(),
        Type::List(item) => format!("Vec<{}>", type_name(item)),
        Type::Map => "BTreeMap<String, String>".to_owned(),
    }
}

/// The type that an operation returns.
pub fn output_type(output: &Output) -> String {
    let inner = match &output.shape {
        Shape::Nothing => "()".to_owned(),
        Shape::Model(name) | Shape::One(name) => name.clone(),
        Shape::Page(name) => format!("Page<{name}>"),
        Shape::List(name) => format!("Vec<{name}>"),
    };
    if output.optional {
        format!("Option<{inner}>")
    } else {
        inner
    }
}

/// A type as an argument is taken, and what makes the field of it.
pub fn argument(kind: &Type, name: &str) -> (String, String) {
    match kind {
        Type::Bool | Type::U32 | Type::U64 | Type::F64 => (type_name(kind), name.to_owned()),
        Type::List(item) if matches!(**item, Type::Bool | Type::U32 | Type::U64 | Type::F64) => (
            format!("impl IntoIterator<Item = {}>", type_name(item)),
            format!("{name}.into_iter().collect()"),
        ),
        // Concrete, so that the type of `[]` is known.
        Type::List(item) if matches!(**item, Type::Model(_)) => (
            format!("impl IntoIterator<Item = {}>", type_name(item)),
            format!("{name}.into_iter().collect()"),
        ),
        Type::List(item) => (
            format!("impl IntoIterator<Item = impl Into<{}>>", type_name(item)),
            format!("{name}.into_iter().map(Into::into).collect()"),
        ),
        Type::Map => (
            "impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>".to_owned(),
            format!("{name}.into_iter().map(|(key, value)| (key.into(), value.into())).collect()"),
        ),
        _ => (
            format!("impl Into<{}>", type_name(kind)),
            format!("{name}.into()"),
        ),
    }
}

/// A number with its digits in groups, from five digits on.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let grouped: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    grouped.join("_")
}

/// Everything a generated file of the core crate may have to import, by name.
pub struct Imports(BTreeMap<String, String>);

impl Imports {
    pub fn of_core(contract: &Contract) -> Self {
        let mut known: BTreeMap<String, String> = [
            ("BTreeMap", "std::collections"),
            ("fmt", "std"),
            ("Method", "http"),
            ("Deserialize", "serde"),
            ("Deserializer", "serde"),
            ("DeserializeOwned", "serde::de"),
            ("Serialize", "serde"),
            ("Serializer", "serde"),
            ("Value", "serde_json"),
            ("check", "crate"),
            ("Invalid", "crate::invalid"),
            ("DecodeError", "crate::decode_error"),
            ("lenient", "crate"),
            ("DocumentedError", "crate::operation"),
            ("EmptyOn", "crate::operation"),
            ("Field", "crate::operation"),
            ("Meta", "crate::operation"),
            ("Operation", "crate::operation"),
            ("Place", "crate::operation"),
            ("Replay", "crate::operation"),
            ("open_enum", "crate::open_enum"),
            ("output", "crate"),
            ("one_of_array", "crate::output"),
            ("Output", "crate::output"),
            ("Page", "crate::page"),
            ("Paged", "crate::page"),
            ("ProjectId", "crate::id"),
            ("Reason", "crate::generated::reasons"),
            ("redact", "crate"),
            ("shape", "crate"),
            ("Shape", "crate::shape"),
            ("Timestamp", "crate::time"),
        ]
        .map(|(name, module)| (name.to_owned(), module.to_owned()))
        .into();
        known.extend(
            contract
                .ids()
                .map(|id| (id.name.clone(), "crate::generated::ids".to_owned())),
        );
        known.extend(
            contract
                .enums()
                .map(|it| (it.name.clone(), "crate::generated::enums".to_owned())),
        );
        known.extend(
            contract
                .models()
                .map(|it| (it.name.clone(), "crate::generated::models".to_owned())),
        );
        Self(known)
    }

    /// The `use` declarations that some code needs, apart from what it defines itself.
    pub fn of(&self, code: &str, defined: &BTreeSet<&str>) -> String {
        let mut trees: BTreeMap<(u8, &str), Tree<'_>> = BTreeMap::new();
        for name in identifiers(code) {
            let Some(module) = self.0.get(name).filter(|_| !defined.contains(name)) else {
                continue;
            };
            let mut path = module.split("::").chain([name]);
            let root = path.next().unwrap_or_default();
            let group = match root {
                "std" => 0,
                "crate" => 2,
                _ => 1,
            };
            trees.entry((group, root)).or_default().insert(path);
        }
        let mut out = String::new();
        let mut previous = None;
        for ((group, root), tree) in trees {
            if previous.is_some_and(|previous| previous != group) {
                out.push('\n');
            }
            out.push_str(&format!("use {root}{};\n", tree.write()));
            previous = Some(group);
        }
        out.push('\n');
        out
    }
}

/// What is imported below a path.
#[derive(Default)]
struct Tree<'a> {
    itself: bool,
    below: BTreeMap<&'a str, Self>,
}

impl<'a> Tree<'a> {
    fn insert(&mut self, mut path: impl Iterator<Item = &'a str>) {
        match path.next() {
            None => self.itself = true,
            Some(first) => self.below.entry(first).or_default().insert(path),
        }
    }

    fn write(&self) -> String {
        let mut parts: Vec<String> = self
            .below
            .iter()
            .map(|(name, tree)| format!("{name}{}", tree.write()))
            .collect();
        match (self.itself, parts.len()) {
            (_, 0) => String::new(),
            (false, 1) => format!("::{}", parts.remove(0)),
            (itself, _) => {
                if itself {
                    parts.insert(0, "self".to_owned());
                }
                format!("::{{{}}}", parts.join(", "))
            }
        }
    }
}

/// The identifiers at the start of paths in code; not those in comments and strings, save for the
/// functions that serde calls.
fn identifiers(code: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for line in code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        for (index, part) in line.split('"').enumerate() {
            if index % 2 == 1 {
                if part.starts_with("lenient::") {
                    found.insert("lenient");
                }
                continue;
            }
            let mut previous = "";
            for (before, word, after) in words(part) {
                // A module is only used at the start of a path, an associated type is defined here,
                // and the rest of a path comes along.
                let module = word.starts_with(|c: char| c.is_ascii_lowercase());
                if !before.ends_with("::")
                    && previous != "type"
                    && (!module || after.starts_with("::") || after.starts_with("! {"))
                {
                    found.insert(word);
                }
                previous = word;
            }
        }
    }
    found
}

/// Words, each with what stands before and after it.
fn words(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (before, from) = rest.split_at(rest.find(is_word)?);
        let (word, after) = from.split_at(from.find(|c: char| !is_word(c)).unwrap_or(from.len()));
        rest = after;
        Some((before, word, after))
    })
}

/// Formats code as `cargo fmt` would.
pub fn format(root: &Path, code: &str) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("cannot run rustfmt: {error}");
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // The code is small enough for the pipe's reader to take it all before it writes.
    rustfmt
        .stdin
        .take()
        .map_or(Ok(()), |mut stdin| stdin.write_all(code.as_bytes()))
        .map_err(failed)?;
    let output = rustfmt.wait_with_output().map_err(failed)?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err(format!(
            "rustfmt refuses the code that was made:\n{}\n{code}",
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}
