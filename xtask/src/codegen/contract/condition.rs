//! Conditions on a sibling, and the values that defaults and conditions name.

use std::fmt;

use super::{Contract, Field, Problem, Rules, Type, problem::no_such, read_field::Report};

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

    /// Why it can never be told whether the condition holds, if so.
    pub fn problem(&self, contract: &Contract, siblings: &[Field]) -> Option<String> {
        let Some(sibling) = siblings.iter().find(|field| field.name == self.sibling) else {
            return Some(no_such(
                "sibling",
                &self.sibling,
                siblings.iter().map(|field| field.name.as_str()),
            ));
        };
        match &sibling.kind {
            Type::Bool if matches!(self.value.as_str(), "true" | "false") => None,
            Type::Bool => Some(format!(
                "`{}` is true or false, not `{}`",
                self.sibling, self.value
            )),
            Type::String => None,
            Type::Enum(name) => {
                let known = contract.enumeration(name)?;
                if known.numeric {
                    return Some(format!(
                        "`{}` is a number; a condition needs text or true or false",
                        self.sibling
                    ));
                }
                let mut values = known.values.iter().map(|value| value.wire.as_str());
                (!values.clone().any(|value| value == self.value))
                    .then(|| no_such(&format!("value of {name}"), &self.value, &mut values))
            }
            _ => Some(format!("`{}` is no text, enum or bool", self.sibling)),
        }
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

    /// Why a field cannot have this value, if so.
    pub fn problem(&self, contract: &Contract, field: &Field) -> Option<String> {
        let limits = &field.limits;
        match (self, &field.kind) {
            (Self::Bool(_), Type::Bool)
            | (Self::Float(_), Type::F64)
            | (Self::Text(_), Type::String) => None,
            (Self::Number(number), Type::U32 | Type::U64) => {
                let fits = limits.min.is_none_or(|min| *number >= min)
                    && limits.max.is_none_or(|max| *number <= max);
                (!fits).then(|| format!("{number} is outside of the field's own limits"))
            }
            (Self::Number(_) | Self::Text(_), Type::Enum(name)) => {
                let known = contract.enumeration(name)?;
                let text = self.to_string();
                let numeric = matches!(self, Self::Number(_));
                if numeric != known.numeric {
                    return Some(format!(
                        "{name} is made of {}",
                        if known.numeric { "numbers" } else { "text" }
                    ));
                }
                let mut values = known.values.iter().map(|value| value.wire.as_str());
                (!values.clone().any(|value| value == text))
                    .then(|| no_such(&format!("value of {name}"), &text, &mut values))
            }
            _ => Some(format!("`{self}` does not fit the field's type")),
        }
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

/// Reads a condition that a field has under a key.
pub fn condition(
    text: Option<&String>,
    at: impl FnOnce(String) -> Problem,
    problems: &mut Vec<Problem>,
) -> Option<Condition> {
    let text = text?;
    let parsed = Condition::parse(text);
    if parsed.is_none() {
        problems.push(at(format!(
            "`{text}` is no condition; write it as `sibling = value`"
        )));
    }
    parsed
}

/// Reads the rules of an operation or model.
pub fn rules(any: Vec<String>, never: Vec<String>, key: &str, report: &mut Report<'_>) -> Rules {
    let mut rules = Rules {
        any,
        never: Vec::new(),
    };
    for text in never {
        let conditions: Option<Vec<Condition>> = text.split(',').map(Condition::parse).collect();
        match conditions.filter(|conditions| conditions.len() > 1) {
            Some(conditions) => rules.never.push(conditions),
            None => report.add(
                &format!("{key}.never"),
                format!(
                    "`{text}` is no combination; write it as `sibling = value, sibling = value`"
                ),
            ),
        }
    }
    rules
}
