//! JSON whose members stay in the order in which they were put.

/// Longer lines are broken where they can be.
const WIDTH: usize = 120;

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Bool(bool),
    Number(u64),
    Float(f64),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Json {
    /// An object of the members given.
    pub fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// A list of texts.
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(
            texts
                .into_iter()
                .map(|text| Self::Text(text.into()))
                .collect(),
        )
    }

    /// Puts a member at the end of an object.
    pub fn put(&mut self, name: &str, value: impl Into<Self>) {
        if let Self::Object(members) = self {
            members.push((name.to_owned(), value.into()));
        }
    }

    /// With a member at the end.
    pub fn with(mut self, name: &str, value: impl Into<Self>) -> Self {
        self.put(name, value);
        self
    }

    /// As text, with a newline at the end: what fits stands on one line, the rest is indented.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out.push('\n');
        out
    }

    /// On one line.
    fn line(&self) -> String {
        match self {
            Self::Bool(flag) => flag.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Float(number) => format!("{number:?}"),
            Self::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
            Self::List(items) => format!(
                "[{}]",
                items.iter().map(Self::line).collect::<Vec<_>>().join(", ")
            ),
            Self::Object(members) if members.is_empty() => "{}".to_owned(),
            Self::Object(members) => {
                let members = members.iter().map(|(name, value)| {
                    format!("{}: {}", Self::from(name.as_str()).line(), value.line())
                });
                format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn write(&self, out: &mut String, depth: usize) {
        let line = self.line();
        let column = out.len() - out.rfind('\n').map_or(0, |end| end + 1);
        match self {
            _ if column + line.len() < WIDTH => out.push_str(&line),
            Self::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    new_line(out, depth + 1, index > 0);
                    item.write(out, depth + 1);
                }
                new_line(out, depth, false);
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    new_line(out, depth + 1, index > 0);
                    out.push_str(&Self::from(name.as_str()).line());
                    out.push_str(": ");
                    value.write(out, depth + 1);
                }
                new_line(out, depth, false);
                out.push('}');
            }
            _ => out.push_str(&line),
        }
    }
}

fn new_line(out: &mut String, depth: usize, comma: bool) {
    if comma {
        out.push(',');
    }
    out.push('\n');
    out.push_str(&"  ".repeat(depth));
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<Vec<Self>> for Json {
    fn from(items: Vec<Self>) -> Self {
        Self::List(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stay_in_order_and_text_is_escaped() {
        let json = Json::object([
            ("z", "a\"\n".into()),
            ("a", vec![Json::from(1), Json::from(true)].into()),
        ])
        .with("none", Json::object([]));
        assert_eq!(
            json.pretty(),
            "{ \"z\": \"a\\\"\\n\", \"a\": [1, true], \"none\": {} }\n"
        );
        let text = "x".repeat(WIDTH);
        let long = Json::object([("text", text.as_str().into()), ("list", vec![json].into())]);
        let lines = [
            "{".to_owned(),
            format!("  \"text\": \"{text}\","),
            "  \"list\": [{ \"z\": \"a\\\"\\n\", \"a\": [1, true], \"none\": {} }]".to_owned(),
            "}\n".to_owned(),
        ];
        assert_eq!(long.pretty(), lines.join("\n"));
    }
}
