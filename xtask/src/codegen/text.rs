//! Words: doc comments, and limits put into sentences.

use super::contract::{Condition, Field, Format, Presence, Rules, Type};

const WIDTH: usize = 100;

/// Appends a text as the lines of a doc comment.
pub fn doc(out: &mut String, indent: usize, text: &str) {
    for (index, line) in text.lines().enumerate() {
        if index > 0 && line.is_empty() {
            out.push_str(&format!("{:indent$}///\n", ""));
            continue;
        }
        let continuation = if line.starts_with("- ") { "  " } else { "" };
        for line in wrap(line, WIDTH - indent - "/// ".len(), continuation) {
            out.push_str(&format!("{:indent$}/// {line}\n", ""));
        }
    }
}

/// Appends other names that people search for, as `#[doc(alias)]`. A name that differs from the
/// item's own in case and underscores alone is found anyway.
pub fn aliases<'a>(out: &mut String, item: &str, names: impl IntoIterator<Item = &'a str>) {
    let bare = |name: &str| name.replace('_', "").to_lowercase();
    let mut known = vec![bare(item)];
    for name in names {
        if !known.contains(&bare(name)) {
            known.push(bare(name));
            out.push_str(&format!("#[doc(alias = {name:?})]\n"));
        }
    }
}

fn wrap(text: &str, width: usize, continuation: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, continuation.to_owned()));
        }
        if !line.trim().is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    lines.push(line);
    lines
}

/// Words; what stands in backticks is one word.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for part in text.split_whitespace() {
        match words.last_mut() {
            Some(open) if open.matches('`').count() % 2 == 1 => {
                open.push(' ');
                open.push_str(part);
            }
            _ => words.push(part.to_owned()),
        }
    }
    words
}

/// A text without what only rustdoc understands: links to items lose their brackets, and pointers
/// to functions go.
pub fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some((before, (_, after))) = text
        .split_once(" See [`")
        .and_then(|(before, rest)| Some((before, rest.split_once("`].")?)))
    {
        text = format!("{before}{after}");
    }
    text.replace("[`", "`").replace("`]", "`")
}

/// A text in which the fields that stand in backticks have their names of Rust, not of the wire.
pub fn in_rust(text: &str, fields: &[Field]) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| {
        let (name, rest) = part.split_at(part.find(' ').unwrap_or(part.len()));
        let field = fields
            .iter()
            .find(|field| index % 2 == 1 && field.name == name);
        field.map_or_else(|| part.to_owned(), |field| format!("{}{rest}", field.rust))
    });
    parts.collect::<Vec<_>>().join("`")
}

/// What a field is, with what a schema cannot say.
pub fn described(field: &Field) -> String {
    let mut sentences = if field.limits.bytes {
        limits(field)
    } else {
        Vec::new()
    };
    sentences.extend(conditions(field));
    plain(&joined(field, sentences))
}

/// What a field is, with its limits and default as sentences.
pub fn field(field: &Field) -> String {
    let mut sentences = limits(field);
    sentences.extend(conditions(field));
    if let Some(default) = &field.default {
        let always = if field.presence == Presence::Defaulted {
            ", always sent"
        } else {
            ""
        };
        sentences.push(format!("Default: `{default}`{always}."));
    }
    joined(field, sentences)
}

/// What may not be combined in an object, as a paragraph for each; empty where all may be.
pub fn rules(rules: &Rules) -> String {
    let sentence = |conditions: &[Condition]| {
        let conditions: Vec<String> = conditions.iter().map(|it| format!("`{it}`")).collect();
        conditions.join(" together with ")
    };
    rules
        .never
        .iter()
        .map(|conditions| format!("\nRefused: {}.\n", sentence(conditions)))
        .collect()
}

/// Sentences after the contract's own words, which need not be said again.
fn joined(field: &Field, mut sentences: Vec<String>) -> String {
    sentences.retain(|sentence| !field.doc.contains(sentence.trim_end_matches('.')));
    sentences.insert(0, field.doc.clone());
    sentences.join(" ")
}

fn limits(field: &Field) -> Vec<String> {
    let limits = &field.limits;
    let mut sentences = Vec::new();
    let unit = match &field.kind {
        Type::String | Type::Map if limits.bytes => " bytes",
        Type::String => " characters",
        Type::List(_) => " items",
        _ => "",
    };
    sentences.extend(match (limits.min, limits.max) {
        (Some(min), Some(max)) => Some(format!("Between {min} and {max}{unit}.")),
        (Some(1), None) if unit == " characters" => Some("Not empty.".to_owned()),
        (Some(min), None) => Some(format!("At least {min}{unit}.")),
        (None, Some(max)) => Some(format!("At most {max}{unit}.")),
        (None, None) => None,
    });
    if let Some(chars) = &limits.chars {
        sentences.push(format!("Made of `{chars}` only."));
    }
    if !limits.starts.is_empty() {
        sentences.push(format!("Begins with `{}`.", limits.starts.join("` or `")));
    }
    sentences.extend(limits.format.map(|format| match format {
        Format::Ipv4 => "An IPv4 address.".to_owned(),
        Format::Url => "An absolute URL.".to_owned(),
    }));
    sentences
}

fn conditions(field: &Field) -> Vec<String> {
    let mut sentences = Vec::new();
    let only_if = field.only_if.as_ref().map(ToString::to_string);
    let required_if = field.required_if.as_ref().map(ToString::to_string);
    match (&only_if, &required_if) {
        (Some(only), Some(required)) if only == required => {
            sentences.push(format!("Required with `{only}`, and only then."));
        }
        _ => {
            sentences.extend(only_if.map(|condition| format!("Only with `{condition}`.")));
            sentences.extend(required_if.map(|condition| format!("Required with `{condition}`.")));
        }
    }
    sentences.extend(
        field
            .forbidden_if
            .as_ref()
            .map(|condition| format!("Not with `{condition}`.")),
    );
    sentences.extend(
        field
            .excludes
            .as_ref()
            .map(|other| format!("Not together with `{other}`.")),
    );
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doc_comments_are_wrapped_and_keep_their_lists() {
        let mut out = String::new();
        doc(
            &mut out,
            4,
            &format!("One.\n\n- 400: {}end.", "word ".repeat(18)),
        );
        let words = "word ".repeat(17);
        let expected = format!(
            "    /// One.\n    ///\n    /// - 400: {}\n    ///   word end.\n",
            words.trim_end()
        );
        assert_eq!(out, expected);
    }
}
