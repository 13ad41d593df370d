//! Reads conditions and the rules made of them.

use super::{Condition, Problem, Rules, problem::Report};

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
