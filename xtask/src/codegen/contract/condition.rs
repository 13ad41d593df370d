//! Conditions on a sibling, and the values that defaults and conditions name.

use std::fmt;

/// `type = custom`.
#[derive(PartialEq)]
pub struct Condition {
    pub sibling: String,
    pub value: String,
}

impl Condition {
    pub fn parse(text: &str) -> Option<Self> {
        let (sibling, value) = text.split_once('=')?;
        let (sibling, value) = (sibling.trim(), value.trim());
        let simple =
            !sibling.is_empty() && !value.is_empty() && !sibling.ends_with(['!', '<', '>']);
        simple.then(|| Self {
            sibling: sibling.to_owned(),
            value: value.to_owned(),
        })
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.sibling, self.value)
    }
}

/// A value in the contract.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Bool(bool),
    Number(u64),
    Float(f64),
    Text(String),
}

impl Literal {
    pub fn parse(value: &toml::Value) -> Option<Self> {
        Some(match value {
            toml::Value::Boolean(flag) => Self::Bool(*flag),
            toml::Value::Integer(number) => Self::Number(u64::try_from(*number).ok()?),
            toml::Value::Float(number) => Self::Float(*number),
            toml::Value::String(text) => Self::Text(text.clone()),
            _ => return None,
        })
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(flag) => flag.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}
