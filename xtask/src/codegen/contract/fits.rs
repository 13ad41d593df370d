//! Whether a value fits its field, and a condition its sibling.

use super::{Condition, Contract, Field, Literal, Type, problem::no_such};

impl Condition {
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

impl Literal {
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
